"""Claiming and marking, beside the same statements through the bare drivers.

What the repository sends to the database is recorded, and then played to an equal database through
sqlite3 or asyncpg alone: the same statements and parameters, in the same transactions, one after
the other on one connection. Nobody looks at the rows that they return, and nobody waits for a mark.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple, TypeAlias, cast

import asyncpg
from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import Engine

from benchmarks.figures import Figure
from bot.clock import SystemClock
from bot.ops.garbage import made_to_stay
from bot.reminders.models import DestinationKind, OccurrenceState, ReminderKind
from bot.reminders.rules import DeliveryRules
from bot.store.deliveries import DeliveryRepository
from bot.store.store import Store
from bot.store.tables import occurrences, reminders
from tests.faults.postgresql import serving

_AT_ONCE: Final = DeliveryRules().capacity
_ROWS: Final = 6 * _AT_ONCE
_MEASURED: Final = _ROWS - _AT_ONCE
_ROUNDS: Final = 21
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
    """Measure in turns, and return the pair whose ratio is the median.

    A disk or a core that is slow for a while is slow for both halves of a pair, and this moves no
    ratio; of two medians each may come from another while.
    """
    now = SystemClock().now()

    async def filled() -> str:
        address = await database()
        await _fill(address, now)
        return address

    played = await _played(await filled(), now)
    pairs: list[tuple[float, float]] = []
    for _ in range(_ROUNDS):
        async with _open(await filled()) as shelf:
            ours = await _deliver(shelf, now)
        pairs.append((ours / _MEASURED, await replay(await filled(), played) / _MEASURED))
    return sorted(pairs, key=lambda pair: pair[0] / pair[1])[_ROUNDS // 2]


async def _played(address: str, now: datetime) -> _Played:
    """Return what is sent to a database."""
    async with _open(address) as shelf:
        with _recorded() as transactions:
            warm_from: list[int] = []
            await _deliver(shelf, now, warm=lambda: warm_from.append(len(transactions)))
    return _Played(transactions[: warm_from[0]], transactions[warm_from[0] :])


async def _fill(address: str, now: datetime) -> None:
    """Make a database in which so many reminders are due, with the same ids each time."""
    store = await Store.open(address, clock=SystemClock())
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


@asynccontextmanager
async def _open(address: str) -> AsyncGenerator[DeliveryRepository]:
    with made_to_stay():  # as when the bot starts
        store = await Store.open(address, clock=SystemClock())
    try:
        yield DeliveryRepository(store=store)
    finally:
        await store.close()


async def _deliver(
    shelf: DeliveryRepository, now: datetime, *, warm: Callable[[], None] = lambda: None
) -> float:
    """Claim and mark all that is due; return the seconds from the second claim on.

    `warm` is called before it: after a first one, both sides have prepared what they say again.
    """

    async def some() -> bool:
        dues = await shelf.claim(
            worker="bench", now=now, lease=timedelta(seconds=30), limit=_AT_ONCE
        )
        marks = [shelf.settle(due, now=now, message_id=1, channel_id=1) for due in dues]
        for mark in marks:
            await mark
        return bool(dues)

    await some()
    warm()
    began = time.perf_counter()
    while await some():
        pass
    return time.perf_counter() - began


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
