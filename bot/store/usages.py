"""How sessions become entries of the ledger: inside the transaction that changes the reminder.

So the two never disagree, whoever dies when, and no observer can miss one.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Update, update

from bot.quotas.book import Source
from bot.quotas.marks import mark_of
from bot.reminders.models import NewReminder, ReminderId, ReminderKind
from bot.store.store import Offers
from bot.store.tables import quota_usages


def begin(
    connection: Connection,
    new: NewReminder,
    reminder_id: ReminderId,
    *,
    offers: Offers,
    now: datetime,
) -> None:
    """Write down the session of a new reminder, where it is one of an offer."""
    if new.kind is not ReminderKind.SESSION or new.offer_id is None or new.ends_at is None:
        return
    connection.execute(
        quota_usages.insert().values(
            user_id=new.owner_id,
            offer_id=new.offer_id,
            starts_at=new.started_at or now,
            ends_at=new.ends_at,
            source=Source.SESSION.value,
            reminder_id=reminder_id,
            wished_end=new.wished_end,
            rule=mark_of(offers.get(new.offer_id)),
        )
    )


def end(
    connection: Connection, owner_id: int, ids: Collection[ReminderId], *, now: datetime
) -> None:
    """End the sessions of reminders that were cancelled, or said to be over, unless they are."""
    connection.execute(
        update(quota_usages)
        .where(
            quota_usages.c.user_id == owner_id,
            quota_usages.c.reminder_id.in_(ids),
            quota_usages.c.ended_at.is_(None),
            quota_usages.c.ends_at > now,
        )
        .values(ended_at=now)
    )


def resume(connection: Connection, owner_id: int, reminder_id: ReminderId) -> None:
    """Take back the end of a session whose reminder was brought back."""
    connection.execute(_of(owner_id, reminder_id).values(ended_at=None))


def move_end(
    connection: Connection,
    owner_id: int,
    reminder_id: ReminderId,
    ends_at: datetime,
    *,
    wished_end: datetime | None,
) -> None:
    """Give a session the end that its owner expects, or an earlier one and that as their wish."""
    moved = _of(owner_id, reminder_id)
    connection.execute(moved.values(ends_at=ends_at, ended_at=None, wished_end=wished_end))


def _of(owner_id: int, reminder_id: ReminderId) -> Update:
    return update(quota_usages).where(
        quota_usages.c.user_id == owner_id, quota_usages.c.reminder_id == reminder_id
    )
