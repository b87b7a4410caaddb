"""When something that repeats comes next: by the wall clock, or by elapsed time.

Our own rather than `dateutil.rrule`: that one counts naive wall clocks, and leaves it to its caller
what becomes of a time that a zone skips or shows twice. Here a skipped time moves forward to the
instant of the change, and of two the first counts, as everywhere in this room (`instants`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, final
from zoneinfo import ZoneInfo

from bot.when.instants import instants

ALL_DAYS: Final = frozenset(range(7))
WEEKDAYS: Final = frozenset(range(5))
WEEKEND: Final = frozenset({5, 6})

_DAY: Final = timedelta(days=1)
_MILLISECOND: Final = timedelta(milliseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SHORT: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")


@final
@dataclass(frozen=True, slots=True)
class OnDays:
    """At one time of day on some days of the week, by the clocks of a zone."""

    days: frozenset[int]
    """Monday is 0; at least one."""
    at: time
    """Wall clock, to the second; it stays the same when the zone changes its offset."""

    def next_after(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """Return the first instant of the rule after `instant`, in UTC."""
        today = instant.astimezone(zone).date()
        # One day back: a time that the clocks skip moves forward, past midnight even. Two weeks
        # ahead: a zone that changes its date line skips a day.
        for ahead in range(-1, 15):
            day = today + ahead * _DAY
            if day.weekday() in self.days and (at := self.on(day, zone)) > instant:
                return at
        raise AssertionError("a rule has at least one day of the week")

    def on(self, day: date, zone: ZoneInfo) -> datetime:
        """Return the instant on one day, in UTC."""
        return instants(day, self.at, zone)[0]

    def count(self, after: datetime, until: datetime, zone: ZoneInfo) -> int:
        """Return how many instants there are after the first one given, up to the second."""
        found = 0
        while (after := self.next_after(after, zone)) <= until:
            found += 1
        return found


@final
@dataclass(frozen=True, slots=True)
class EachLength:
    """Again and again after a length of elapsed time, whatever the clocks do."""

    length: timedelta
    """Whole seconds, at least one."""
    start: datetime
    """One instant of the rule, aware; the others are whole lengths away from it."""

    def next_after(self, instant: datetime, _zone: ZoneInfo) -> datetime:
        """Return the first instant of the rule after `instant`, in UTC."""
        steps = (instant - self.start) // self.length + 1
        return (self.start + steps * self.length).astimezone(UTC)

    def count(self, after: datetime, until: datetime, _zone: ZoneInfo) -> int:
        """Return how many instants there are after the first one given, up to the second."""
        passed = (until - self.start) // self.length - (after - self.start) // self.length
        return max(0, passed)


Rule = OnDays | EachLength


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """A rule with its zone and its end."""

    rule: Rule
    zone: str
    """IANA name; it says what the clocks of `OnDays` show."""
    until: datetime | None = None
    """The last instant at which it may still come, aware; None for no end."""

    def next_after(self, instant: datetime) -> datetime | None:
        """Return the first instant after `instant`, in UTC; None where the end comes before it."""
        try:
            found = self.rule.next_after(instant, ZoneInfo(self.zone))
        except OverflowError:  # the end of the calendar
            return None
        return found if self.until is None or found <= self.until else None

    def count(self, after: datetime, until: datetime) -> int:
        """Return how many instants there are after the first one given, up to the second."""
        end = until if self.until is None else min(until, self.until)
        return self.rule.count(after, end, ZoneInfo(self.zone))

    def encode(self) -> str:
        """Return the rule as text for the store: `mo,we@09:00:00`, or seconds@milliseconds."""
        match self.rule:
            case OnDays(days, at):
                return f"{','.join(_SHORT[day] for day in sorted(days))}@{at.isoformat('seconds')}"
            case EachLength(length, start):
                return f"{length // timedelta(seconds=1)}@{(start - _EPOCH) // _MILLISECOND}"

    @classmethod
    def decode(cls, code: str, *, zone: str, until: datetime | None) -> Recurrence:
        """Read what `encode` wrote."""
        what, _, anchor = code.partition("@")
        rule: Rule
        if what.isdigit():
            start = _EPOCH + int(anchor) * _MILLISECOND
            rule = EachLength(timedelta(seconds=int(what)), start)
        else:
            days = frozenset(_SHORT.index(day) for day in what.split(","))
            rule = OnDays(days, time.fromisoformat(anchor))
        return cls(rule=rule, zone=zone, until=until)
