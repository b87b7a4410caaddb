"""What the database forgets.

What is over is looked for by a read, for which nobody waits however large the table is; and then
deleted a few at a time, if it still is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final, Protocol, TypeVar, final

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
)

from bot.reminders.models import ReminderKind
from bot.store.statements import among
from bot.store.store import Store
from bot.store.tables import dm_channels, occurrences, quota_watches, reminders

Key = TypeVar("Key")
Key_contra = TypeVar("Key_contra", contravariant=True)

_MOST: Final = 50_000  # keys of one look, so that memory stays small
_CHUNK: Final = 500  # rows in one transaction, so that a promise never waits long behind it


class _DeleteSome(Protocol[Key_contra]):
    """Deletes those of a few rows that are over still, and returns how many."""

    def __call__(self, connection: Connection, /, *, keys: Sequence[Key_contra]) -> int: ...


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
        purged = await self._delete(
            partial(_reminders_over, before=before), partial(_delete_reminders, before=before)
        )
        await self._delete(
            partial(_sent_of_series, before=before), partial(_delete_sent, before=before)
        )
        await self._delete(_unused_dm_channels, _delete_dm_channels)
        return purged

    async def _delete(
        self,
        find: Callable[[Connection], Sequence[Key]],
        delete_some: _DeleteSome[Key],
    ) -> int:
        deleted = 0
        while found := await self._store.read(find):
            for first in range(0, len(found), _CHUNK):
                some = found[first : first + _CHUNK]
                deleted += await self._store.write(partial(delete_some, keys=some))
            if len(found) < _MOST:
                break
        return deleted


def _is_over(before: datetime) -> ColumnElement[bool]:
    still_to_come = exists().where(
        occurrences.c.reminder_id == reminders.c.id, occurrences.c.next_attempt_at.is_not(None)
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
    return and_(~still_to_come, ~watched, ended < before)


def _reminders_over(connection: Connection, *, before: datetime) -> Sequence[int]:
    over = select(reminders.c.id).where(_is_over(before)).limit(_MOST)
    return connection.execute(over).scalars().all()


def _delete_reminders(connection: Connection, *, keys: Sequence[int], before: datetime) -> int:
    these = among(reminders.c.id, "ids", connection.dialect.name)
    named = {"ids": json.dumps(keys)}
    # Whoever adds a message to one of them locks it too. So either they wait, and find it gone, or
    # this waits; and a statement that waits goes on with what it read before, so it is another one
    # that looks whether it is still over.
    locked = select(reminders.c.id).where(these).order_by(reminders.c.id).with_for_update()
    connection.execute(locked, named)
    return connection.execute(delete(reminders).where(these, _is_over(before)), named).rowcount


def _sent_of_series(connection: Connection, *, before: datetime) -> Sequence[tuple[int, int]]:
    """Return old messages of series that go on; the numbers after them are not given again."""
    newer = occurrences.alias("newer")
    old = (
        select(occurrences.c.reminder_id, occurrences.c.number)
        .join(reminders, reminders.c.id == occurrences.c.reminder_id)
        .where(
            or_(
                reminders.c.recurrence.is_not(None),
                reminders.c.kind == ReminderKind.QUOTA.value,
            ),
            _is_old(before),
            exists().where(
                newer.c.reminder_id == occurrences.c.reminder_id,
                newer.c.number > occurrences.c.number,
            ),
        )
        .limit(_MOST)
    )
    return [(row.reminder_id, row.number) for row in connection.execute(old)]


def _delete_sent(
    connection: Connection, *, keys: Sequence[tuple[int, int]], before: datetime
) -> int:
    these = tuple_(occurrences.c.reminder_id, occurrences.c.number).in_(keys)
    return connection.execute(delete(occurrences).where(these, _is_old(before))).rowcount


def _is_old(before: datetime) -> ColumnElement[bool]:
    return and_(occurrences.c.next_attempt_at.is_(None), occurrences.c.settled_at < before)


def _has_no_reminder() -> ColumnElement[bool]:
    return ~exists().where(reminders.c.owner_id == dm_channels.c.user_id)


def _unused_dm_channels(connection: Connection) -> Sequence[int]:
    unused = select(dm_channels.c.user_id).where(_has_no_reminder()).limit(_MOST)
    return connection.execute(unused).scalars().all()


def _delete_dm_channels(connection: Connection, *, keys: Sequence[int]) -> int:
    these = among(dm_channels.c.user_id, "users", connection.dialect.name)
    unused = delete(dm_channels).where(these, _has_no_reminder())
    return connection.execute(unused, {"users": json.dumps(keys)}).rowcount
