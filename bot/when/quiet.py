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
_FROM: Final = re.compile(r"^(?:from\s+|从)")
_HOUR: Final = re.compile(r"(?P<hour>[01]?\d|2[0-3])点?", re.ASCII)
_FIGURES: Final = re.compile(r"\d{1,2}(?::\d\d|点)?", re.ASCII)
_HALF_A_DAY: Final = 12


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


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """One end of the span."""

    at: time
    open: bool
    """Nothing in it says whether morning or evening is meant."""
    of_24: bool
    """Figures that only a clock of 24 hours shows: 23, 07:00."""


def read_quiet(text: str) -> tuple[time, time] | None:
    """Read "23:00-08:00", "11pm to 8am", 晚上11点到早上8点; None for "off" and 关.

    Bare figures are of a clock of 24 hours: 23-7, 9-17.

    Raises:
        ValueError: it is no such span, one of no length, or one that would be of another length
            by a clock of 12 hours: 11-7, 9pm-10.
    """
    try:
        plain = tidy(text)
        if plain in _OFF:
            return None
        ends = [_end(part) for part in _TO.split(_FROM.sub("", plain))]
    except WhenError:
        raise ValueError(text) from None
    if len(ends) != 2:
        raise ValueError(text)
    first, last = ends
    # From the morning until after midnight is a slip of the pen for a night: 11-7.
    slip = first.open and not last.of_24 and first.at > last.at
    if slip or first.at == last.at or (last.open and _may_end_earlier(first, last)):
        raise ValueError(text)
    return first.at, last.at


def _may_end_earlier(first: _End, last: _End) -> bool:
    """Whether the evening's hour comes first: 9pm-10. At 11pm-7 it is the next morning's."""
    evening = last.at.replace(hour=(last.at.hour + _HALF_A_DAY) % 24)
    return not (first.of_24 or first.open) and first.at < evening


def _end(text: str) -> _End:
    """Read a time of day; a bare hour is one of 24, or open."""
    at = _clock(text)
    bare = _FIGURES.fullmatch(text) is not None
    may_be_either = bare and 1 <= at.hour <= _HALF_A_DAY and not text.startswith("0")
    return _End(at=at, open=may_be_either, of_24=bare and not may_be_either)


def _clock(text: str) -> time:
    if found := _HOUR.fullmatch(text):
        return time(int(found["hour"]))
    reading = read(text, now=_MIDNIGHT, zone=ZoneInfo("UTC"), slot=Slot.TIME)
    if reading.kind is not Kind.TIME or reading.at - _MIDNIGHT > _DAY:
        raise ValueError(text)
    return reading.at.time().replace(second=0)
