"""When a session really ends: at its own limit, out of quota, or as it was planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, final

from bot.quotas.kinds import Kind
from bot.quotas.projection import low_after
from bot.quotas.usage import HOUR, Usage

Why = Literal["planned", "limit", "quota"]

_COUNTED_WRONG: Final = timedelta(minutes=1)
"""A session that lasts no longer than this by the count, and yet runs, is counted wrong."""
_MILLISECOND: Final = timedelta(milliseconds=1)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnd:
    """The first of the ends that a session can have."""

    at: datetime
    why: Why
    used_up: bool = False
    """By what was counted nothing of the quota was left when it began, and yet it runs: the count
    is wrong or the provider gives more, so it says nothing of the end."""


def first_end(
    *,
    start: datetime,
    planned: datetime,
    limit_hours: float | None,
    kind: Kind | None,
    usages: Sequence[Usage],
    rate: float | None,
    counted_from: datetime | None = None,
) -> SessionEnd:
    """Return when a session ends, and why.

    Args:
        start: when it began, aware.
        planned: when its owner expects it to end, after `start`.
        limit_hours: how long the provider lets a session last; None where that is unknown.
        kind: the quota that it uses; None where there is none to reckon with.
        usages: what else was used of it, and is being used beside this session: what lies ahead
            counts too.
        rate: units an hour; None where that is unknown, and the quota then says nothing.
        counted_from: from when on its use is not yet in `usages`; None for its start.
    """
    end = SessionEnd(at=planned, why="planned")
    if limit_hours is not None:
        limit = start + limit_hours * HOUR
        if limit < end.at:
            end = SessionEnd(at=limit, why="limit")
    if kind is None or not rate:
        return end
    begin = start if counted_from is None else max(start, counted_from)
    whole = [*usages, Usage(begin, end.at, rate)]
    empty = low_after(kind, whole, begin, level=0.0)
    if empty is None or empty >= end.at - _MILLISECOND:
        return end
    if empty <= begin + _COUNTED_WRONG:
        return SessionEnd(at=end.at, why=end.why, used_up=True)
    return SessionEnd(at=_rounded(empty), why="quota")


def _rounded(instant: datetime) -> datetime:
    """Return the nearest millisecond, in which instants are kept: fractions are off by less."""
    off = timedelta(microseconds=instant.microsecond % 1000)
    return instant - off + (_MILLISECOND if off >= _MILLISECOND / 2 else timedelta())
