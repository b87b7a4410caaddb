"""Measures the loop of a bot's process from inside: Python imports this before the program.

It appends a line "when late" (seconds since 1970, seconds) to the file that STALLS names, for each
round of the watching task that came more than 2 ms late.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

_NOTED_FROM_S = 0.002
_EVERY_S = 0.005
_run = asyncio.run


async def _watched(main: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - as asyncio.run
    # A line now and then, to the page cache.
    with Path(os.environ["STALLS"]).open("a", encoding="ascii", buffering=1) as file:  # noqa: ASYNC230

        async def watch() -> None:
            while True:
                began = time.perf_counter()
                await asyncio.sleep(_EVERY_S)
                late = time.perf_counter() - began - _EVERY_S
                if late > _NOTED_FROM_S:
                    file.write(f"{time.time()} {late}\n")

        watching = asyncio.create_task(watch())
        try:
            return await main
        finally:
            watching.cancel()


def _measured(main: Coroutine[Any, Any, Any], **options: Any) -> Any:  # noqa: ANN401
    return _run(_watched(main), **options)


asyncio.run = _measured
