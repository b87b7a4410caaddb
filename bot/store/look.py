"""A look at a database from outside: which version it has, whether it can be written.

Nothing is made, changed or upgraded: it may be asked of a database in use, or of a newer one.
"""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import final
from urllib.parse import quote

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from bot.store.errors import StoreError
from bot.store.migrate import HEAD
from bot.store.url import database_url

_PATIENCE_S = 5.0


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseLook:
    """What was seen. `problem` is one line for the operator, without a password."""

    address: str
    """As the operator wrote it, with the password blotted out."""
    file: Path | None
    """Where it is, for SQLite."""
    exists: bool = True
    version: str | None = None
    """Its schema version; None where it has none yet."""
    head: str = HEAD
    """The schema version that this version of the bot makes and needs."""
    problem: str | None = None


async def look_at(address: str) -> DatabaseLook:
    """Look at the database of an address.

    Raises:
        InvalidDatabaseUrl: `address` has none of the forms that are taken.
    """
    url = database_url(address)
    if url.get_backend_name() == "sqlite":
        return await asyncio.to_thread(_sqlite, url)
    return await _postgresql(url)


def _shown(url: URL) -> str:
    return url.set(drivername=url.get_backend_name()).render_as_string()


def _sqlite(url: URL) -> DatabaseLook:
    file = Path(url.database or "")
    if not file.exists():
        return DatabaseLook(address=_shown(url), file=file, exists=False)
    version = problem = None
    try:
        # `rw` never makes the file; isolation_level None begins no transaction of its own accord.
        connection = sqlite3.connect(
            f"file:{quote(str(file))}?mode=rw",
            uri=True,
            timeout=_PATIENCE_S,
            isolation_level=None,
        )
    except sqlite3.Error as error:
        return DatabaseLook(address=_shown(url), file=file, problem=str(error))
    try:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
        )
        if tables.fetchone() is not None:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            version = None if row is None else str(row[0])
        # The lock of a writer, given back at once: a read-only file or a full disk refuses it.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        problem = str(error)
    finally:
        connection.close()
    return DatabaseLook(address=_shown(url), file=file, version=version, problem=problem)


async def _postgresql(url: URL) -> DatabaseLook:
    # asyncpg is its own weight.
    from asyncpg import InterfaceError, PostgresError  # noqa: PLC0415

    from bot.store.postgresql import PostgresqlDatabase  # noqa: PLC0415

    def version_of(connection: Connection) -> str | None:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version"))
        version: str | None = found.scalar_one_or_none()
        return version

    database = PostgresqlDatabase(url)
    try:
        async with asyncio.timeout(2 * _PATIENCE_S):
            version = await database.read(version_of)
    except (OSError, StoreError, SQLAlchemyError, PostgresError, InterfaceError) as error:
        problem = _first_line(error)
        return DatabaseLook(address=_shown(url), file=None, exists=False, problem=problem)
    finally:
        await database.close()
    return DatabaseLook(address=_shown(url), file=None, version=version)


def _first_line(error: BaseException) -> str:
    cause = error.__cause__ if isinstance(error, StoreError) and error.__cause__ else error
    cause = getattr(cause, "orig", None) or cause
    lines = str(cause).splitlines()
    return lines[0] if lines else type(cause).__name__
