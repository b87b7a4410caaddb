"""What was used of a quota, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Usage:
    """A stretch of use: from `start` up to `end`, at `rate` units an hour.

    A unit is what the quota is counted in: an hour, or one of the currency of credits. The end of a
    session that runs or is planned lies ahead. Both are aware.
    """

    start: datetime
    end: datetime
    rate: float = 1.0

    def within(self, start: datetime, end: datetime) -> float:
        """Return the units that were used between two instants."""
        return max(0.0, (min(self.end, end) - max(self.start, start)) / HOUR) * self.rate


def used_within(usages: Iterable[Usage], start: datetime, end: datetime) -> float:
    """Return the units that all of them used between two instants."""
    return sum(usage.within(start, end) for usage in usages)
