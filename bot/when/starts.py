"""The start of something that runs already: 20 min ago, at 14:05, 刚刚, 昨晚11点."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from math import ceil
from typing import Final
from zoneinfo import ZoneInfo

from bot.when import words
from bot.when.clocks import Clock
from bot.when.days import (
    Day,
    DayOfMonth,
    EitherOrder,
    Weekday,
    WeekdayOf,
)
from bot.when.grammar import Stamp, parse, stamp
from bot.when.instants import instants, irregular
from bot.when.lengths import Length, clock_like, iso_length, length
from bot.when.moments import Moment, moment
from bot.when.reading import EPOCH, Problem, Slot, WhenError, refuse
from bot.when.refusal import explain
from bot.when.resolve import at_this_time
from bot.when.text import tidy
from bot.when.tokens import MAX_TOKENS, Cursor, Token, tokenize

LONGEST_AGO: Final = timedelta(days=7)
"""No session lasts longer; what lies farther back is a slip."""
_SAME_NIGHT: Final = timedelta(hours=12)
"""A clock time that today has not seen yet was yesterday's if it is no farther back."""
_LATE: Final = 6
"""Up to "yesterday at 6" an hour may be the evening's; from 7 the 24-hour reading holds."""
_HALF_A_YEAR: Final = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Start:
    """When something began."""

    at: datetime
    """Aware, UTC, not after the ``now`` it was read at."""
    seconds: int
    """From the start to that ``now``, at least 0."""
    ambiguous: bool
    """Another reading is plausible too: the echo should be looked at."""
    needs_zone: bool
    """The instant would be another one in another time zone."""


@dataclass(frozen=True, slots=True)
class _JustNow:
    pass


_Phrase = Length | Moment | Stamp | _JustNow


def read_start(text: str, *, now: datetime, zone: ZoneInfo) -> Start:
    """Return the one instant, at most 7 days ago, at which ``text`` says that something began.

    A length alone is a length ago, and ``1:30`` alone is a clock time. A clock time without a day
    is today's, or last night's where today has not seen it yet.

    Args:
        text: What was typed; at most 100 characters are looked at.
        now: Aware.
        zone: The user's; ``Start.needs_zone`` says whether it mattered.

    Raises:
        WhenError: for every text that is not exactly one certain instant in that time:
            ``AHEAD`` and ``LONG_AGO`` outside of it, else as for :func:`bot.when.read`.
    """
    now = now.astimezone(UTC)  # else it is subtracted by its wall clock
    plain = tidy(text)
    tokens = tokenize(plain)
    if len(tokens) > MAX_TOKENS:
        refuse(Problem.TOO_LONG)
    phrase = _parse(plain, Cursor(tokens))
    if phrase is None:
        raise _explained(tokens, ahead=parse(plain, Cursor(tokens), Slot.TIME) is not None)
    try:
        return _resolve(phrase, now=now, zone=zone)
    except OverflowError:
        refuse(Problem.LONG_AGO)


def _explained(tokens: tuple[Token, ...], *, ahead: bool) -> WhenError:
    """Return why it is no start; words of the past are no fault here."""
    if ahead:
        return WhenError(Problem.AHEAD)
    return explain(tuple(token for token in tokens if token.text not in words.PAST))


def _parse(text: str, cursor: Cursor) -> _Phrase | None:
    if phrase := iso_length(text):
        return phrase
    for rule in (stamp, _ago, moment, _just_now):
        cursor.rewind()
        cursor.word(words.STARTED)
        phrase = cursor.attempt(rule)
        while cursor.word(words.STARTED):
            pass
        if phrase is not None and cursor.at_end:
            return phrase
    return None


def _just_now(cursor: Cursor) -> _JustNow | None:
    return _JustNow() if cursor.word(words.JUST_NOW) else None


def _ago(cursor: Cursor) -> Length | None:
    """Take "20 min ago", "about an hour", 1:30 ago."""
    while cursor.word(words.ABOUT):
        pass
    if span := cursor.attempt(length):
        cursor.word(words.AGO)
        return span
    span = cursor.attempt(clock_like)
    return span if span and cursor.word(words.AGO) else None


def _resolve(phrase: _Phrase, *, now: datetime, zone: ZoneInfo) -> Start:
    match phrase:
        case _JustNow():
            return _start(now, now=now)
        case Stamp():
            return _start(_instant(phrase, now=now), now=now)
        case Length():
            return _start(_before(phrase, now=now), now=now, ambiguous=phrase.ambiguous)
        case Moment():
            return _at_moment(phrase, now=now, zone=zone)


