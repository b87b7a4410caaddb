"""Hours in which nobody wants to be woken: what falls in them waits for their end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, final
from zoneinfo import ZoneInfo

from bot.when import Kind, Slot, WhenError, read
from bot.when.instants import instants
from bot.when.text import tidy

_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = datetime(2026, 1, 1, tzinfo=UTC)
_OFF: Final = frozenset({"off", "none", "no", "never", "关", "关闭", "无", "不用", "取消"})
_TO: Final = re.compile(r"\s*(?:-|~|\bto\b|\buntil\b|\btill\b|到|至)\s*")
_HOUR: Final = re.compile(r"(?P<hour>[01]?\d|2[0-3])", re.ASCII)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From one time of day until another, by the clocks of a zone.

    Past midnight where `start` is the later one. The start belongs to them, the end doesn't.
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


def read_quiet(text: str) -> tuple[time, time] | None:
    """Read "23:00-08:00", "11pm to 8am", 晚上11点到早上8点; None for "off" and 关.

    Raises:
        ValueError: it is no such span, or one of no length.
    """
    try:
        plain = tidy(text)
        if plain in _OFF:
            return None
        ends = [_clock(part) for part in _TO.split(plain)]
    except WhenError:
        raise ValueError(text) from None
    if len(ends) != 2 or ends[0] == ends[1]:
        raise ValueError(text)
    return ends[0], ends[1]


def _clock(text: str) -> time:
    """Read a time of day; a bare hour is one of 24."""
    if found := _HOUR.fullmatch(text):
        return time(int(found["hour"]))
    reading = read(text, now=_MIDNIGHT, zone=ZoneInfo("UTC"), slot=Slot.TIME)
    if reading.kind is not Kind.TIME or reading.at - _MIDNIGHT > _DAY:
        raise ValueError(text)
    return reading.at.time().replace(second=0)
