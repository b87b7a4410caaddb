"""A quota ahead of now, as sessions that run or are planned will use it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from bot.quotas.kinds import AfterUse, Kind, OneOff, Renewed, Rolling
from bot.quotas.usage import Usage

_EPSILON: Final = 1e-9
"""Units: below the microseconds that instants have."""
_INSTANT: Final = timedelta(microseconds=1)
"""A line that ends at a renewal is read this long before it."""


def renewal_after(kind: Kind, usages: Sequence[Usage], after: datetime) -> datetime | None:
    """Return the first instant after one at which all of a quota is back; None: nothing comes.

    By the calendar that is the end of the turn, used or not. Otherwise it is when the last use
    that counts has left its window, where what begins before that goes on counting.
    """
    match kind:
        case Renewed():
            return kind.turn(after).end
        case AfterUse():
            ends = (opened + kind.window for opened in kind.openings(usages))
            return next((end for end in ends if end > after), None)
        case Rolling(window=window):
            return _rolled_off(usages, window, after)
        case OneOff():
            return None
        case _:
            raise TypeError(f"a renewal of a {type(kind).__name__}")


def expiry_after(kind: Kind, after: datetime) -> datetime | None:
    """Return when what is left is void, after an instant; None where it is kept, or never comes."""
    match kind:
        case Renewed():
            return kind.turn(after).end
        case OneOff(expires=expires):
            return expires if expires is not None and expires > after else None
        case _:
            return None


def low_after(
    kind: Kind, usages: Sequence[Usage], after: datetime, *, level: float
) -> datetime | None:
    """Return the first instant, `after` itself included, at which no more than `level` is left.

    Args:
        kind: of the quota.
        usages: past, running and planned.
        after: aware.
        level: units.
    """

    def left(at: datetime) -> float:
        # Not what is `left`: where nothing is, that stays at nothing, and the line would bend.
        return kind.amount - kind.standing(usages, at).used - level

    for earlier, later in pairwise(_edges(kind, usages, after)):
        before = max(earlier, later - _INSTANT)
        at = _sinks(earlier, left(earlier), before, left(before))
        if at is not None:
            return at
    last = max((each.end for each in usages), default=after)
    return max(last, after) if left(max(last, after)) <= _EPSILON else None


def _rolled_off(usages: Sequence[Usage], window: timedelta, after: datetime) -> datetime | None:
    found: datetime | None = None
    for each in sorted(usages, key=lambda usage: usage.start):
        gone = each.end + window
        if gone <= after or each.end <= each.start:
            continue
        if found is not None and each.start >= found:
            break
        found = gone if found is None else max(found, gone)
    return found


def _edges(kind: Kind, usages: Sequence[Usage], after: datetime) -> list[datetime]:
    """Return the instants between which what is left is a straight line, up to the last use."""
    until = max((each.end for each in usages), default=after)
    edges = {after, until}
    for each in usages:
        edges |= {each.start, each.end}
    match kind:
        case Renewed():
            turn = kind.turn(after)
            while turn.end < until:
                edges.add(turn.end)
                turn = kind.turn(turn.end)
        case AfterUse(window=window):
            edges |= {opened + window for opened in kind.openings(usages)}
        case Rolling(window=window):
            edges |= {edge + window for each in usages for edge in (each.start, each.end)}
        case OneOff(expires=expires):
            edges |= set() if expires is None else {expires}
        case _:
            raise TypeError(f"a projection of a {type(kind).__name__}")
    return sorted(edge for edge in edges if after <= edge <= until)


def _sinks(earlier: datetime, high: float, later: datetime, low: float) -> datetime | None:
    """Return where the straight line between two points sinks to nothing; None: it doesn't."""
    if high <= _EPSILON:
        return earlier
    if low > _EPSILON:
        return None
    return earlier + (later - earlier) * (high / (high - low))
