"""This worker's share of the requests that Discord allows all of the bot's processes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import final

_BURST_PER_SECOND = 5.0
"""What may go at once after a pause, over all workers: with the rate it stays within the 50 that
Discord counts in any one second."""


@final
class Budget:
    """A token bucket. Whoever sends a request takes a token first; waiters go in turn.

    The courier takes one itself for each request beyond the send, such as opening a DM.
    """

    def __init__(
        self,
        *,
        per_second: float,
        now: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take the rate of all workers together; `now` and `sleep` are in seconds."""
        self._now = now
        self._sleep = sleep
        self._rate = per_second
        self._burst = _BURST_PER_SECOND
        self._tokens = self._burst
        self._filled_at = now()
        self._turn = asyncio.Lock()

    @property
    def rate(self) -> float:
        """This worker's requests a second."""
        return self._rate

    def share(self, per_second: float, *, workers: int) -> None:
        """Set this worker's rate, and its part of the burst among so many `workers`."""
        self._fill()
        self._rate = per_second
        self._burst = max(1.0, _BURST_PER_SECOND / workers)
        self._tokens = min(self._tokens, self._burst)

    async def take(self) -> None:
        """Wait until one more request may be sent."""
        async with self._turn:
            self._fill()
            while self._tokens < 1:
                # At least 1 ms: a sleep that rounding made too short would only spin.
                await self._sleep(max(0.001, (1 - self._tokens) / self._rate))
                self._fill()
            self._tokens -= 1

    def _fill(self) -> None:
        now = self._now()
        # A clock that was moved back must not take tokens away.
        passed = max(0.0, now - self._filled_at)
        self._filled_at = now
        self._tokens = min(self._burst, self._tokens + passed * self._rate)
