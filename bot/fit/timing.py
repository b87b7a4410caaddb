"""From tokens a second to sessions and weeks of quota, no finer than the range allows."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from bot.advice.bounds import Bounds
from bot.fit.pace import Range

STEPS: Final = 1000
"""What is timed where nobody says how many tokens there are."""
HOUR: Final = 3600

# Longer than the first, in hours: to whole multiples of the second.
_COARSE: Final = ((48.0, 24.0), (10.0, 1.0), (1.0, 0.25), (1 / 6, 1 / 12), (0.0, 1 / 60))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """How many sessions of an offer a run takes, and how much of its weekly quota."""

    fewest: int
    most: int
    weeks: Range | None
    """Weeks of quota; None where nothing is known of it."""
    at_most: bool = False
    """Whether the quota is known from below alone, so that only the high end of `weeks` counts."""


def hours_for(tokens: float, rate: Range) -> Range:
    """Return the hours that so many tokens take, rounded outwards to what can be said."""
    took = rate.over(tokens)
    return Range(low=_rounded(took.low / HOUR, floor), high=_rounded(took.high / HOUR, ceil))


def sessions_for(hours: Range, *, session: Bounds, weekly: Bounds) -> Sessions | None:
    """Return how a run is spread over sessions; None where their length is not known.

    Args:
        hours: of the run.
        session: hours of one.
        weekly: hours a week, averaged over a year.
    """
    if session.lo <= 0:
        return None
    weeks = None
    if weekly.lo > 0:
        weeks = Range(low=hours.low / weekly.lo, high=hours.high / weekly.lo)
    return Sessions(
        fewest=max(1, ceil(hours.low / session.lo)),
        most=max(1, ceil(hours.high / session.lo)),
        weeks=weeks,
        at_most=not weekly.known,
    )


def two_digits(value: float) -> float:
    """Return the value with two digits that count."""
    if value <= 0:
        return 0.0
    step = 10 ** (floor(log10(value)) - 1)
    return round(value / step) * step


def _rounded(hours: float, whole: Callable[[float], int]) -> float:
    step = next(step for longer, step in _COARSE if hours >= longer)
    return max(whole(hours / step), 1) * step
