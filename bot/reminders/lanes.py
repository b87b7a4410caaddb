"""One send at a time in each channel, without one slow channel holding up the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import final

from bot.reminders.targets import Target

_SHORTEST_WAIT = timedelta(milliseconds=250)
_LONGEST_WAIT = timedelta(seconds=30)


@final
class _Lane:
    __slots__ = ("pace", "turn", "users")

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.users = 0
        self.pace = 0.0
        """Seconds that the last send took."""


@final
class Lanes:
    """A queue for each channel that has something to send."""

    def __init__(self, *, depth: int, seconds: Callable[[], float]) -> None:
        """Let `depth` messages queue for one channel; `seconds` is a stopwatch."""
        self._depth = depth
        self._seconds = seconds
        self._lanes: dict[tuple[str, int], _Lane] = {}

    def enter(self, target: Target) -> timedelta | None:
        """Take a place in the target's queue, or return how long to stay away: it is full.

        A place taken is given back with `leave`.
        """
        lane = self._lanes.setdefault(target.lane, _Lane())
        if lane.users >= self._depth:
            away = timedelta(seconds=lane.pace * lane.users)
            return min(max(away, _SHORTEST_WAIT), _LONGEST_WAIT)
        lane.users += 1
        return None

    def leave(self, target: Target) -> None:
        """Give a place back; an empty queue is forgotten."""
        lane = self._lanes[target.lane]
        lane.users -= 1
        if not lane.users:
            del self._lanes[target.lane]

    @asynccontextmanager
    async def turn(self, target: Target) -> AsyncGenerator[None]:
        """Wait for one's turn, and hold it."""
        lane = self._lanes[target.lane]
        async with lane.turn:
            began = self._seconds()
            try:
                yield
            finally:
                lane.pace = self._seconds() - began
