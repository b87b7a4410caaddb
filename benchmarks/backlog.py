"""What a million pending reminders cost: the next one, and the memory of the process."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.figures import Figure
from benchmarks.full_table import PENDING, create
from benchmarks.resident import resident_mb
from benchmarks.subjects import OUR_DATABASE, Launch, ours, running
from bot.clock import SystemClock
from bot.reminders.models import Destination, Origin
from bot.reminders.service import Reminders
from bot.store.reminders import ReminderRepository
from bot.store.store import Store

_ADDS: Final = 300
_QUIET_S: Final = 8.0
_MS: Final = 1e3


async def backlog() -> list[Figure]:
    """Add reminders one by one, and weigh the bot, with an empty table and with a million."""
    with TemporaryDirectory(prefix="gpu-scout-bench-") as name:
        empty, full = Path(name) / "empty.sqlite3", Path(name) / "full.sqlite3"
        await create(empty, pending=0)
        await create(full, pending=PENDING)
        weights = [await _weight(each) for each in (empty, full)]
        took = await _adds(empty, full)
    return [
        Figure(
            name="add one, 1,000,000 pending",
            floor_name="an empty table",
            ours=took[1],
            floor=took[0],
            unit="ms",
            most_times_floor=2,
        ),
        Figure(
            name="memory that 1,000,000 pending add",
            floor_name="the bot without any",
            ours=max(0.0, weights[1] - weights[0]),
            floor=weights[0],
            unit="MB",
            most=10,
        ),
    ]


async def _adds(*files: Path) -> list[float]:
    """Return the median time of one, in ms, for each database; they take turns."""
    stores = [await Store.open(f"sqlite:///{file}", clock=SystemClock()) for file in files]
    took: list[list[float]] = [[] for _ in files]
    services = [service_on(store) for store in stores]
    for number in range(_ADDS):
        for service, times in zip(services, took, strict=True):
            began = time.perf_counter()
            await add_one(service, owner=number)
            times.append((time.perf_counter() - began) * _MS)
    for store in stores:
        await store.close()
    return [median(times) for times in took]


def service_on(store: Store) -> Reminders:
    """Return the service that promises, as the bot has one."""
    return Reminders(
        shelf=ReminderRepository(store=store), clock=SystemClock(), wake=lambda _: None
    )


async def add_one(service: Reminders, *, owner: int) -> None:
    """Let the service promise one reminder in a year."""
    await service.create_custom(
        owner,
        at=SystemClock().now() + timedelta(days=300),
        note="save the checkpoint",
        destination=Destination.dm(),
        origin=Origin(guild_id=1, channel_id=2),
        locale="en-US",
    )


async def _weight(database: Path) -> float:
    async with running(with_database(database)) as bot:
        await asyncio.sleep(_QUIET_S)
        return resident_mb(bot.process.pid)


def with_database(database: Path) -> Callable[[Path], Launch]:
    """Return how `gpu-scout run` is started on a copy of a database."""

    def launch(folder: Path) -> Launch:
        shutil.copy(database, folder / OUR_DATABASE)
        return ours(folder)

    return launch
