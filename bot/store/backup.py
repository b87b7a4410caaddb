"""A copy of a SQLite database while the bot writes to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import final

from sqlalchemy import URL

from bot.store.errors import BackupError
from bot.store.migrate import HEAD

_OWNER_ONLY = 0o600  # it holds what users asked to be reminded of
_PATIENCE = 10.0  # seconds, for a lock that another process holds


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a file holds, after it was found whole."""

    schema: str
    """The version of its schema."""
    reminders: int
    """How many reminders are in it, those that are over included."""


def back_up(url: URL, target: Path) -> Backup:
    """Copy the database as it is at one instant into a new file that only its owner may read.

    `VACUUM INTO` reads in one transaction: with a write-ahead log no writer waits for it. Other
    than a copy of the pages, it leaves out what users deleted.

    Raises:
        BackupError: it could not be done, and nothing is left at `target`; or `target` exists.
    """
    database = sqlite_file(url)
    if not database.is_file():
        raise BackupError(f"There is no database at {database}.")
    with _claimed(target) as partial, _told(database):
        _create(partial)
        # mode=rw: another one would make a database where there is none.
        with closing(_connect(database, "rw")) as connection:
            connection.execute("VACUUM INTO ?", (str(partial),))
        found = inspect_backup(partial)
        persist(partial)
    return found


def sqlite_file(url: URL) -> Path:
    """Return where the database is.

    Raises:
        BackupError: it is PostgreSQL, which has tools of its own.
    """
    if url.get_backend_name() != "sqlite" or url.database is None:
        raise BackupError(
            "PostgreSQL is backed up and restored by its own tools, also while the bot runs: "
            "`pg_dump --format=custom --file=FILE URL`, and `pg_restore --clean --if-exists "
            "--dbname=URL FILE` with the bot stopped, then `gpu-scout db restored`."
        )
    return Path(url.database)


def inspect_backup(path: Path) -> Backup:
    """Read a whole file, and tell what it holds.

    Raises:
        BackupError: it is damaged, no database of the bot's, or of a newer version of the bot.
    """
    with _told(path), closing(_connect(path, "ro")) as connection:
        verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if verdict != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise BackupError(f"{path} is damaged: {verdict}")
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if not {"alembic_version", "installation", "reminders"} <= tables:
            raise BackupError(f"{path} is no database of GPU Scout.")
        (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        (reminders,) = connection.execute("SELECT count(*) FROM reminders").fetchone()
    if schema > HEAD:
        raise BackupError(
            f"{path} has schema version {schema}, and this version of the bot knows {HEAD}: "
            "take the version of the bot that wrote it, or a newer one."
        )
    return Backup(schema=schema, reminders=reminders)


def persist(path: Path) -> None:
    """Bring a file, and its name in its folder, to the disk."""
    for each in (path, path.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _claimed(target: Path) -> Generator[Path]:
    """Yield a path to write to, which becomes `target` once the block is done.

    An empty file holds the name meanwhile, so nothing is ever overwritten, and half a copy never
    has the name of a whole one.
    """
    partial = target.with_name(f"{target.name}.partial")
    try:
        _create(target)
    except FileExistsError:
        raise BackupError(f"{target} exists already; a backup overwrites nothing.") from None
    except OSError as error:
        raise BackupError(f"{target} can't be written: {error.strerror}") from error
    try:
        # Left by a backup that was killed: the name is ours alone now.
        partial.unlink(missing_ok=True)
        yield partial
        partial.replace(target)
        persist(target)
    except BaseException as error:
        partial.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise BackupError(f"{target} can't be written: {error.strerror}") from error
        raise


def _create(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)


@contextmanager
def _told(path: Path) -> Generator[None]:
    """Say in one sentence what SQLite can't do with a file."""
    try:
        yield
    except sqlite3.Error as error:
        raise BackupError(f"{path} can't be read or copied: {error}") from error
