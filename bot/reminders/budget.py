"""This worker's share of the requests that Discord allows all of the bot's processes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from math import inf
from time import monotonic
from typing import final

_BURST_PER_SECOND = 2.0
"""What may go at once after a pause, over all workers: with the rate it stays within the 50 that
Discord counts in any one second, with some room for requests that reach it closer together than
they were sent."""

_TOKEN_KEEPS = 0.05
"""Seconds within which a token that was taken has to be used. A request that was held up longer,
by a slow commit or by discord.py's own wait for a channel, would arrive together with those that
took their tokens since."""

_TAKEN_AT: ContextVar[float | None] = ContextVar("taken_at", default=None)
"""When this task took a token that it hasn't used yet."""


@final
class Budget:
    """A token bucket. Whoever is about to send takes a token first; waiters go in turn.

    `charge` is called for each request at the moment it leaves, and uses the token that the same
    task has just taken; where it took none, or too long ago, it takes one.
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
        self._paused_until = -inf
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

    def pause(self, seconds: float) -> None:
        """Let nothing go for so long: Discord refuses every request of the bot's."""
        self._paused_until = max(self._paused_until, self._now() + seconds)

    async def take(self) -> None:
        """Wait until one more request may be sent."""
        async with self._turn:
            await self._take()
        _TAKEN_AT.set(self._now())

    async def charge(self) -> None:
        """Pay for a request that leaves now, ahead of those that wait to begin."""
        taken_at = _TAKEN_AT.get()
        _TAKEN_AT.set(None)
        if taken_at is None or not 0 <= self._now() - taken_at <= _TOKEN_KEEPS:
            await self._take()

    async def _take(self) -> None:
        while (wait := self._wait()) > 0:
            # At least 1 ms: a sleep that rounding made too short would only spin.
            await self._sleep(max(0.001, wait))
        self._tokens -= 1

    def _wait(self) -> float:
        """Return the seconds until there may be a token."""
        self._fill()
        paused = self._paused_until - self._now()
        return max(paused, (1 - self._tokens) / self._rate)

    def _fill(self) -> None:
        now = self._now()
        # A clock that was moved back must not take tokens away.
        passed = max(0.0, now - self._filled_at)
        self._filled_at = now
        self._tokens = min(self._burst, self._tokens + passed * self._rate)
