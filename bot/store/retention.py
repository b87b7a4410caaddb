"""What the database forgets."""

from __future__ import annotations

from datetime import datetime
from typing import Final, final

from sqlalchemy import Connection, and_, delete, exists, func, or_, select, tuple_

from bot.reminders.models import ReminderKind
from bot.store.store import Store
from bot.store.tables import dm_channels, occurrences, quota_watches, reminders

_CHUNK: Final = 500  # rows in one transaction, so that a promise never waits long behind it


@final
class Retention:
    """Deletes reminders that are over, and what only they needed; no delivery deletes anything."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def purge(self, *, before: datetime) -> int:
        """Delete the reminders of which all was sent, given up or cancelled before an instant.

        The DM channel of a user goes with their last reminder. So does one that a delivery stored
        while its user erased everything.
        Of a series that goes on, the messages from before then go.

        Returns:
            How many there were.
        """
        purged = 0
        while count := await self._store.write(lambda connection: _purge_some(connection, before)):
            purged += count
        while await self._store.write(lambda connection: _purge_sent_of_series(connection, before)):
            pass
        await self._store.write(_forget_dm_channels)
        return purged


def _forget_dm_channels(connection: Connection) -> None:
    in_use = exists().where(reminders.c.owner_id == dm_channels.c.user_id)
    connection.execute(delete(dm_channels).where(~in_use))


def _purge_some(connection: Connection, before: datetime) -> int:
    still_to_come = exists().where(
        and_(
            occurrences.c.reminder_id == reminders.c.id,
            occurrences.c.next_attempt_at.is_not(None),
        )
    )
    # A watched quota goes on while nothing of it is in sight, and may never have had a message.
    watched = exists().where(
        quota_watches.c.reminder_id == reminders.c.id,
        quota_watches.c.ended_at.is_(None),
        reminders.c.cancelled_at.is_(None),
    )
    latest = (
        select(func.max(occurrences.c.settled_at))
        .where(occurrences.c.reminder_id == reminders.c.id)
        .scalar_subquery()
    )
    ended = func.coalesce(latest, reminders.c.cancelled_at, reminders.c.created_at)
    over = select(reminders.c.id).where(~still_to_come, ~watched, ended < before).limit(_CHUNK)
    return connection.execute(delete(reminders).where(reminders.c.id.in_(over))).rowcount


def _purge_sent_of_series(connection: Connection, before: datetime) -> int:
    """Delete old messages of series that go on; the numbers after them are not given again."""
    newer = occurrences.alias("newer")
    old = (
        select(occurrences.c.reminder_id, occurrences.c.number)
        .join(reminders, reminders.c.id == occurrences.c.reminder_id)
        .where(
            or_(
                reminders.c.recurrence.is_not(None),
                reminders.c.kind == ReminderKind.QUOTA.value,
            ),
            occurrences.c.next_attempt_at.is_(None),
            occurrences.c.settled_at < before,
            exists().where(
                newer.c.reminder_id == occurrences.c.reminder_id,
                newer.c.number > occurrences.c.number,
            ),
        )
        .limit(_CHUNK)
    )
    which = tuple_(occurrences.c.reminder_id, occurrences.c.number).in_(old)
    return connection.execute(delete(occurrences).where(which)).rowcount
