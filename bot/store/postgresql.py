"""PostgreSQL: a transaction for each work, on a pool.

It is tried again where nothing of it was stored for certain, and the reason passes: its connection
was cut, or the server ended it so that another one could go on.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TypeVar, final

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.store.errors import StoreBusy, StoreError, StoreFull, StoreUnavailable
from bot.store.work import Work

_log = logging.getLogger(__name__)

T = TypeVar("T")

_PAUSES_AT_START = (0.1, 0.3, 1.0)
"""Seconds before each further try: long enough for a database that is started beside the bot, and
short enough for an operator who mistyped its address."""

_PAUSES = (*_PAUSES_AT_START, 2.0, 3.0)
"""A server that crashed reads its log before it lets anybody in, which takes it some seconds."""

_STATEMENT_S = 30.0
"""Seconds that one statement may take, a commit too."""

_IDLE_MS = 20_000
"""After so long without a word in a transaction, its process is frozen or cut off, and what it has
locked is free again: no other worker would touch a row that it was claiming."""

_ROLLED_BACK = frozenset({"40001", "40P01"})
"""SQLSTATEs of a transaction that had to make room: serialization_failure, deadlock_detected."""

_AWAY = frozenset({"08000", "08001", "08003", "08004", "08006", "53300", "57P01", "57P02", "57P03"})
"""SQLSTATEs of a server that is going, coming, or full: connection_exception and its kind,
too_many_connections, admin_shutdown, crash_shutdown, cannot_connect_now."""

_DISK_FULL = "53100"


@final
class PostgresqlDatabase:
    """A database on a server, which any number of processes share."""

    dialect = "postgresql"

    def __init__(self, url: URL) -> None:
        """Make the pool; nothing connects yet."""
        self._engine = create_async_engine(
            url,
            # After a restart of the server the pool is full of dead connections.
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=0,
            # An error's text is logged, and the parameters are people's notes.
            hide_parameters=True,
            connect_args={
                "timeout": 5,
                "command_timeout": _STATEMENT_S,
                "server_settings": {
                    "application_name": "gpu-scout",
                    "idle_in_transaction_session_timeout": str(_IDLE_MS),
                },
            },
        )
        self._connected = False

    async def read(self, work: Work[T]) -> T:
        """Run statements that only read; see `Database.read`."""
        return await self.write(work)

    async def write(self, work: Work[T]) -> T:
        """Run statements in a transaction of their own; see `Database.write`."""
        pauses = _PAUSES if self._connected else _PAUSES_AT_START
        for pause in (*pauses, None):
            try:
                async with self._engine.connect() as connection:
                    self._connected = True
                    return await _transact(connection, work)
            except PoolTimeoutError as error:
                raise StoreBusy("all connections to the database are in use") from error
            except Exception as error:
                problem = _passing(error)
                if _sqlstate(error) == _DISK_FULL:
                    raise StoreFull("the disk is full") from error
                if problem is None:
                    raise
                if pause is None:
                    raise problem from error
                # At the start the operator is told once, when it is given up.
                level = logging.WARNING if self._connected else logging.DEBUG
                _log.log(level, "%s, trying again", problem)
                await asyncio.sleep(pause)
        raise AssertionError("the last pause is None")

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


async def _transact(connection: AsyncConnection, work: Work[T]) -> T:
    async with connection.begin() as transaction:
        try:
            answer = await connection.run_sync(work)
        except TimeoutError as error:
            # Of a statement, since there is a connection. It would take as long again; and the
            # connection may be one to a machine that is gone.
            await connection.invalidate()
            raise StoreBusy("a statement took too long") from error
        try:
            await transaction.commit()
        except Exception as error:
            if _was_cut(error):
                # Never tried again: it may have happened, and would then happen twice.
                raise StoreUnavailable("nobody knows what became of a commit") from error
            raise
        return answer


def _passing(error: Exception) -> StoreError | None:
    """Return what to say of a trouble if it does not pass; None for one that never will."""
    if _sqlstate(error) in _ROLLED_BACK:
        return StoreBusy("transactions waited for each other")
    return StoreUnavailable("the database can't be reached") if _was_cut(error) else None


def _was_cut(error: Exception) -> bool:
    """Whether the server is away, or an answer did not come, rather than displeased."""
    if isinstance(error, DBAPIError):
        # Of a connection that was never made, SQLAlchemy can't say that it is gone.
        return error.connection_invalidated or _sqlstate(error) in _AWAY
    # Refused, timed out: what the system says comes as it is. So does the driver's own timeout of
    # a commit.
    return isinstance(error, OSError)


def _sqlstate(error: Exception) -> str | None:
    return getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
