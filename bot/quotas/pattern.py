"""What a user's own lock-outs have in common: all that is known of an unpublished quota."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final, final

from bot.quotas.book import Entry, Lockout

LOOKED_BACK: Final = timedelta(days=90)
BEFORE: Final = timedelta(hours=24)
LEAST: Final = 2
"""One lock-out is no pattern."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The middle of several, so that one odd night says little."""

    count: int
    """Lock-outs in the last 90 days."""
    lasted: timedelta | None
    """None where the end of fewer than two is known."""
    used_before: timedelta | None
    """In the 24 hours before; None where nothing was written down before one of two."""


def pattern_of(
    lockouts: Sequence[Lockout], entries: Sequence[Entry], *, now: datetime
) -> Pattern | None:
    """Return the pattern of the lock-outs of one offer; None for fewer than two."""
    recent = [each for each in lockouts if each.since >= now - LOOKED_BACK]
    if len(recent) < LEAST:
        return None
    lasted = [each.until - each.since for each in recent if each.until is not None]
    used = [spent for each in recent if (spent := _used_before(each.since, entries))]
    return Pattern(
        count=len(recent),
        lasted=_middle(lasted),
        used_before=_middle(used),
    )


def _middle(spans: Sequence[timedelta]) -> timedelta | None:
    if len(spans) < LEAST:
        return None
    return timedelta(seconds=median(span.total_seconds() for span in spans))


def _used_before(instant: datetime, entries: Sequence[Entry]) -> timedelta:
    since, none = instant - BEFORE, timedelta()
    spans = (min(each.end, instant) - max(each.start, since) for each in entries)
    return sum((max(none, span) for span in spans), start=none)
