"""From what was said to the one instant that is meant, seen from now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import ceil
from typing import Final
from zoneinfo import ZoneInfo

from bot.when.clocks import END_OF_DAY, Clock
from bot.when.day_parts import FORENOON, LATE_NIGHT, NIGHT, NIGHTTIME, Part
from bot.when.days import (
    Ahead,
    Day,
    DayOfMonth,
    EitherOrder,
    EndOf,
    EndOfMonth,
    Weekday,
    add_months,
)
from bot.when.grammar import Now, Phrase, Stamp
from bot.when.instants import instants, irregular
from bot.when.lengths import Length
from bot.when.moments import Moment, Shifted
from bot.when.reading import EPOCH, Kind, Problem, Reading, WhenError, refuse
from bot.when.words import End, Unit

HORIZON: Final = timedelta(days=3660)
"""Ten years: beyond it a number is a slip or a joke, and dates lose their meaning."""
DEFAULT_TIME: Final = time(9)
"""The hour of a day that was named alone."""
_REST_OF_TODAY: Final = (Clock(9), Clock(12), Clock(17), Clock(21))
"""For "today" or today's date alone: the first of these that is still ahead."""
_SMALL: Final = 6
"""Up to "tomorrow at 6" an hour is the evening's for most; from 7 the 24-hour reading holds.

So "today at 5" said at noon is 17:00, while "today at 9" is past.
"""
_LAST_OF_NIGHT: Final = 4
_SURELY_NEXT: Final = timedelta(hours=6)
"""A lone "at 9" this near is meant; later than that, the other nine o'clock comes before it."""


def resolve(phrase: Phrase, *, now: datetime, zone: ZoneInfo) -> Reading:
    """Return the reading of a phrase.

    Raises:
        WhenError: what was said is not one certain instant ahead.
    """
    match phrase:
        case Length():
            return _after_length(phrase, now=now, zone=zone)
        case Moment():
            return _at_moment(phrase, now=now, zone=zone)
        case Shifted():
            return _shifted(phrase, now=now, zone=zone)
        case Stamp():
            return _at_stamp(phrase, now=now, zone=zone)
        case Now():
            raise WhenError(Problem.ZERO)


def _after_length(length: Length, *, now: datetime, zone: ZoneInfo) -> Reading:
    """Elapsed time, except months and years, which go by the user's calendar and wall clock."""
    length.check()
    months, seconds = length.months, length.seconds
    if months > 120 or seconds > HORIZON.total_seconds():
        refuse(Problem.TOO_FAR)
    whole = round(seconds)
    if not (months or whole):
        refuse(Problem.ZERO)
    start, clock_changes = now.astimezone(UTC), False
    if months:
        local = start.astimezone(zone)
        wall = local.time().replace(microsecond=0)
        day = add_months(local.date(), months)
        start, clock_changes = instants(day, wall, zone)[0], irregular(day, wall, zone)
    parts = _parts(months, whole)
    return _reading(
        start + timedelta(seconds=whole),
        now=now,
        zone=zone,
        kind=Kind.DURATION,
        ambiguous=length.ambiguous or clock_changes,
        needs_zone=months > 0,
        parts=tuple((unit.label, amount) for unit, amount in parts),
        canonical=" ".join(f"{amount} {unit.symbol}" for unit, amount in parts),
    )


