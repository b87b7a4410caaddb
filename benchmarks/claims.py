"""Claiming and marking, beside the same statements through the bare drivers.

What the repository sends to the database is recorded, and then played to an equal database through
sqlite3 or asyncpg alone: the same statements and parameters, in the same transactions. On SQLite
twice: in a row, with nothing around it, and as deliveries call: from the event loop, which no
commit may hold up (so sqlite3 has a thread of its own), each row's mark awaited by a task. asyncpg
is called in the second way.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Awaitable, Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias, cast

import asyncpg
from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import Engine

from benchmarks.figures import Figure
from bot.clock import SystemClock
from bot.ops.garbage import made_to_stay
from bot.reminders.models import DestinationKind, OccurrenceState, ReminderKind
from bot.store.deliveries import DeliveryRepository
from bot.store.store import Store
from bot.store.tables import occurrences, reminders
from tests.faults.postgresql import serving

_ROWS: Final = 2048
_AT_ONCE: Final = 256
_ROUNDS: Final = 3
_POOL: Final = 10
_MS: Final = 1e3

_Parameters: TypeAlias = Sequence[Any]
_Transaction: TypeAlias = list[tuple[str, _Parameters]]
_Replay: TypeAlias = Callable[[Path, Sequence[_Transaction]], Awaitable[float]]


async def claims() -> list[Figure]:
    """Claim and mark what is due, beside the same SQL through bare sqlite3 and asyncpg."""
    return [
        Figure(
            name=f"claim + mark, {name}",
            floor_name=f"bare {floor_name}",
            ours=ours * _MS,
            floor=floor * _MS,
            unit="ms",
            most_times_floor=2,
        )
        for name, floor_name, (ours, floor) in (
            ("SQLite, each", "sqlite3, in a row", await _on_sqlite(_replay_in_a_row)),
            ("SQLite, each, for tasks", "sqlite3, from a loop", await _on_sqlite(_replay_sqlite)),
            ("PostgreSQL, each, for tasks", "asyncpg, from a loop", await _on_postgresql()),
        )
    ]


async def _on_sqlite(replay: _Replay) -> tuple[float, float]:
    """Return the seconds a row of ours and of the floor."""
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(_ROUNDS):
        with TemporaryDirectory(prefix="gpu-scout-bench-") as name:
            one, other = Path(name) / "one.sqlite3", Path(name) / "other.sqlite3"
            for path in (one, other):
                await _fill(f"sqlite:///{path}")
            took, played = await _deliver(f"sqlite:///{one}")
            ours.append(took)
            floor.append(await replay(other, played))
    return median(ours) / _ROWS, median(floor) / _ROWS


async def _on_postgresql() -> tuple[float, float]:
    ours: list[float] = []
    floor: list[float] = []
    with serving() as server:
        for _ in range(_ROUNDS):
            one, other = await server.database(), await server.database()
            for address in (one, other):
                await _fill(address)
            took, played = await _deliver(address=one)
            ours.append(took)
            floor.append(await _replay_postgresql(other, played))
    return median(ours) / _ROWS, median(floor) / _ROWS


async def _fill(address: str) -> None:
    """Make a database in which so many reminders are due, with the same ids each time."""
    store = await Store.open(address, clock=SystemClock())
    now = SystemClock().now()
    due_at = now - timedelta(seconds=1)
    promises = [
        {
            "id": number,
            "owner_id": number,
            "kind": ReminderKind.CUSTOM.value,
            "note": "save the checkpoint",
            "destination": DestinationKind.DM.value,
            "locale": "en-US",
            "created_at": now,
        }
        for number in range(1, _ROWS + 1)
    ]
    messages = [
        {
            "reminder_id": promise["id"],
            "number": 1,
            "due_at": due_at,
            "state": OccurrenceState.PENDING.value,
            "next_attempt_at": due_at,
            "attempt": 0,
            "target_index": 0,
            "refusals": 0,
        }
        for promise in promises
    ]

    def work(connection: Connection) -> None:
        connection.execute(reminders.insert(), promises)
        connection.execute(occurrences.insert(), messages)

    await store.write(work)
    await store.close()


async def _deliver(address: str) -> tuple[float, list[_Transaction]]:
    """Claim and mark all that is due; return the seconds, and what was sent to the database."""
    with made_to_stay():  # as when the bot starts
        store = await Store.open(address, clock=SystemClock())
    shelf = DeliveryRepository(store=store)
    now = SystemClock().now()
    with _recorded() as transactions:
        began = time.perf_counter()
        while dues := await shelf.claim(
            worker="bench", now=now, lease=timedelta(seconds=30), limit=_AT_ONCE
        ):
            await asyncio.gather(
                *(shelf.settle(due, now=now, message_id=1, channel_id=1) for due in dues)
            )
        took = time.perf_counter() - began
    await store.close()
    return took, transactions


@contextmanager
def _recorded() -> Generator[list[_Transaction]]:
    """Record what goes to any database, one list for each transaction."""
    open_ones: dict[int, _Transaction] = {}
    done: list[_Transaction] = []

    def on_execute(
        connection: Connection, _cursor: object, statement: str, parameters: _Parameters, *_: object
    ) -> None:
        open_ones.setdefault(id(connection.connection.dbapi_connection), []).append(
            (statement, parameters)
        )

    def on_commit(connection: Connection) -> None:
        if said := open_ones.pop(id(connection.connection.dbapi_connection), None):
            done.append(said)

    event.listen(Engine, "before_cursor_execute", on_execute)
    event.listen(Engine, "commit", on_commit)
    try:
        yield done
    finally:
        event.remove(Engine, "before_cursor_execute", on_execute)
        event.remove(Engine, "commit", on_commit)


async def _replay_in_a_row(file: Path, transactions: Sequence[_Transaction]) -> float:
    """Play them by nothing but sqlite3: nobody waits for a mark, and no loop goes on meanwhile."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    began = time.perf_counter()
    for transaction in transactions:
        for statement, parameters in transaction:
            connection.execute(statement, parameters).fetchall()
        connection.execute("COMMIT")
    took = time.perf_counter() - began
    connection.close()
    return took


