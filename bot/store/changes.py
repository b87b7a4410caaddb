"""What owners change about their promises, each inside one transaction.

Each takes the lock of the reminder before it looks, so that two presses, of two people or on two
devices, come one after the other, and the second sees what the first did.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select, true, update

from bot.reminders.errors import ChangedMeanwhile, TooMany
from bot.reminders.models import (
    OccurrenceState,
    PlannedOccurrence,
    Reminder,
    ReminderId,
    ReminderKind,
)
from bot.reminders.ports import Cancelled, Revision
from bot.store import series, usages
from bot.store.promises import (
    INSERT_OCCURRENCE,
    active_count,
    get,
    is_active,
    latest_number,
    new_occurrence,
    not_begun,
    owned_by,
)
from bot.store.rows import topic_of
from bot.store.tables import occurrences, quota_watches, reminders
from bot.store.wakeups import announce

CANCELLED = "cancelled"
"""The reason of an occurrence that went with its whole reminder, and comes back with it."""

SNOOZED_AGAIN = "snoozed_again"
"""The reason of a snooze that a later one of the same message took the place of."""

EDITED = "edited"
"""The reason of an occurrence that an edit took the place of."""


def cancel(
    connection: Connection, owner_id: int, reminder_id: ReminderId, *, now: datetime
) -> Cancelled | None:
    """Cancel what hasn't begun to be sent; see `ReminderShelf.cancel`.

    A claimed row is still cancelled as long as its send hasn't begun: the worker asks again
    before it sends (`begin`). What has begun keeps its state, so that the truth is stored when
    its answer comes; but it is never tried again, since `begin` refuses a cancelled reminder.
    """
    _cancel_where(connection, owner_id, reminders.c.id == reminder_id, now=now)
    reminder = get(connection, owner_id, reminder_id)
    if reminder is None:
        return None
    return Cancelled(reminder=reminder, in_flight=_in_flight(reminder))


def cancel_all(connection: Connection, owner_id: int, *, latest: ReminderId, now: datetime) -> int:
    """Cancel all that was there when the owner was asked; see `ReminderShelf.cancel_all`."""
    active_count(connection, owner_id)  # for its lock
    return _cancel_where(connection, owner_id, reminders.c.id <= latest, now=now)


def _cancel_where(
    connection: Connection, owner_id: int, which: ColumnElement[bool], *, now: datetime
) -> int:
    found = connection.execute(
        update(reminders)
        .where(
            which, reminders.c.owner_id == owner_id, reminders.c.cancelled_at.is_(None), is_active()
        )
        .values(cancelled_at=now)
        .returning(reminders.c.id)
    )
    ids = list(found.scalars())
    if ids:
        usages.end(connection, owner_id, ids, now=now)
        these = occurrences.c.reminder_id.in_(ids)
        drop(connection, these, reason=CANCELLED, owner_id=owner_id, now=now)
    return len(ids)


def undo_cancel(
    connection: Connection, owner_id: int, reminder_id: ReminderId, *, limit: int, now: datetime
) -> Reminder | TooMany | None:
    """Bring back what is still to come; see `ReminderShelf.undo_cancel`."""
    count = active_count(connection, owner_id)
    reminder = get(connection, owner_id, reminder_id, lock=True)
    if reminder is None or reminder.cancelled_at is None:
        return reminder
    if count >= limit:
        return TooMany(limit=limit)
    if reminder.kind is ReminderKind.QUOTA and not _may_watch_again(connection, reminder):
        return reminder
    restored = connection.execute(
        update(occurrences)
        .where(
            occurrences.c.reminder_id == reminder_id,
            occurrences.c.state == OccurrenceState.CANCELLED.value,
            occurrences.c.reason == CANCELLED,
            occurrences.c.due_at > now,
            owned_by(owner_id),
        )
        .values(
            state=OccurrenceState.PENDING.value,
            next_attempt_at=occurrences.c.due_at,
            reason=None,
            settled_at=None,
        )
    )
    goes_on = bool(restored.rowcount) or reminder.next_due_at is not None
    if reminder.recurrence is not None and not _has_planned(connection, reminder_id):
        row = series.lock(connection, reminder_id)
        assert row is not None  # noqa: S101 - this transaction has locked it
        goes_on = series.insert_next(connection, row, after=now, now=now) or goes_on
    if not goes_on and reminder.kind is not ReminderKind.QUOTA:
        return reminder
    connection.execute(
        update(reminders)
        .where(reminders.c.id == reminder_id, reminders.c.owner_id == owner_id)
        .values(cancelled_at=None)
    )
    usages.resume(connection, owner_id, reminder_id)
    return _announced(connection, owner_id, reminder_id, now=now)


def snooze(
    connection: Connection,
    owner_id: int,
    reminder_id: ReminderId,
    number: int,
    *,
    until: datetime,
    limit: int,
    now: datetime,
) -> Reminder | TooMany | None:
    """Add one more message; see `ReminderShelf.snooze`."""
    count = active_count(connection, owner_id)
    reminder = get(connection, owner_id, reminder_id, lock=True)
    if reminder is None or reminder.cancelled_at is not None:
        return reminder
    if reminder.next_due_at is None and count >= limit:
        return TooMany(limit=limit)
    planned = PlannedOccurrence(due_at=until)
    if reminder.kind is ReminderKind.QUOTA:
        # It goes on telling of what it was planned for.
        row = series.message(connection, reminder_id, number)
        about = row.planned_for or row.due_at
        planned = PlannedOccurrence(due_at=until, planned_for=about, topic=topic_of(row.topic))
    again = and_(
        occurrences.c.reminder_id == reminder_id,
        occurrences.c.snooze_of == number,
        occurrences.c.state == OccurrenceState.PENDING.value,
    )
    drop(connection, again, reason=SNOOZED_AGAIN, owner_id=owner_id, now=now)
    connection.execute(
        INSERT_OCCURRENCE,
        new_occurrence(
            reminder_id,
            latest_number(connection, reminder_id) + 1,
            planned,
            snooze_of=number,
        ),
    )
    return _announced(connection, owner_id, reminder_id, now=now)


def revise(
    connection: Connection,
    owner_id: int,
    reminder_id: ReminderId,
    revision: Revision,
    *,
    limit: int,
    now: datetime,
) -> Cancelled | ChangedMeanwhile | TooMany | None:
    """Edit a reminder; see `ReminderShelf.revise`."""
    count = active_count(connection, owner_id)
    before = get(connection, owner_id, reminder_id, lock=True)
    if before is None or before.cancelled_at is not None:
        return None if before is None else Cancelled(reminder=before, in_flight=0)
    if before.revision != revision.based_on:
        return ChangedMeanwhile()
    if revision.occurrences and before.next_due_at is None and count >= limit:
        return TooMany(limit=limit)
    recurrence = revision.recurrence
    connection.execute(
        update(reminders)
        .where(reminders.c.id == reminder_id, reminders.c.owner_id == owner_id)
        .values(
            note=revision.note,
            ends_at=revision.ends_at,
            zone=revision.zone,
            recurrence=None if recurrence is None else recurrence.encode(),
            recurs_until=None if recurrence is None else recurrence.until,
            revision=before.revision + 1,
        )
    )
    wished_end = revision.wished_end
    if revision.ends_at is not None and (revision.ends_at != before.ends_at or wished_end):
        usages.move_end(connection, owner_id, reminder_id, revision.ends_at, wished_end=wished_end)
    if revision.occurrences is not None:
        # The snooze of one message of several is not what was edited.
        keeps_snoozes = before.kind is ReminderKind.SESSION or recurrence is not None
        which = and_(
            occurrences.c.reminder_id == reminder_id,
            occurrences.c.snooze_of.is_(None) if keeps_snoozes else true(),
        )
        drop(connection, which, reason=EDITED, owner_id=owner_id, now=now)
        first = latest_number(connection, reminder_id) + 1
        connection.execute(
            INSERT_OCCURRENCE,
            [
                new_occurrence(reminder_id, number, planned)
                for number, planned in enumerate(revision.occurrences, start=first)
            ],
        )
    after = _announced(connection, owner_id, reminder_id, now=now)
    return Cancelled(reminder=after, in_flight=_in_flight(after))


def drop(
    connection: Connection,
    *which: ColumnElement[bool],
    reason: str,
    owner_id: int,
    now: datetime,
) -> None:
    """Take messages out of what is to come, but for those whose send has begun."""
    connection.execute(
        update(occurrences)
        .where(*which, not_begun(), owned_by(owner_id))
        .values(
            state=OccurrenceState.CANCELLED.value,
            next_attempt_at=None,
            reason=reason,
            settled_at=now,
        )
    )


def _may_watch_again(connection: Connection, reminder: Reminder) -> bool:
    """Whether a watch that was cancelled is not over, nor its quota watched by another."""
    watch = quota_watches.alias("watch")
    same = reminders.alias("same")
    unfinished = exists().where(watch.c.reminder_id == reminder.id, watch.c.ended_at.is_(None))
    other = exists().where(
        same.c.owner_id == reminder.owner_id,
        same.c.offer_id == reminder.offer_id,
        same.c.cancelled_at.is_(None),
        watch.c.reminder_id == same.c.id,
        watch.c.ended_at.is_(None),
    )
    return bool(connection.execute(select(func.count()).where(unfinished, ~other)).scalar_one())


def _has_planned(connection: Connection, reminder_id: ReminderId) -> bool:
    live = exists().where(
        occurrences.c.reminder_id == reminder_id,
        occurrences.c.next_attempt_at.is_not(None),
        occurrences.c.snooze_of.is_(None),
    )
    return bool(connection.execute(select(func.count()).where(live)).scalar_one())


def _announced(
    connection: Connection, owner_id: int, reminder_id: ReminderId, *, now: datetime
) -> Reminder:
    reminder = get(connection, owner_id, reminder_id)
    assert reminder is not None  # noqa: S101 - this transaction holds its lock
    if reminder.next_due_at is not None:
        announce(connection, reminder.next_due_at, now=now)
    return reminder


def _in_flight(reminder: Reminder) -> int:
    return sum(each.state is OccurrenceState.CLAIMED for each in reminder.occurrences)
