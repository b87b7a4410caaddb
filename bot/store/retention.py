"""What the database forgets."""

from __future__ import annotations

from datetime import datetime
from typing import Final, final

from sqlalchemy import Connection, and_, delete, exists, func, select

from bot.store.store import Store
from bot.store.tables import occurrences, reminders

_CHUNK: Final = 500  # rows in one transaction, so that a promise never waits long behind it


@final
class Retention:
    """Deletes reminders that are over; nothing on the way to delivery does."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def purge(self, *, before: datetime) -> int:
        """Delete the reminders of which all was sent, given up or cancelled before an instant.

        Returns:
            How many there were.
        """
        purged = 0
        while count := await self._store.write(lambda connection: _purge_some(connection, before)):
            purged += count
        return purged


def _purge_some(connection: Connection, before: datetime) -> int:
    still_to_come = exists().where(
        and_(
            occurrences.c.reminder_id == reminders.c.id,
            occurrences.c.next_attempt_at.is_not(None),
        )
    )
    latest = (
        select(func.max(occurrences.c.settled_at))
        .where(occurrences.c.reminder_id == reminders.c.id)
        .scalar_subquery()
    )
    over = select(reminders.c.id).where(~still_to_come, latest < before).limit(_CHUNK)
    return connection.execute(delete(reminders).where(reminders.c.id.in_(over))).rowcount
