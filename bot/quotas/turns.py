"""The turns of a quota that is renewed by the calendar."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from bot.catalog.quota import FixedWeekly, Weekday

_DAYS: Final[dict[Weekday, int]] = {
    "monday": 0,
    "tuesday": 1,
    "wednesday": 2,
    "thursday": 3,
    "friday": 4,
    "saturday": 5,
    "sunday": 6,
}
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Turn:
    """From one renewal, included, to the next, in UTC."""

    start: datetime
    end: datetime


def weekly_turn(rule: FixedWeekly, at: datetime) -> Turn:
    """Return the turn that holds the instant: a week by the clock on the wall.

    Where summer time begins or ends, a turn has an hour less or more.
    """
    zone = ZoneInfo(rule.zone)
    local = at.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - _DAYS[rule.weekday]) % 7)
    if _instant(day, rule.clock, zone) > at:
        day -= _WEEK
    return Turn(_instant(day, rule.clock, zone), _instant(day + _WEEK, rule.clock, zone))


def monthly_turn(day_of_month: int, at: datetime, *, zone: tzinfo = UTC) -> Turn:
    """Return the turn that holds the instant: from midnight of a day of the month.

    Args:
        day_of_month: 1 to 31; in a shorter month its last day.
        at: aware.
        zone: whose midnight it is; providers that do not say count in UTC.
    """
    local = at.astimezone(zone).date()
    start = _monthly(local.year, local.month, day_of_month)
    if _instant(start, time(), zone) > at:
        start = _monthly(*_month(local, -1), day_of_month)
    following = _monthly(*_month(start, 1), day_of_month)
    return Turn(_instant(start, time(), zone), _instant(following, time(), zone))


def _month(day: date, by: int) -> tuple[int, int]:
    months = day.year * 12 + day.month - 1 + by
    return months // 12, months % 12 + 1


def _monthly(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _instant(day: date, clock: time, zone: tzinfo) -> datetime:
    """Return the instant of a time on the wall: the first of two, and after a gap what it shows.

    `fold=0` of the standard library does both: in a gap it takes the offset from before it, so that
    02:30 becomes 03:30.
    """
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
