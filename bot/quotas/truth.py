"""What the provider itself says is used: from that instant on it beats what was counted here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, final

from bot.quotas.kinds import AfterUse, Kind, OneOff, Renewed, Rolling
from bot.quotas.turns import Turn
from bot.quotas.usage import HOUR, Usage

_INSTANT: Final = timedelta(seconds=1)
"""A use that is spread over nothing has no length; this is far below what anybody counts."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the source said, in units of the pool."""

    used: float
    remaining: float
    total: float
    refresh_at: datetime | None
    """When it is renewed, aware; None where the source does not say, or nothing is used."""
    as_of: datetime
    """When it said so, aware."""


@final
@dataclass(frozen=True, slots=True)
class _Moved:
    """Turns that begin at another moment than the catalog's rule says."""

    turn: Renewed
    by: timedelta

    def __call__(self, at: datetime) -> Turn:
        turn = self.turn.turn(at - self.by)
        return Turn(turn.start + self.by, turn.end + self.by)


def corrected(
    kind: Kind, usages: Sequence[Usage], reading: Reading | None
) -> tuple[Kind, list[Usage]]:
    """Return the quota and what was used of it, as they are once the source is believed.

    What was counted before the reading gives way to it; what was counted after it is added. The
    source's total holds from then on, and so does its moment of renewal.
    """
    if reading is None:
        return kind, list(usages)
    after = [
        replace(each, start=max(each.start, reading.as_of))
        for each in usages
        if each.end > reading.as_of
    ]
    match kind:
        case Renewed():
            kind = _renewed(replace(kind, amount=reading.total), reading)
            since = kind.turn(reading.as_of).start
        case AfterUse(window=window):
            kind = replace(kind, amount=reading.total)
            opened = None if reading.refresh_at is None else reading.refresh_at - window
            # Unused, or unknown when it was opened: the latest that it can have been.
            since = reading.as_of if opened is None else opened
        case Rolling() | OneOff():
            kind = replace(kind, amount=reading.total)
            since = reading.as_of - HOUR
        case _:
            raise TypeError(f"a reading of a {type(kind).__name__}")
    if reading.used <= 0:
        return kind, after
    until = max(reading.as_of, since + _INSTANT)
    rate = reading.used / ((until - since) / HOUR)
    return kind, [Usage(since, until, rate), *after]


def _renewed(kind: Renewed, reading: Reading) -> Renewed:
    if reading.refresh_at is None:
        return kind
    by = reading.refresh_at - kind.turn(reading.as_of).end
    return kind if not by else replace(kind, turn=_Moved(kind, by))
