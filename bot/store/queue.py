"""How much is waiting to be delivered, and who delivers: for the operator, never for a user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import final

from sqlalchemy import Connection, func, select, text, update

from bot.store.deliveries import is_overdue
from bot.store.store import Store
from bot.store.tables import installation, occurrences, workers


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What the whole installation has before it."""

    waiting: int
    """Messages that are still to be sent, whenever they are due."""
    overdue: int
    """Those that should have been delivered by now."""
    oldest_due_at: datetime | None
    """The due time of the oldest overdue one."""
    workers: int
    """Processes that deliver and have shown it since the given instant."""
    schema: str
    """The schema version of the database."""


@final
class QueueRepository:
    """Looks at the queue, and whether anything can be stored at all."""

    def __init__(self, *, store: Store) -> None:
        self._store = store
        self.is_shared = store.url.get_backend_name() == "postgresql"
        """Whether processes of several machines may use this database, and hear each other."""

    async def look(self, *, now: datetime, alive_since: datetime) -> Queue:
        """Return how it is now; raises `StoreError`."""

        def work(connection: Connection) -> Queue:
            # What is live has a next attempt: the index of those rows answers.
            live = occurrences.c.next_attempt_at.is_not(None)
            waiting = connection.execute(select(func.count()).where(live)).scalar_one()
            overdue, oldest = connection.execute(
                select(func.count(), func.min(occurrences.c.due_at)).where(is_overdue(now))
            ).one()
            alive = select(func.count()).where(workers.c.last_seen >= alive_since)
            schema: str = connection.execute(
                text("SELECT version_num FROM alembic_version")
            ).scalar_one()
            return Queue(
                waiting=waiting,
                overdue=overdue,
                oldest_due_at=oldest,
                workers=connection.execute(alive).scalar_one(),
                schema=schema,
            )

        return await self._store.read(work)

    async def try_to_write(self) -> None:
        """Commit a change that changes nothing: a full disk or a read-only file refuses it."""

        def work(connection: Connection) -> None:
            connection.execute(update(installation).values(row=installation.c.row))

        await self._store.write(work)
