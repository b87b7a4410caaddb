"""From wall clocks to instants, over the days on which a zone changes its offset."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_SECOND = timedelta(seconds=1)


def instants(day: date, clock: time, zone: tzinfo) -> tuple[datetime, ...]:
    """Return when the clocks of ``zone`` show that time on that day, in UTC, the first one first.

    Two where clocks are set back over it. Where they are set forward over it, the one instant of
    the change: the first that exists after it.
    """
    found = sorted(
        {
            datetime.combine(day, clock, tzinfo=zone).replace(fold=fold).astimezone(UTC)
            for fold in (0, 1)
        }
    )
    real = tuple(at for at in found if _shows(at, day, clock, zone))
    return real or (_change_between(found[0], found[-1], zone),)


def irregular(day: date, clock: time, zone: tzinfo) -> bool:
    """Return whether the clocks of ``zone`` show that time twice on that day, or never.

    Only then do the two values of ``fold`` give different offsets (PEP 495).
    """
    wall = datetime.combine(day, clock, tzinfo=zone)
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()


def _shows(at: datetime, day: date, clock: time, zone: tzinfo) -> bool:
    local = at.astimezone(zone)
    return local.date() == day and local.time() == clock


def _change_between(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """Return the first second at or after which the offset is that of ``after``."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle <= before:
            break
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
