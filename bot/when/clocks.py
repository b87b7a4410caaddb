"""Times of day: 9pm, 21:30, noon, half past nine in the evening, 晚上8点半."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import Final

from bot.when import words
from bot.when.day_parts import Part
from bot.when.numbers import integer
from bot.when.tokens import Cursor, Shape
from bot.when.words import Unit


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it was said."""

    hour: int
    """0 to 24; with ``carry`` the hour of a later day."""
    minute: int = 0
    second: int = 0
    carry: int = 0
    """Whole days to add: midnight of tonight belongs to tomorrow's date."""
    doubtful: bool = False
    """Nothing says whether morning or evening is meant."""
    spoken: bool = False
    """Said by the hour ("at 9", 9点) and not in the figures of a 24-hour clock (9:00)."""
    now: bool = False
    """What the clock shows at present: this time tomorrow."""
    midnight: bool = False
    """The word "midnight": which end of a named day it is stays open."""

    @property
    def time(self) -> time:
        """The time of day; ``carry`` is not in it."""
        return time(self.hour, self.minute, self.second)

    def within(self, part: Part) -> Clock | None:
        """Return what the clock shows in that part of the day, or None if never."""
        if self.midnight:
            tonight = part.runs_past_midnight
            return replace(self, carry=1, midnight=False) if tonight else None
        if self.doubtful:
            hour = part.spoken.get(self.hour)
            if hour is None:
                return None
            carry, hour = divmod(hour, 24)
            return replace(self, hour=hour, carry=carry, doubtful=False)
        if part.runs_past_midnight and self.hour < 5:
            return replace(self, carry=1)
        return self if self.hour in part.exact else None


_NO_MINUTE = 60
_FIVES: Final = frozenset({5, 10, 20, 25})
"""Minutes that are said without their unit: ten past nine."""
END_OF_DAY: Final = Clock(17)
"""The end of a working day, for "eod" and the like."""
NOON = Clock(12)
MIDNIGHT = Clock(0, midnight=True)


def clock(cursor: Cursor) -> Clock | None:
    """Take a time of day that is plainly one."""
    if cursor.word(words.SAME_TIME):
        return Clock(0, now=True)
    return (
        cursor.attempt(_named)
        or cursor.attempt(_figures)
        or cursor.attempt(_han)
        or cursor.attempt(_dotted)
        or cursor.attempt(_run_together)
        or cursor.attempt(_to_or_past)
        or cursor.attempt(_hour_marked)
    )


def _named(cursor: Cursor) -> Clock | None:
    """Take noon, midnight, 12 noon."""
    cursor.word(words.TWELVE)
    if cursor.word(words.NOON):
        return NOON
    if not cursor.word(words.MIDNIGHT):
        return None
    told = cursor.attempt(_han)  # 午夜12点
    return MIDNIGHT if told is None or (told.hour, told.minute) in {(0, 0), (12, 0)} else None


def bare_hour(cursor: Cursor) -> Clock | None:
    """Take a lone number, which is an hour only after "at" or beside a part of the day."""
    hour = cursor.attempt(integer)
    return None if hour is None else _spoken(hour)


def hour_after_at(cursor: Cursor) -> Clock | None:
    """Take the 18h or 18h30 of "at 18h"; at 6h nobody knows which half of the day it is."""
    hour = cursor.take(Shape.NUMBER)
    if hour is None or not (hour.text.isdigit() and 13 <= int(hour.text) <= 23):
        return None
    if not cursor.word(words.H, glued=True):
        return None
    minutes = cursor.attempt(_glued_minutes)
    return Clock(int(hour.text), minutes or 0)


def _glued_minutes(cursor: Cursor) -> int | None:
    token = cursor.take(Shape.NUMBER)
    fits = token and token.glued and len(token.text) == 2 and int(token.text) <= 59
    return int(token.text) if token and fits else None


def _spoken(hour: int, minute: int = 0) -> Clock | None:
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        return None
    return Clock(hour, minute, doubtful=1 <= hour <= 12, spoken=True)


def _figures(cursor: Cursor) -> Clock | None:
    """Take 9:30, 09:30:15, 9:30 pm."""
    token = cursor.take(Shape.COLONS)
    if token is None:
        return None
    fields = token.text.partition(".")[0].split(":")
    if len(fields) > 3 or len(fields[0]) > 2 or any(len(field) != 2 for field in fields[1:]):
        return None
    hour, minute, second = map(int, [*fields, "0"][:3])
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute or second)):
        return None
    if hour == 24:
        return Clock(0, carry=1)
    leading_zero = fields[0].startswith("0")
    figures = Clock(hour, minute, second, doubtful=1 <= hour <= 12 and not leading_zero)
    return _with_meridiem(cursor, figures)


