"""How late reminders come at the rate that Discord allows, and how long the loop is held up."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Connection

from benchmarks import bare_reminders
from benchmarks.backlog import with_database
from benchmarks.figures import Figure
from benchmarks.full_table import PENDING, create
from benchmarks.subjects import OUR_DATABASE, Launch, Subject, running
from bot.clock import SystemClock
from bot.reminders.models import (
    Destination,
    NewReminder,
    Origin,
    PlannedOccurrence,
    ReminderKind,
)
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.tables import dm_channels

_SECONDS: Final = 20
_PER_SECOND: Final = 50.0
_BUDGET: Final = 60.0
"""Room above the rate, or a queue that has once formed would never end. With its usual 45 the bot
stays below what Discord takes of any bot; this is how fast it is where Discord takes more of it."""
_COUNT: Final = int(_SECONDS * _PER_SECOND)
_AHEAD_S: Final = 16.0
"""By then a bot that has just started takes its whole share of the requests."""
_PATIENCE_S: Final = 60.0
_MS: Final = 1e3
_STALLS: Final = "stalls.txt"
_NUMBER: Final = re.compile(r"bench-(\d+)")


async def lateness() -> list[Figure]:
    """Let reminders come due at the highest rate, with a million pending, beside a bare bot."""
    with TemporaryDirectory(prefix="gpu-scout-bench-") as name:
        full = Path(name) / "full.sqlite3"
        await create(full, pending=PENDING)
        our_late, our_stall = await _measured(_probed(_unhurried(with_database(full))), _promise)
    their_late, their_stall = await _measured(_probed(_bare), _put)
    return [
        Figure(
            name=f"late at {_PER_SECOND:g} messages/s, p99, 1,000,000 pending",
            floor_name="a bare bot that sends and deletes, no other rows",
            ours=our_late,
            floor=their_late,
            unit="ms",
            most=100,
        ),
        Figure(
            name="loop held up meanwhile, longest",
            floor_name="a bare bot that sends and deletes, no other rows",
            ours=our_stall,
            floor=their_stall,
            unit="ms",
            most=50,
            most_times_floor=3,
        ),
    ]


async def _measured(
    launch: Callable[[Path], Launch], prepare: Callable[[Subject, Sequence[float]], Awaitable[None]]
) -> tuple[float, float]:
    """Return the 99th percentile of the lateness and the longest stall, in ms."""
    async with running(launch, users=_COUNT) as subject:
        first = time.time() + _AHEAD_S
        due = [first + number / _PER_SECOND for number in range(_COUNT)]
        await prepare(subject, due)
        await asyncio.sleep(first - time.time())
        async with asyncio.timeout(_SECONDS + _PATIENCE_S):
            while len(came := _came(subject)) < _COUNT:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.2)
        ended = time.time()
        stalls = [
            float(late)
            for at, late in map(str.split, (subject.folder / _STALLS).read_text().splitlines())
            if first <= float(at) <= ended
        ]
        late = [came[number] - due[number] for number in range(_COUNT)]
        return quantiles(late, n=100)[98] * _MS, max(stalls, default=0.0) * _MS


def _came(subject: Subject) -> dict[int, float]:
    """Return when each number was there."""
    found: dict[int, float] = {}
    for message in subject.fake.messages.from_bot():
        if number := _NUMBER.search(message.text):
            found.setdefault(int(number[1]), message.created)
    return found


async def _promise(subject: Subject, due: Sequence[float]) -> None:
    """Store them as the bot does, for people whose DMs were opened before."""
    store = await Store.open(f"sqlite:///{subject.folder / OUR_DATABASE}", clock=SystemClock())
    shelf = ReminderRepository(store=store)
    rows = [{"user_id": user.id, "channel_id": subject.fake.dm(user).id} for user in subject.users]

    def open_channels(connection: Connection) -> None:
        connection.execute(dm_channels.insert(), rows)

    await store.write(open_channels)
    await asyncio.gather(
        *(
            shelf.add(
                NewReminder(
                    owner_id=user.id,
                    kind=ReminderKind.CUSTOM,
                    destination=Destination.dm(),
                    origin=Origin(guild_id=1, channel_id=subject.channel.id),
                    locale="en-US",
                    occurrences=(PlannedOccurrence(due_at=datetime.fromtimestamp(at, UTC)),),
                    note=f"bench-{number}",
                ),
                limit=50,
            )
            for number, (user, at) in enumerate(zip(subject.users, due, strict=True))
        )
    )
    await store.close()


async def _put(subject: Subject, due: Sequence[float]) -> None:
    """Put them where the bare bot looks."""
    with sqlite3.connect(subject.folder / "floor.sqlite3") as connection:
        connection.execute(bare_reminders.CREATE)
        connection.executemany(
            "INSERT INTO due (id, channel, at) VALUES (?, ?, ?)",
            [
                (number, subject.fake.dm(user).id, at)
                for number, (user, at) in enumerate(zip(subject.users, due, strict=True))
            ],
        )
    connection.close()


def _unhurried(launch: Callable[[Path], Launch]) -> Callable[[Path], Launch]:
    """Return the same with room for the rate in its budget of requests."""

    def with_budget(folder: Path) -> Launch:
        plain = launch(folder)
        return Launch(plain.arguments, {**plain.environment, "REQUESTS_PER_SECOND": f"{_BUDGET:g}"})

    return with_budget


def _bare(folder: Path) -> Launch:
    script = Path(bare_reminders.__file__)
    return Launch([sys.executable, str(script)], {"DATABASE": str(folder / "floor.sqlite3")})


def _probed(launch: Callable[[Path], Launch]) -> Callable[[Path], Launch]:
    """Return the same with the probe in its process."""

    def probed(folder: Path) -> Launch:
        plain = launch(folder)
        probe = {
            "PYTHONPATH": str(Path(__file__).with_name("probe")),
            "STALLS": str(folder / _STALLS),
        }
        return Launch(plain.arguments, {**plain.environment, **probe})

    return probed
