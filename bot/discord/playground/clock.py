"""A clock that can be moved forward, for the product and for the world it lives in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import perf_counter
from typing import final


@final
class PlaygroundClock:
    """Runs at the pace of real time, and jumps ahead when told to.

    One object is the product's `Clock` (`now`) and SimCord's (`now`, `elapsed`, `advance`), so a
    stored due time, a message's time stamp and an interaction's expiry always agree.
    """

    def __init__(self, *, start: datetime, stopwatch: Callable[[], float] = perf_counter) -> None:
        """Start at `start` (aware UTC).

        `stopwatch` counts real seconds; `time.monotonic` won't do, SimCord replaces it.
        """
        self._start = start
        self._stopwatch = stopwatch
        self._origin = stopwatch()
        self._skipped = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since the start, the skipped ones included."""
        return self._stopwatch() - self._origin + self._skipped

    def now(self) -> datetime:
        """Return the world's present instant as an aware UTC datetime."""
        return self._start + timedelta(seconds=self.elapsed)

    def advance(self, seconds: float) -> None:
        """Jump ahead; a world never goes back.

        Raises:
            ValueError: `seconds` is negative, or not a number.
        """
        if not seconds >= 0:
            raise ValueError(f"the clock only moves forward, not by {seconds} s")
        self._skipped += seconds