def _instant(pasted: Stamp, *, now: datetime) -> datetime:
    ahead = pasted.epoch - (now - EPOCH).total_seconds()
    if ahead > 0:
        refuse(Problem.AHEAD)
    if -ahead > LONGEST_AGO.total_seconds():
        refuse(Problem.LONG_AGO)
    return EPOCH + timedelta(seconds=pasted.epoch)


def _before(span: Length, *, now: datetime) -> datetime:
    span.check()
    if span.months or span.seconds > LONGEST_AGO.total_seconds():
        refuse(Problem.LONG_AGO)
    seconds = round(span.seconds)
    return now - timedelta(seconds=seconds) if seconds else refuse(Problem.ZERO)


def _at_moment(said: Moment, *, now: datetime, zone: ZoneInfo) -> Start:
    place = said.zone or zone
    today = now.astimezone(place).date()
    said = at_this_time(said, now=now, place=place)
    clocks = _clocks(said)
    if isinstance(said.day, WeekdayOf) and said.day.debated and said.day.index < today.weekday():
        refuse(Problem.AMBIGUOUS_DATE)  # "last monday", said on a Wednesday
    day, clock, at = _latest(said, clocks, now=now, place=place)
    if said.weekday and day.weekday() != said.weekday.index:
        refuse(Problem.CONTRADICTION)
    return _start(
        at,
        now=now,
        ambiguous=len(clocks) > 1 or irregular(day + timedelta(clock.carry), clock.time, place),
        needs_zone=said.zone is None,
    )


def _clocks(said: Moment) -> tuple[Clock, ...]:
    """Return what the clock may have shown, the 24-hour reading first."""
    clock, part = said.clock or refuse(Problem.VAGUE), said.part
    if part is not None:
        return (clock.within(part) or refuse(Problem.CONTRADICTION),)
    if clock.midnight:
        if said.day is not None:  # the night before it, or the one after?
            refuse(Problem.AMBIGUOUS_DATE)
        return (replace(clock, midnight=False),)
    dated = isinstance(said.day, DayOfMonth) and said.day.year is not None
    if not clock.doubtful or (dated and not clock.spoken):
        return (replace(clock, doubtful=False),)
    return clock, replace(clock, hour=(clock.hour + 12) % 24)


def _latest(
    said: Moment, clocks: tuple[Clock, ...], *, now: datetime, place: tzinfo
) -> tuple[date, Clock, datetime]:
    """Return the latest instant not after ``now`` that fits, with its day and clock as said."""
    today = now.astimezone(place).date()
    for day in _days(said.day, today):
        past = [
            (at, clock)
            for clock in clocks
            for at in instants(day + timedelta(days=clock.carry), clock.time, place)[:1]
            if at <= now
        ]
        if not past:
            continue
        at, clock = max(past, key=lambda found: found[0])
        if said.day is None and day < today and now - at > _SAME_NIGHT:
            break
        if len(past) > 1 and day < today and said.day is not None:
            at, clock = past[0]
            if clock.spoken and clock.hour <= _LATE:
                refuse(Problem.AMBIGUOUS_HOUR)
        elif clock is not clocks[0]:
            refuse(Problem.AMBIGUOUS_HOUR)
        return day, clock, at
    raise WhenError(Problem.AHEAD)


def _days(day: Day | None, today: date) -> Iterator[date]:
    """Yield the days that can be meant, the latest first."""
    week = [today - timedelta(days=ago) for ago in range(LONGEST_AGO.days + 1)]
    match day:
        case None:
            yield from week[:2]
        case Weekday(index=index):
            yield from (each for each in week if each.weekday() == index)
        case DayOfMonth() | EitherOrder():
            dated = day.in_order() if isinstance(day, EitherOrder) else day
            found = [each for each in week if dated.fits(each, today)]
            yield from found or _outside(dated, today)
        case _:
            yield from day.dates(today)


def _outside(day: DayOfMonth, today: date) -> Iterator[date]:
    """Yield nothing where the nearest such day is ahead, or say what else is wrong with it."""
    try:
        ahead = next(day.dates(today)) - today
    except WhenError as error:
        refuse(Problem.LONG_AGO if error.problem is Problem.PAST else error.problem)
    if not timedelta() < ahead < _HALF_A_YEAR:
        refuse(Problem.LONG_AGO)
    yield from ()


def _start(
    at: datetime, *, now: datetime, ambiguous: bool = False, needs_zone: bool = False
) -> Start:
    if now - at > LONGEST_AGO:
        refuse(Problem.LONG_AGO)
    return Start(
        at=at.astimezone(UTC),
        seconds=ceil((now - at).total_seconds()),
        ambiguous=ambiguous,
        needs_zone=needs_zone,
    )