def _parts(months: int, seconds: int) -> list[tuple[Unit, int]]:
    amounts = [(Unit.YEAR, months // 12), (Unit.MONTH, months % 12)]
    for unit in (Unit.DAY, Unit.HOUR, Unit.MINUTE, Unit.SECOND):
        amount, seconds = divmod(seconds, unit.seconds)
        amounts.append((unit, amount))
    return [(unit, amount) for unit, amount in amounts if amount]


def _at_stamp(stamp: Stamp, *, now: datetime, zone: ZoneInfo) -> Reading:
    ahead = stamp.epoch - int((now - EPOCH).total_seconds())
    if ahead <= 0:
        refuse(Problem.PAST)
    if ahead > HORIZON.total_seconds():
        refuse(Problem.TOO_FAR)
    at = EPOCH + timedelta(seconds=stamp.epoch)
    return _reading(at, now=now, zone=zone, kind=Kind.TIME, ambiguous=False, needs_zone=False)


def _at_moment(moment: Moment, *, now: datetime, zone: ZoneInfo) -> Reading:
    place = moment.zone or zone
    moment = at_this_time(moment, now=now, place=place)
    clocks, kind = _clocks(moment)
    _refuse_running_part(moment, now=now, place=place)
    _refuse_running_night(moment, clocks, now=now, place=place)
    day, shown, at = _first_ahead(moment, clocks, now=now, place=place)
    if moment.weekday and day.weekday() != moment.weekday.index:
        refuse(Problem.CONTRADICTION)
    doubtful = any(clock.doubtful for clock in clocks)
    if doubtful and moment.day is None and clocks[0].spoken and at - now > _SURELY_NEXT:
        refuse(Problem.AMBIGUOUS_HOUR)
    today = now.astimezone(place).date()
    debated = moment.day is not None and moment.day.ambiguous(today)
    if isinstance(moment.day, Ahead) and now.astimezone(place).hour < _LAST_OF_NIGHT:
        debated = True  # for those still awake, tomorrow begins after they slept
    clock_changes = irregular(day + timedelta(days=shown.carry), shown.time, place)
    return _reading(
        at,
        now=now,
        zone=place,
        kind=kind,
        ambiguous=doubtful or debated or clock_changes,
        needs_zone=moment.zone is None,
    )


def at_this_time(moment: Moment, *, now: datetime, place: tzinfo) -> Moment:
    """Return the moment with what the clock shows at present, where it says so: 明天这个时候.

    Raises:
        WhenError: ``VAGUE`` where no day is named.
    """
    if moment.clock is None or not moment.clock.now:
        return moment
    if moment.day is None or moment.part is not None:
        refuse(Problem.VAGUE)
    local = now.astimezone(place)
    return replace(moment, clock=Clock(local.hour, local.minute, local.second))


def _clocks(moment: Moment) -> tuple[tuple[Clock, ...], Kind]:
    """Return the times of day to try, the best first, and whether they were said or chosen."""
    day, part, clock = moment.day, moment.part, moment.clock
    if clock is None:
        alone = part is None and moment.weekday is None
        if alone and isinstance(day, DayOfMonth) and day.like_a_length:
            refuse(Problem.AMBIGUOUS_DATE)
        return _chosen(day, part)
    if part is FORENOON and clock.doubtful and clock.hour == 12:
        refuse(Problem.AMBIGUOUS_HOUR)  # noon as it is said, midnight as telephones show it
    if part is not None:
        agreed = clock.within(part) or _small_hours(moment) or refuse(Problem.CONTRADICTION)
        return (agreed,), Kind.TIME
    today = day in (Ahead(0), EndOf(End.DAY))
    if clock.midnight and day is not None:
        if not today:  # the night before it, or the one after?
            refuse(Problem.AMBIGUOUS_DATE)
        return (replace(clock, carry=1),), Kind.TIME
    if clock.spoken and clock.doubtful and day is not None and not today and clock.hour <= _SMALL:
        refuse(Problem.AMBIGUOUS_HOUR)
    dated = isinstance(day, DayOfMonth) and day.year is not None
    if dated and not clock.spoken:  # nobody writes 2026-12-01 9:00 for the evening
        return (replace(clock, doubtful=False),), Kind.TIME
    evening_meant = isinstance(day, EndOf) or (clock.spoken and clock.hour <= _SMALL)
    if clock.doubtful and today and evening_meant:
        return (clock, replace(clock, hour=clock.hour % 12 + 12)), Kind.TIME
    return (clock,), Kind.TIME


def _small_hours(moment: Moment) -> Clock | None:
    """Return the hour of 夜里2点, which alone is the next one; of a named day it may be either."""
    clock, at_night = moment.clock, moment.part in (NIGHT, NIGHTTIME, LATE_NIGHT)
    if clock is None or not (at_night and clock.doubtful and clock.hour <= _LAST_OF_NIGHT):
        return None
    return replace(clock, doubtful=False) if moment.day is None else None


def _chosen(day: Day | None, part: Part | None) -> tuple[tuple[Clock, ...], Kind]:
    """Return the house's hours for a day or a part of it."""
    if part is not None:
        default = part.default or refuse(Problem.VAGUE)
        return (_clock(default),), Kind.DATE
    match day:
        case None:
            raise WhenError(Problem.UNREADABLE)
        case EndOf(end=End.DAY):
            return (END_OF_DAY,), Kind.TIME
        case EndOf() | EndOfMonth():
            return (END_OF_DAY,), Kind.DATE
        case EitherOrder(year=None):  # 12/24 alone may as well be a fraction or a score
            raise WhenError(Problem.AMBIGUOUS_DATE)
        case _:
            return (_clock(DEFAULT_TIME),), Kind.DATE


def _clock(of_day: time) -> Clock:
    return Clock(of_day.hour, of_day.minute)


def _refuse_running_part(moment: Moment, *, now: datetime, place: tzinfo) -> None:
    """Refuse "evening" in the evening, past the house's hour: this one or tomorrow's?"""
    local = now.astimezone(place)
    may_be_today = moment.day in (None, Weekday(local.weekday()))
    if moment.part and moment.clock is None and may_be_today:
        default = moment.part.default
        if local.hour in moment.part.exact and default and local.time() >= default:
            refuse(Problem.VAGUE)


def _refuse_running_night(
    moment: Moment, clocks: tuple[Clock, ...], *, now: datetime, place: tzinfo
) -> None:
    """Refuse "tonight at 1am" said at half past midnight: in half an hour, or in a day?

    Raises:
        WhenError: ``AMBIGUOUS_DATE``.
    """
    shown = now.astimezone(place).time()
    tonight = moment.day == Ahead(0) and moment.part is not None
    if tonight and any(clock.carry and shown < clock.time for clock in clocks):
        refuse(Problem.AMBIGUOUS_DATE)


def _first_ahead(
    moment: Moment, clocks: tuple[Clock, ...], *, now: datetime, place: tzinfo
) -> tuple[date, Clock, datetime]:
    """Return the day and clock as said of the first instant after ``now`` that fits, and that one.

    A date that is today's is today, however late: it never rolls on to another month or year.

    Raises:
        WhenError: ``PAST`` where none is left.
    """
    day, today = moment.day, now.astimezone(place).date()
    if isinstance(day, Ahead) and day.days < 0:  # "last night at 1am", said at half past twelve
        refuse(Problem.PAST)
    only_day = moment.clock is None and moment.part is None
    # Yesterday's night may still run; a day that skips the hour leaves it to the one after.
    nearest = (today + timedelta(days=ahead) for ahead in range(-1, 3))
    for candidate in nearest if day is None else day.dates(today):
        named_today = candidate == today and not isinstance(day, Weekday | EndOf | None)
        for clock in _REST_OF_TODAY if named_today and only_day else clocks:
            for at in instants(candidate + timedelta(days=clock.carry), clock.time, place):
                if at > now:
                    return candidate, clock, at
        if named_today:
            break
    raise WhenError(Problem.PAST)


def _shifted(phrase: Shifted, *, now: datetime, zone: ZoneInfo) -> Reading:
    """A week from tomorrow, 10 minutes before noon."""
    length, origin = phrase.length, phrase.moment
    length.check()
    if length.months > 120 or length.seconds > HORIZON.total_seconds():
        refuse(Problem.TOO_FAR)
    sign = -1 if phrase.back else 1
    if not length.of_days:
        return _minutes_from(phrase, now=now, zone=zone)
    days, months = sign * int(length.seconds) // 86_400, sign * length.months
    match origin.day:
        case None:
            refuse(Problem.UNREADABLE)
        case Ahead():
            day = Ahead(origin.day.days + days, origin.day.months + months)
        case _:
            start = _at_moment(origin, now=now, zone=zone)
            local = start.at.astimezone(origin.zone or zone).date()
            today = now.astimezone(origin.zone or zone).date()
            day = Ahead((add_months(local, months) - today).days + days)
    return _at_moment(replace(origin, day=day, weekday=None), now=now, zone=zone)


def _minutes_from(phrase: Shifted, *, now: datetime, zone: ZoneInfo) -> Reading:
    origin = _at_moment(phrase.moment, now=now, zone=zone)
    if origin.kind is not Kind.TIME or phrase.length.months:
        refuse(Problem.VAGUE)
    step = timedelta(seconds=round(phrase.length.seconds))
    at = origin.at - step if phrase.back else origin.at + step
    if at <= now:
        refuse(Problem.PAST)
    return _reading(
        at,
        now=now,
        zone=phrase.moment.zone or zone,
        kind=Kind.TIME,
        ambiguous=origin.ambiguous,
        needs_zone=origin.needs_zone,
    )


def _reading(
    at: datetime,
    *,
    now: datetime,
    zone: tzinfo,
    kind: Kind,
    ambiguous: bool,
    needs_zone: bool,
    parts: tuple[tuple[str, int], ...] = (),
    canonical: str = "",
) -> Reading:
    if at - now > HORIZON:
        refuse(Problem.TOO_FAR)
    local = at.astimezone(zone)
    figures = "%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M"
    return Reading(
        at=at,
        seconds=ceil((at - now).total_seconds()),
        kind=kind,
        ambiguous=ambiguous,
        needs_zone=needs_zone,
        zone=str(zone),
        parts=parts,
        canonical=canonical or f"{local.strftime(figures)} {zone}",
    )
