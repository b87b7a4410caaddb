"""A database with a million pending reminders, made in some seconds."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.clock import SystemClock
from bot.store.store import Store

PENDING: Final = 1_000_000
_OWNERS: Final = 200_000


async def create(path: Path, *, pending: int) -> None:
    """Make a database with so many reminders of other people, due in two days to a year."""
    store = await Store.open(f"sqlite:///{path}", clock=SystemClock())
    await store.close()
    if not pending:
        return
    first = int((SystemClock().now() + timedelta(days=2)).timestamp() * 1000)
    year = int(timedelta(days=360) / timedelta(milliseconds=1))
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        connection.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
            INSERT INTO reminders (id, owner_id, kind, note, destination, origin_guild_id,
                                   origin_channel_id, locale, created_at)
            SELECT i, 1000000 + i % ?, 'custom', 'note ' || i, 'dm', 1, 1, 'en-US', ? FROM n
            """,
            (pending, _OWNERS, first),
        )
        # Scattered over the year, as they would be asked for: not in the order of their ids.
        connection.execute(
            """
            INSERT INTO occurrences (reminder_id, number, due_at, state, next_attempt_at, attempt,
                                     target_index, refusals)
            SELECT id, 1, due, 'pending', due, 0, 0, 0
            FROM (SELECT id, ? + (id * 2654435761 % ?) AS due FROM reminders)
            """,
            (first, year),
        )
        connection.execute("COMMIT")
    connection.close()
