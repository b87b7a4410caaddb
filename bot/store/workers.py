"""Who delivers on this database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import final

from sqlalchemy import Connection, delete, func, select

from bot.store.statements import upsert
from bot.store.store import Store
from bot.store.tables import workers

_FORGET_AFTER = timedelta(days=1)


@final
class WorkerRepository:
    """Keeps heartbeats: the `WorkerRoll` of `bot.reminders`."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def beat(self, worker: str, *, now: datetime, future: datetime) -> bool:
        """Note that the worker lives, and forget those that died long ago; see `WorkerRoll`."""

        def work(connection: Connection) -> bool:
            ahead = connection.execute(delete(workers).where(workers.c.last_seen > future))
            upsert(connection, workers, key={"worker": worker}, values={"last_seen": now})
            connection.execute(delete(workers).where(workers.c.last_seen < now - _FORGET_AFTER))
            return ahead.rowcount > 0

        return await self._store.write(work)

    async def alive(self, *, since: datetime) -> int:
        """Return how many workers have a heartbeat since then."""

        def work(connection: Connection) -> int:
            count = connection.execute(
                select(func.count()).select_from(workers).where(workers.c.last_seen >= since)
            )
            return count.scalar_one()

        return await self._store.read(work)

    async def leave(self, worker: str) -> None:
        """Take a stopping worker off the roll."""

        def work(connection: Connection) -> None:
            connection.execute(delete(workers).where(workers.c.worker == worker))

        await self._store.write(work)
