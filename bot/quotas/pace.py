"""How fast a quota is used, and when it runs out at this rate."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.quotas.kinds import Standing
from bot.quotas.usage import HOUR

SHORTEST: Final = timedelta(hours=12)
"""A pace that is measured over less says nothing about a week."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What was used so far, carried on."""

    per_day: float
    """Units."""
    runs_out_at: datetime | None
    """None where it is renewed before."""


def pace(standing: Standing, *, until: datetime, now: datetime) -> Pace | None:
    """Return the pace since the turn began; None where it is too early to tell, or unused.

    Args:
        standing: how the quota stands now.
        until: when it is renewed.
        now: aware.
    """
    if standing.since is None or standing.used <= 0:
        return None
    elapsed = now - standing.since
    if elapsed < SHORTEST:
        return None
    hourly = standing.used / (elapsed / HOUR)
    # Compared as hours: what is hardly used lasts beyond the end of the calendar.
    hours = standing.left / hourly
    lasts = hours >= (until - now) / HOUR
    return Pace(per_day=hourly * 24, runs_out_at=None if lasts else now + hours * HOUR)
