"""PostgreSQL: a transaction for each work, on a pool, tried again when its connection was cut."""

from __future__ import annotations

import asyncio
import logging
from typing import TypeVar, final

from asyncpg import InterfaceError, PostgresConnectionError
from asyncpg.exceptions import OperatorInterventionError
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.store.errors import StoreBusy, StoreUnavailable
from bot.store.work import Work

_log = logging.getLogger(__name__)

T = TypeVar("T")

_PAUSES_AT_START = (0.1, 0.3, 1.0)
"""Seconds before each further try: long enough for a database that is started beside the bot, and
short enough for an operator who mistyped its address."""

_PAUSES = (*_PAUSES_AT_START, 2.0, 3.0)
"""A server that crashed reads its log before it lets anybody in, which takes it some seconds."""


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
                "command_timeout": 30,
                "server_settings": {"application_name": "gpu-scout"},
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
                if not _was_cut(error):
                    raise
                if pause is None:
                    raise StoreUnavailable("the database can't be reached") from error
                # At the start the operator is told once, when it is given up.
                level = logging.WARNING if self._connected else logging.DEBUG
                _log.log(level, "the connection to the database was cut, trying again")
                await asyncio.sleep(pause)
        raise AssertionError("the last pause is None")

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


async def _transact(connection: AsyncConnection, work: Work[T]) -> T:
    async with connection.begin() as transaction:
        answer = await connection.run_sync(work)
        try:
            await transaction.commit()
        except DBAPIError as error:
            if _was_cut(error):
                # Never tried again: it may have happened, and would then happen twice.
                raise StoreUnavailable("the connection was cut during a commit") from error
            raise
        return answer


def _was_cut(error: Exception) -> bool:
    """Whether the server is away, rather than displeased."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated
    # While connecting, the errors of the system and of the driver come as they are: refused, timed
    # out, "the database system is starting up".
    return isinstance(
        error, OSError | PostgresConnectionError | OperatorInterventionError | InterfaceError
    )
