"""What a bot costs before anybody asks it anything: its start, and its memory at rest."""

import asyncio
from statistics import median
from typing import Final

from benchmarks.figures import Figure
from benchmarks.resident import resident_mb
from benchmarks.subjects import floor, ours, running

_STARTS: Final = 9
_QUIET_S: Final = 5.0
_MS: Final = 1e3


async def start() -> list[Figure]:
    """Start each in turn with a new database, until READY and its commands are registered."""
    took: dict[str, list[float]] = {"ours": [], "floor": []}
    for number in range(_STARTS + 1):
        for name, launch in (("ours", ours), ("floor", floor)):
            async with running(launch) as subject:
                if number:  # the first fills the caches of the disk
                    took[name].append(subject.start_s * _MS)
    return [
        Figure(
            name="start, new database",
            floor_name="bare bot",
            ours=median(took["ours"]),
            floor=median(took["floor"]),
            unit="ms",
            most_times_floor=4,
        )
    ]


async def memory() -> list[Figure]:
    """Weigh both after some seconds of quiet."""
    async with running(ours) as bot, running(floor) as bare:
        await asyncio.sleep(_QUIET_S)
        return [
            Figure(
                name="memory at rest",
                floor_name="bare bot",
                ours=resident_mb(bot.process.pid),
                floor=resident_mb(bare.process.pid),
                unit="MB",
                most_times_floor=3,
            )
        ]
