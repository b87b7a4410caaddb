"""How long an event loop is held up: what a task that wants to run every 5 ms has to wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Final, final

EVERY_S: Final = 0.005


async def watch(tell: Callable[[float], None]) -> None:
    """Tell of each round how many seconds it came too late; ends when it is cancelled."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(EVERY_S)
        tell(time.perf_counter() - began - EVERY_S)


@final
class Longest(AbstractAsyncContextManager["Longest"]):
    """Measures the running loop for as long as the block lasts."""

    def __init__(self) -> None:
        self.seconds = 0.0

    async def __aenter__(self) -> Longest:
        """Begin."""
        self._task = asyncio.create_task(watch(self._note))
        return self

    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Give a loop that is being held up the time to tell, and end."""
        await asyncio.sleep(2 * EVERY_S)
        self._task.cancel()

    def _note(self, late: float) -> None:
        self.seconds = max(self.seconds, late)
