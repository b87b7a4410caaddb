"""This worker's share of the requests that Discord allows all of the bot's processes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from math import inf
from time import monotonic
from typing import final

_BURST_PER_SECOND = 3.0
"""What may go at once after a pause, over all workers: with the rate it stays within the 50 that
Discord counts in any one second, with some room for requests that reach it closer together than
they were sent."""

_ADMITTED: ContextVar[bool] = ContextVar("admitted", default=False)
"""Whether this task was let through by `take` for a request that it hasn't made yet."""


@final
class Budget:
    """Two token buckets, one before the work for a request and one at the moment it leaves.

    Whoever is about to deliver first waits in `take`, so that no more is begun than can be sent.
    Between that and the request lie a commit and discord.py, and requests that were let through
    evenly may leave in a bunch: so each request also passes `charge`, and Discord's ceiling holds
    whatever held them up. A request that nobody let through takes the place of one that waits.
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
        self._begin = _Bucket(rate=per_second, burst=_BURST_PER_SECOND, now=now)
        self._leave = _Bucket(rate=per_second, burst=_BURST_PER_SECOND, now=now)
        self._paused_until = -inf
        self._turn = asyncio.Lock()

    @property
    def rate(self) -> float:
        """This worker's requests a second."""
        return self._rate

    def share(self, per_second: float, *, workers: int) -> None:
        """Set this worker's rate, and its part of the burst among so many `workers`."""
        self._rate = per_second
        for bucket in (self._begin, self._leave):
            bucket.change(rate=per_second, burst=max(1.0, _BURST_PER_SECOND / workers))

    def drain(self) -> None:
        """Let nothing go at once that was saved up."""
        for bucket in (self._begin, self._leave):
            bucket.drain()

    def pause(self, seconds: float) -> None:
        """Let nothing go for so long: Discord refuses every request of the bot's."""
        self._paused_until = max(self._paused_until, self._now() + seconds)

    async def take(self) -> None:
        """Wait until one more delivery may begin; waiters go in turn."""
        async with self._turn:
            await self._pass(self._begin)
        _ADMITTED.set(True)

    async def charge(self) -> None:
        """Wait until a request may leave. What `take` didn't let through takes a place there."""
        if not _ADMITTED.get():
            self._begin.spend()
        _ADMITTED.set(False)
        await self._pass(self._leave)

    async def _pass(self, bucket: _Bucket) -> None:
        while (wait := max(self._paused_until - self._now(), bucket.wait())) > 0:
            # At least 1 ms: a sleep that rounding made too short would only spin.
            await self._sleep(max(0.001, wait))
        bucket.spend()


@final
class _Bucket:
    def __init__(self, *, rate: float, burst: float, now: Callable[[], float]) -> None:
        self._rate = rate
        self._burst = burst
        self._now = now
        self._tokens = burst
        self._filled_at = now()

    def change(self, *, rate: float, burst: float) -> None:
        """Fill at another rate from now on."""
        self._fill()
        self._rate = rate
        self._burst = burst
        self._tokens = min(self._tokens, burst)

    def drain(self) -> None:
        """Throw away the tokens."""
        self._fill()
        self._tokens = min(self._tokens, 0.0)

    def wait(self) -> float:
        """Return the seconds until there may be a token."""
        self._fill()
        return (1 - self._tokens) / self._rate

    def spend(self) -> None:
        """Take a token, or owe one where there is none."""
        self._tokens -= 1

    def _fill(self) -> None:
        now = self._now()
        # A clock that was moved back must not take tokens away.
        passed = max(0.0, now - self._filled_at)
        self._filled_at = now
        self._tokens = min(self._burst, self._tokens + passed * self._rate)
