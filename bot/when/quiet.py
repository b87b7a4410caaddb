"""Hours in which nobody wants to be woken: what falls in them waits for their end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, final
from zoneinfo import ZoneInfo

from bot.when.instants import instants

_DAY: Final = timedelta(days=1)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From one time of day until another, by the clocks of a zone; past midnight where `start` is
    the later one. The start belongs to them, the end doesn't.
    """

    start: time
    end: time
    zone: str
    """IANA name."""

    def defer(self, at: datetime) -> datetime:
        """Return `at`, or the end of the quiet hours that it falls in."""
        zone = ZoneInfo(self.zone)
        day = at.astimezone(zone).date()
        # Asked of instants and not of wall clocks: on the night of a change a clock shows an hour
        # twice or never, and both ends of the quiet hours move as an alarm clock would.
        for first in (day - _DAY, day):
            last = first if self.start < self.end else first + _DAY
            start, end = instants(first, self.start, zone)[0], instants(last, self.end, zone)[0]
            if start <= at < end:
                return end
        return at
