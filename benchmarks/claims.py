"""Claiming and marking, beside the same statements through the bare drivers.

What the repository sends to the database is recorded, and then played to an equal database through
sqlite3 or asyncpg alone: the same statements and parameters, in the same transactions, one after
the other on one connection. Nobody looks at the rows that they return, and nobody waits for a mark.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple, TypeAlias, cast

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

_AT_ONCE: Final = 256
_ROWS: Final = 16 * _AT_ONCE
_MEASURED: Final = _ROWS - _AT_ONCE
_ROUNDS: Final = 7
_MS: Final = 1e3

_Parameters: TypeAlias = Sequence[Any]
_Transaction: TypeAlias = list[tuple[str, _Parameters]]


class _Played(NamedTuple):
    """What was sent to a database, of which the beginning isn't measured."""

    before: list[_Transaction]
    measured: list[_Transaction]


_Replay: TypeAlias = Callable[[str, _Played], Awaitable[float]]


async def claims() -> list[Figure]:
    """Claim and mark what is due, beside the same SQL through bare sqlite3 and asyncpg."""
    return [
        Figure(
            name=f"claim + mark, {name}, each",
            floor_name=f"bare {floor_name}",
            ours=ours * _MS,
            floor=floor * _MS,
            unit="ms",
            most_times_floor=2,
        )
        for name, floor_name, (ours, floor) in (
            ("SQLite", "sqlite3", await _on_sqlite()),
            ("PostgreSQL", "asyncpg", await _on_postgresql()),
        )
    ]


async def _on_sqlite() -> tuple[float, float]:
    """Return the seconds a row of ours and of the floor."""
    with TemporaryDirectory(prefix="gpu-scout-bench-") as name:
        numbers = count()

        async def database() -> str:
            return f"sqlite:///{Path(name) / str(next(numbers))}.sqlite3"

        return await _beside(database, _replay_sqlite)


async def _on_postgresql() -> tuple[float, float]:
    with serving() as server:
        return await _beside(server.database, _replay_postgresql)


async def _beside(database: Callable[[], Awaitable[str]], replay: _Replay) -> tuple[float, float]:
    """Measure in turns, so that a disk's bad minute is both's."""
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(_ROUNDS):
        one, other = await database(), await database()
        for address in (one, other):
            await _fill(address)
        took, played = await _deliver(one)
        ours.append(took)
        floor.append(await replay(other, played))
    return median(ours) / _MEASURED, median(floor) / _MEASURED


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


async def _deliver(address: str) -> tuple[float, _Played]:
    """Claim and mark all that is due; return the seconds, and what was sent to the database."""
    with made_to_stay():  # as when the bot starts
        store = await Store.open(address, clock=SystemClock())
    shelf = DeliveryRepository(store=store)
    now = SystemClock().now()

    async def some() -> bool:
        dues = await shelf.claim(
            worker="bench", now=now, lease=timedelta(seconds=30), limit=_AT_ONCE
        )
        marks = [shelf.settle(due, now=now, message_id=1, channel_id=1) for due in dues]
        for mark in marks:
            await mark
        return bool(dues)

    with _recorded() as transactions:
        await some()  # as after any first delivery: both keep what they prepared for it
        first = len(transactions)
        began = time.perf_counter()
        while await some():
            pass
        took = time.perf_counter() - began
    await store.close()
    return took, _Played(transactions[:first], transactions[first:])


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


async def _replay_sqlite(address: str, played: _Played) -> float:
    connection = sqlite3.connect(str(make_url(address).database), isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")

    def play(transactions: Sequence[_Transaction]) -> None:
        for transaction in transactions:
            # Each begins with its own BEGIN: the bot's engine sends it as a statement.
            for statement, parameters in transaction:
                connection.execute(statement, parameters).fetchall()
            connection.execute("COMMIT")

    play(played.before)
    began = time.perf_counter()
    play(played.measured)
    took = time.perf_counter() - began
    connection.close()
    return took


async def _replay_postgresql(address: str, played: _Played) -> float:
    url = make_url(address)
    connect = cast("Callable[..., Any]", asyncpg.connect)  # pyright: ignore[reportUnknownMemberType] - untyped
    connection = await connect(
        host=url.query.get("host") or url.host,
        user=url.username,
        password=url.password,
        database=url.database,
    )

    async def play(transactions: Sequence[_Transaction]) -> None:
        for transaction in transactions:
            async with connection.transaction():
                for statement, parameters in transaction:
                    await connection.fetch(statement, *parameters)

    await play(played.before)
    began = time.perf_counter()
    await play(played.measured)
    took = time.perf_counter() - began
    await connection.close()
    return took