async def _replay_sqlite(file: Path, transactions: Sequence[_Transaction]) -> float:
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=1) as thread:
        connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous = FULL")

        def play(transaction: _Transaction) -> None:
            # Each begins with its own BEGIN: the bot's engine sends it as a statement.
            for statement, parameters in transaction:
                connection.execute(statement, parameters).fetchall()
            connection.execute("COMMIT")

        began = time.perf_counter()
        for transaction in transactions:
            played = loop.run_in_executor(thread, play, transaction)
            await asyncio.gather(*(_awaits(played) for _ in range(_rows_of(transaction))), played)
        took = time.perf_counter() - began
        connection.close()
    return took


def _rows_of(transaction: _Transaction) -> int:
    """Return how many deliveries wait for a transaction: as many as it marks."""
    marks = [
        value
        for statement, parameters in transaction
        if statement.startswith("UPDATE") and "json" in statement
        for value in parameters
        if isinstance(value, str) and value.startswith("[[")
    ]
    return sum(len(json.loads(each)) for each in marks)


async def _awaits(played: asyncio.Future[None]) -> None:
    """Be the task of one delivery."""
    await played


async def _replay_postgresql(address: str, transactions: Sequence[_Transaction]) -> float:
    url = make_url(address)
    connect = cast("Callable[..., Any]", asyncpg.create_pool)  # pyright: ignore[reportUnknownMemberType] - untyped
    pool = await connect(
        host=url.query.get("host") or url.host,
        user=url.username,
        password=url.password,
        database=url.database,
        min_size=_POOL,
        max_size=_POOL,
    )

    async def play(transaction: _Transaction) -> None:
        async with pool.acquire() as connection, connection.transaction():
            for statement, parameters in transaction:
                await connection.fetch(statement, *parameters)

    began = time.perf_counter()
    for transaction in transactions:
        played = asyncio.create_task(play(transaction))
        await asyncio.gather(*(_awaits(played) for _ in range(_rows_of(transaction))), played)
    took = time.perf_counter() - began
    await pool.close()
    return took