def _dotted(cursor: Cursor) -> Clock | None:
    """Take 9.30pm; without am or pm it is a decimal number."""
    token = cursor.take(Shape.NUMBER)
    if token is None or token.text.count(".") != 1:
        return None
    hour, minute = token.text.split(".")
    if not hour or len(minute) != 2:
        return None
    said = _spoken(int(hour), int(minute))
    told = _with_meridiem(cursor, said) if said else None
    return None if told == said else told


def _run_together(cursor: Cursor) -> Clock | None:
    """Take 930pm, 1130am; without am or pm it is a number."""
    token = cursor.take(Shape.NUMBER)
    if token is None or not token.text.isdigit() or len(token.text) not in {3, 4}:
        return None
    said = _spoken(int(token.text[:-2]), int(token.text[-2:]))
    told = _with_meridiem(cursor, said) if said and said.doubtful else None
    return None if told == said else told


def _to_or_past(cursor: Cursor) -> Clock | None:
    """Take half past nine, 20 past nine, quarter to 5, with or without am or pm."""
    past = cursor.lookup(words.PAST_HOUR)
    if past is None:
        past = cursor.attempt(_minutes_past)
    to = cursor.lookup(words.TO_HOUR) if past is None else None
    hour = cursor.attempt(integer)
    if hour is None or not 1 <= hour <= 12:
        return None
    if past is not None:
        return _with_meridiem(cursor, Clock(hour, past, doubtful=True, spoken=True))
    if to is None:
        return None
    said = Clock(hour - 1 or 12, 60 - to, doubtful=True, spoken=True)
    # "Quarter to 12 pm" is in the morning: the rule for am and pm would be wrong there.
    return said if hour == 12 else _with_meridiem(cursor, said)


def _minutes_past(cursor: Cursor) -> int | None:
    """Take "20 past" or "17 minutes past". With "to" it could be a range: 5 to 9pm."""
    minutes = integer(cursor)
    said = cursor.lookup(words.UNITS)
    if minutes is None or not cursor.word(words.PAST_THE_HOUR):
        return None
    spoken = minutes in _FIVES if said is None else said is Unit.MINUTE and 1 <= minutes <= 59
    return minutes if spoken else None


def _hour_marked(cursor: Cursor) -> Clock | None:
    """Take 9pm, 9 o'clock, nine am."""
    hour = cursor.attempt(integer)
    said = _spoken(hour) if hour is not None else None
    if said is None:
        return None
    marked = cursor.word(words.OCLOCK)
    told = _with_meridiem(cursor, said)
    return told if marked or told != said else None


def _with_meridiem(cursor: Cursor, said: Clock) -> Clock | None:
    """Take am or pm where it follows, and apply it."""
    token = cursor.peek()
    if token and token.text in words.ONE_LETTER_MERIDIEMS and not token.glued:
        return said
    shift = cursor.lookup(words.MERIDIEMS)
    if shift is None:
        return said
    if 1 <= said.hour <= 12:
        return replace(said, hour=said.hour % 12 + shift, doubtful=False)
    return said if said.hour > 12 and shift else None  # 15:00 pm is clear, 15 am is not


def _han(cursor: Cursor) -> Clock | None:
    """Take 9点, 九点半, 9点一刻, 20点15, 9点05分, 9时30分20秒, 9点pm."""
    hour = cursor.attempt(integer)
    if hour is None or not cursor.word(words.CLOCK_MARKS):
        return None
    if hour == 24:
        return Clock(0, carry=1)
    minute, second = _han_minutes(cursor)
    said = _spoken(hour, minute)
    return _with_meridiem(cursor, replace(said, second=second)) if said and second <= 59 else None


def _han_minutes(cursor: Cursor) -> tuple[int, int]:
    if cursor.word(words.CLOCK_ENDS):
        return 0, 0
    if cursor.word(words.ZH_HALF):
        return 30, 0
    if (quarters := cursor.attempt(_han_quarters)) is not None:
        return 15 * quarters, 0
    token = cursor.peek()
    minute = cursor.attempt(integer)
    if minute is None or token is None:
        return 0, 0
    if cursor.word(words.ZH_MINUTE):
        return minute, cursor.attempt(_han_seconds) or 0
    return (minute, 0) if len(token.text) > 1 else (_NO_MINUTE, 0)  # 8点5 may be half past eight


def _han_quarters(cursor: Cursor) -> int | None:
    quarters = integer(cursor)
    return quarters if quarters in {1, 3} and cursor.word(words.ZH_QUARTER) else None


def _han_seconds(cursor: Cursor) -> int | None:
    seconds = integer(cursor)
    return seconds if seconds is not None and cursor.word(words.ZH_SECOND) else None
