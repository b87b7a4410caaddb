"""Points in time: a day, a part of the day and a time of day, in any order that people use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from bot.when import words
from bot.when.clocks import END_OF_DAY, Clock, bare_hour, clock, hour_after_at
from bot.when.day_parts import AFTER_MIDNIGHT, DAWN, NIGHT, NIGHTTIME, Part
from bot.when.days import Ahead, Day, DayOfMonth, EitherOrder, EndOf, Weekday
from bot.when.lengths import Length, counted_days, length
from bot.when.namings import day_named
from bot.when.reading import Problem, refuse
from bot.when.tokens import Cursor, Shape
from bot.when.words import End
from bot.when.zones import exact_name

_TODAYS_END = EndOf(End.DAY)
_MINUTES = frozenset({"00", "15", "30", "45"})


@dataclass(frozen=True, slots=True)
class Moment:
    """What was said of a point in time; None where nothing was."""

    day: Day | None = None
    weekday: Weekday | None = None
    """A weekday beside a full date: it must agree with it."""
    part: Part | None = None
    clock: Clock | None = None
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Shifted:
    """A length before or after a moment: a week from tomorrow, 10 minutes before noon."""

    length: Length
    moment: Moment
    back: bool


def shifted(cursor: Cursor) -> Shifted | None:
    """Take a length, "from", "after" or "before", and a moment."""
    by = cursor.attempt(length)
    if by is None:
        return None
    back = cursor.word(words.BEFORE)
    if not back and not cursor.word(words.AFTER):
        return None
    origin = cursor.attempt(moment)
    return None if origin is None else Shifted(by, origin, back)


def moment(cursor: Cursor) -> Moment | None:
    """Take everything that can be said of one moment, each at most once."""
    said = Moment()
    while True:
        connected = _connectors(cursor)
        more = _more(cursor, said, at=connected == "at")
        if more is None:
            break
        said = more
    return None if connected or said == Moment() else said


def _connectors(cursor: Cursor) -> str:
    """Take words that bind the parts; "at" also says that a lone number is an hour."""
    taken = ""
    while (token := cursor.peek()) and cursor.word(words.CONNECTORS):
        taken = "at" if token.text in words.AT else token.text
    return taken


def _more(cursor: Cursor, said: Moment, *, at: bool) -> Moment | None:
    """Take the next part, if it is one that was not said yet."""
    return (
        cursor.attempt(lambda place: _more_days(place, said))
        or cursor.attempt(lambda place: _more_hours(place, said, at=at))
        or cursor.attempt(lambda place: _more_zone(place, said))
    )


def _more_days(cursor: Cursor, said: Moment) -> Moment | None:
    first = cursor.peek()
    both = None if said.day or said.part else cursor.lookup(words.DAY_PARTS)
    if both and first:
        _refuse_comparison(cursor, first.text)
        return replace(said, day=Ahead(both[0]), part=both[1])
    if both_named := cursor.attempt(lambda place: _end_of_that_day(place, said)):
        return both_named
    if said.day is None:
        day = cursor.attempt(day_named) or cursor.attempt(_days_ahead) or cursor.attempt(_days_ago)
        return replace(said, day=day) if day else None
    if isinstance(said.day, Weekday):
        day = cursor.attempt(day_named)
        dated = isinstance(day, DayOfMonth | EitherOrder)
        return replace(said, day=day, weekday=said.day) if dated else None
    if said.weekday is None and isinstance(said.day, DayOfMonth | EitherOrder):
        index = cursor.lookup(words.WEEKDAYS)
        return None if index is None else replace(said, weekday=Weekday(index))
    return None


def _end_of_that_day(cursor: Cursor, said: Moment) -> Moment | None:
    """Take "eod friday" or "tomorrow eod"."""
    if said.day is None or said.clock or said.part:
        return None
    cursor.word(words.ON)
    day = cursor.attempt(day_named)
    if said.day == _TODAYS_END:
        return replace(said, day=day, clock=END_OF_DAY) if day and day != said.day else None
    return replace(said, clock=END_OF_DAY) if day == _TODAYS_END else None


def _days_ahead(cursor: Cursor) -> Ahead | None:
    """Take "in 2 weeks" or 两天后 as a day that a time of day stands beside."""
    opened = cursor.word(words.LENGTH_OPENERS)
    span = cursor.attempt(length) or cursor.attempt(counted_days)
    closed = cursor.word(words.LENGTH_CLOSERS)
    if span is None or not span.of_days or not (opened or closed):
        return None
    following = cursor.peek()
    if not closed and following and (following.shape is Shape.COLONS or following.text == ","):
        return None  # "in 2 days, 4:13" may be a length to its end
    return Ahead(int(span.seconds) // 86_400, span.months)


def _days_ago(cursor: Cursor) -> Ahead | None:
    """Take "2 days ago" or 两天前 as a day that a time of day stands beside."""
    span = cursor.attempt(length)
    if span is None or not span.of_days or not cursor.word(words.AGO):
        return None
    return Ahead(-(int(span.seconds) // 86_400), -span.months)


def _more_hours(cursor: Cursor, said: Moment, *, at: bool) -> Moment | None:
    first = cursor.peek()
    if (part := cursor.lookup(words.PARTS)) and first:
        _refuse_comparison(cursor, first.text)
        if said.part is None:
            return replace(said, part=part)
        if said.part in (NIGHT, NIGHTTIME) and part is DAWN and said.clock is None:
            return replace(said, part=AFTER_MIDNIGHT)
        return None
    if said.clock is not None:
        return None
    if isinstance(said.day, DayOfMonth | EitherOrder):
        cursor.word(words.T, glued=True)
    found = cursor.attempt(clock) or cursor.attempt(
        lambda place: _hour_before_part(place, placed=at, dated=said.day is not None)
    )
    if found is None and at:
        found = cursor.attempt(hour_after_at)
    in_han = (following := cursor.peek()) and following.shape is Shape.NUMERAL
    part = cursor.taken
    counted = said.day is None and part is not None and part.text in words.COUNTED_PARTS
    if found is None and (at or (said.part and not counted)) and not in_han:
        found = cursor.attempt(bare_hour)
    if found:
        cursor.word(words.EXACTLY)
    return replace(said, clock=found) if found else None


def _refuse_comparison(cursor: Cursor, part: str) -> None:
    """Refuse 晚一点 and 明早一点, which say "a bit later" and "a bit earlier"; 晚1点 is an hour.

    Raises:
        WhenError: ``VAGUE``.
    """
    if part.endswith(words.ZH_EARLY_LATE) and cursor.follows(_a_bit):
        refuse(Problem.VAGUE)


def _a_bit(cursor: Cursor) -> bool | None:
    a_bit = cursor.word(words.ZH_ONE) and cursor.word(words.ZH_POINT)
    minutes = cursor.word(words.CLOCK_ENDS | words.ZH_HALF) or cursor.take(Shape.NUMERAL)
    return True if a_bit and not minutes else None


def _hour_before_part(cursor: Cursor, *, placed: bool, dated: bool) -> Clock | None:
    """Take the 9 of "9 in the morning", "9 tonight"; after "at" or a day, of "9 evening" too."""
    said = cursor.peek()
    if said and said.shape is Shape.NUMERAL:
        return None  # 一下午 is a whole afternoon
    hour = cursor.attempt(bare_hour)
    if hour is None or not cursor.follows(_part_of_a_day):
        return None
    in_figures = said is not None and said.shape is Shape.NUMBER
    following = cursor.peek()
    if following is not None and following.shape is Shape.HAN and following.text in words.PARTS:
        return None  # 3晚 are three nights
    counted = following is not None and following.text in words.COUNTED_PARTS
    return None if counted and not (placed or (dated and in_figures)) else hour


def _part_of_a_day(cursor: Cursor) -> Part | None:
    """Take the evening, tonight, or "tomorrow evening"."""
    if both := cursor.lookup(words.DAY_PARTS):
        return both[1]
    cursor.lookup(words.DAYS)
    return cursor.lookup(words.PARTS)


def _more_zone(cursor: Cursor, said: Moment) -> Moment | None:
    if said.zone is not None:
        return None
    if cursor.word(words.BEIJING_TIME):
        return replace(said, zone=ZoneInfo("Asia/Shanghai"))
    rules = (_region, _named_offset, _offset)
    zone = next(filter(None, map(cursor.attempt, rules)), None) if said.clock else None
    return replace(said, zone=zone) if zone else None


def _region(cursor: Cursor) -> tzinfo | None:
    token = cursor.take(Shape.REGION)
    name = exact_name(token.text) if token else None
    return ZoneInfo(name) if name else None


def _named_offset(cursor: Cursor) -> tzinfo | None:
    hours = cursor.lookup(words.ZONE_NAMES)
    return None if hours is None else timezone(timedelta(hours=hours))


def _offset(cursor: Cursor) -> tzinfo | None:
    """Take Z, UTC, GMT+8, +08:00, and the last with a space before it."""
    named = cursor.word(words.UTC_NAMES)
    sign = cursor.peek()
    if sign is None or not cursor.word(words.PLUS | words.MINUS, glued=named):
        return UTC if named else None
    token = cursor.take(Shape.COLONS, Shape.NUMBER)
    if token is None or not (sign.glued or (sign.text == "+" and token.glued)):
        return None  # 10:00 -11:00 is a range
    hours, _, minutes = token.text.partition(":")
    if not sign.glued and len(hours) == 1:  # 10:00 +1:30 may be a sum
        return None
    if not named and token.shape is not Shape.COLONS:
        if len(hours) != 4:  # 10:00+8 may be a sum
            return None
        hours, minutes = hours[:2], hours[2:]
    if not (hours.isdigit() and int(hours) <= 14 and (minutes or "00") in _MINUTES):
        return None
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-ahead if sign.text == "-" else ahead)
