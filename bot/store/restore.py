"""Putting a backup in the place of the database, and living with what happened since.

Between the backup and now the bot went on: it sent reminders that the backup still holds as
pending, and gave ids to reminders that the backup doesn't know. `settle_in` is what makes such a
database safe to go on with, whichever tool put it back.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, final

from sqlalchemy import URL, Connection, delete, func, text, update

from bot.clock import Clock
from bot.store.backup import inspect_backup, persist, sqlite_file
from bot.store.errors import BackupError
from bot.store.store import Store
from bot.store.tables import command_registrations, occurrences, workers

_PARTS: Final = ("", "-wal", "-shm")
"""A database file and what SQLite keeps beside it; a log of another file would be taken for its
own, so they move together."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What there is after a restore."""

    reminders: int
    """How many reminders came back, those that are over included."""
    in_doubt: int
    """How many messages may have been sent since the backup; each is looked for before sending."""
    aside: Path | None
    """Where the database went that was there before."""


def restore(url: URL, source: Path, *, clock: Clock, replace: bool) -> Restored:
    """Put a backup where the database is, with its schema brought to this version's.

    The old database is moved aside, never deleted, and only once the new one is ready. Runs an
    event loop of its own.

    Args:
        url: of the database.
        source: a file that `back_up` wrote; it is only read.
        clock: tells what may have been sent since.
        replace: whether a database that is there may be moved aside.

    Raises:
        BackupError: the backup is no good, there is a database, or a process has it open.
    """
    database = sqlite_file(url)
    found = inspect_backup(source)
    occupied = any(Path(f"{database}{part}").exists() for part in _PARTS)
    if occupied and not replace:
        raise BackupError(
            f"There is a database at {database}: with --replace it is moved aside, not deleted."
        )
    staged = database.with_name(f"{database.name}.restoring")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, staged)
        in_doubt = asyncio.run(_prepare(url.set(database=str(staged)), clock=clock))
        aside = _move_aside(database, now=clock.now()) if occupied else None
        staged.replace(database)
        persist(database)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{source} can't be restored to {database}: {error}") from error
    finally:
        for part in _PARTS:
            Path(f"{staged}{part}").unlink(missing_ok=True)
    return Restored(reminders=found.reminders, in_doubt=in_doubt, aside=aside)


def settle_in(connection: Connection, *, now: datetime) -> int:
    """Make a database from a backup safe to go on with; no process of the bot may run.

    * A message that was due by now may have been sent since: it is in doubt, so before it is sent
      the channel's history is read for it.
    * Ids given since the backup stand in nonces and buttons at Discord. New ones go on from the
      milliseconds since 1970: above any id given so far, after this restore and after the next.
    * Commands may have been registered since by another version: they are registered anew.

    Returns:
        How many messages are in doubt.
    """
    connection.execute(delete(command_registrations))
    connection.execute(delete(workers))
    _skip_ids(connection, int(now.timestamp() * 1000))
    doubtful = connection.execute(
        update(occurrences)
        .where(occurrences.c.next_attempt_at.is_not(None), occurrences.c.due_at <= now)
        # Nothing is sent before it is due.
        .values(doubt_since=func.coalesce(occurrences.c.doubt_since, occurrences.c.due_at))
    )
    return doubtful.rowcount


def _skip_ids(connection: Connection, floor: int) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(
            text(
                "SELECT setval(counter, greatest(nextval(counter), :floor)) "
                "FROM (SELECT pg_get_serial_sequence('reminders', 'id')::regclass AS counter) AS c"
            ),
            {"floor": floor},
        )
        return
    used = text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'reminders'")
    highest: int = connection.execute(used).scalar_one()
    connection.execute(text("DELETE FROM sqlite_sequence WHERE name = 'reminders'"))
    connection.execute(
        text("INSERT INTO sqlite_sequence (name, seq) VALUES ('reminders', :seq)"),
        {"seq": max(highest, floor)},
    )


async def _prepare(url: URL, *, clock: Clock) -> int:
    """Upgrade the copy and settle it in; leave it as one file, without a log beside it."""
    store = await Store.open(url, clock=clock)
    try:
        in_doubt = await store.write(lambda connection: settle_in(connection, now=clock.now()))
    finally:
        await store.close()
    path = sqlite_file(url)
    _fold_log(path)
    persist(path)
    return in_doubt


def _copy(source: Path, staged: Path) -> None:
    staged.unlink(missing_ok=True)  # left by a restore that was killed
    os.close(os.open(staged, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    if os.geteuid() == 0:
        # Root restores for the user of the bot, who must be able to open it.
        folder = staged.parent.stat()
        os.chown(staged, folder.st_uid, folder.st_gid)
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reader,
        closing(sqlite3.connect(staged)) as writer,
    ):
        reader.backup(writer)


def _move_aside(database: Path, *, now: datetime) -> Path:
    """Move the database away, whole or broken.

    Raises:
        BackupError: a process has it open.
    """
    try:
        if database.exists():
            _fold_log(database)
    except sqlite3.OperationalError as error:
        raise BackupError(
            f"{database} is in use; stop every process of the bot first ({error})."
        ) from error
    except sqlite3.DatabaseError:
        pass  # damaged, which may be why it is replaced
    aside = database.with_name(f"{database.name}.before-{now:%Y%m%dT%H%M%S%fZ}")
    for part in _PARTS:
        if (old := Path(f"{database}{part}")).exists():
            old.rename(f"{aside}{part}")
    return aside


def _fold_log(database: Path) -> None:
    """Write the log into the database and remove it; SQLite does so only for its one user."""
    with closing(sqlite3.connect(database, timeout=1.0, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
