"""SQLite: one file, one writer, and readers that never wait for it."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_LOCKED, OperationalError
from typing import TypeVar, final

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy import create_engine as create_sync_engine
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

from bot.store.work import Work
from bot.store.writer import GroupCommitWriter

T = TypeVar("T")

_READERS = 4
_WAL_TRIES = 50
_WAL_PAUSE = 0.05  # seconds

_PRAGMAS = (
    # Milliseconds; the writer tries more than once. First: the change to WAL needs a lock that
    # another process may hold.
    "PRAGMA busy_timeout = 1000",
    "PRAGMA journal_mode = WAL",
    # NORMAL loses confirmed rows in a power cut.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


@final
class SqliteDatabase:
    """A database file, read and written in threads of its own."""

    dialect = "sqlite"

    def __init__(self, url: URL) -> None:
        """Start the writer; needs a running event loop. Nothing is opened yet."""
        self._engine = _create_engine(url)
        self._readers = ThreadPoolExecutor(max_workers=_READERS, thread_name_prefix="store-reader")
        self._writer = GroupCommitWriter(self._engine)

    async def read(self, work: Work[T]) -> T:
        """Run statements that only read; see `Database.read`."""

        def transact() -> T:
            with self._engine.begin() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._readers, transact)

    async def write(self, work: Work[T]) -> T:
        """Run statements in the next group commit; see `Database.write`."""
        return await self._writer.submit(work)

    async def close(self) -> None:
        """Commit what was submitted, and close every connection."""
        await self._writer.close()
        self._readers.shutdown()
        self._engine.dispose()


def _create_engine(url: URL) -> Engine:
    """Make an engine whose transactions begin as the execution option `begin` says."""
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    # One connection for each reader, and the writer's; the one that was used last has its pages
    # and statements at hand.
    engine = create_sync_engine(
        url,
        pool_size=_READERS + 1,
        max_overflow=0,
        pool_use_lifo=True,
        # An error's text is logged, and the parameters are people's notes.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(dbapi_connection: DBAPIConnection, _record: object) -> None:
    # None: the driver begins no transaction of its own accord, `_on_begin` does.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in _PRAGMAS:
        _execute_patiently(cursor, pragma)
    cursor.close()


def _execute_patiently(cursor: DBAPICursor, pragma: str) -> None:
    """Run a pragma; two processes that turn a new file to WAL at once can't wait for each other.

    SQLite reports that as a deadlock at once, whatever the busy_timeout.
    """
    for _ in range(_WAL_TRIES):
        try:
            cursor.execute(pragma)
        except OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (SQLITE_BUSY, SQLITE_LOCKED):
                raise
            time.sleep(_WAL_PAUSE)  # in a thread of the store's
        else:
            return
    cursor.execute(pragma)


def _on_begin(connection: Connection) -> None:
    begin: str | None = connection.get_execution_options().get("begin")
    if begin is None:
        # By the driver itself, at a quarter of the price: this one takes no lock, and can't fail.
        connection.connection.cursor().execute("BEGIN")
    else:
        connection.exec_driver_sql(begin)
