"""The days around now: what was used on each, and what is planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, final
from zoneinfo import ZoneInfo

from bot.quotas.kinds import Kind, Renewed
from bot.quotas.usage import Usage, used_within

_DAYS: Final = 7
_DAY: Final = timedelta(days=1)
_BEFORE: Final = 4
"""Of a quota without a week of its own: so many days before today, and the rest after it."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day by the user's clocks, in units of the quota."""

    date: date
    used: float
    planned: float
    """What running and planned sessions use from now on."""
    renewed: bool
    """The quota is renewed on this day."""
    today: bool


def days_of(
    kind: Kind,
    usages: Sequence[Usage],
    *,
    now: datetime,
    renews_at: datetime | None,
    zone: ZoneInfo,
) -> tuple[Day, ...]:
    """Return seven days, or eight where a week by UTC ends in the midst of one.

    Args:
        kind: a quota of a week shows the week that it is counted in.
        usages: past, running and planned.
        now: aware.
        renews_at: when it comes back; its day is marked.
        zone: whose midnights part the days.
    """
    today = now.astimezone(zone).date()
    first, last = today - _BEFORE * _DAY, today + (_DAYS - 1 - _BEFORE) * _DAY
    if isinstance(kind, Renewed):
        turn = kind.turn(now)
        if turn.end - turn.start <= (_DAYS + 1) * _DAY:
            first, last = turn.start.astimezone(zone).date(), turn.end.astimezone(zone).date()
    return tuple(
        _day(first + ahead * _DAY, usages, now=now, renews_at=renews_at, zone=zone)
        for ahead in range((last - first).days + 1)
    )


def _day(
    day: date,
    usages: Sequence[Usage],
    *,
    now: datetime,
    renews_at: datetime | None,
    zone: ZoneInfo,
) -> Day:
    start, end = _midnight(day, zone), _midnight(day + _DAY, zone)
    return Day(
        date=day,
        used=used_within(usages, start, min(end, now)),
        planned=used_within(usages, max(start, now), end),
        renewed=renews_at is not None and start <= renews_at < end,
        today=start <= now < end,
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
