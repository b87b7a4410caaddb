"""What repeats: each message that is settled plans the next one, in the same transaction.

So a series is never without its next message and never has two, whoever dies when: the fence of
the settled row lets one worker in, and it commits both or neither. What comes due while a message
waits to be delivered is not sent after it, one by one: that message tells how many there were
(`Notice.missed`), and the next one is planned after the last of them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from bot.reminders.models import OccurrenceState, ReminderId
from bot.reminders.repeat import deferred
from bot.reminders.rules import MOST_FAILURES
from bot.store import quiet
from bot.store.promises import INSERT_OCCURRENCE, latest_number, new_occurrence
from bot.store.rows import recurrence_of
from bot.store.tables import occurrences, reminders
from bot.store.wakeups import announce

_LOCK = select(reminders).where(reminders.c.id == bindparam("reminder")).with_for_update()
_PLANNED = occurrences.c.snooze_of.is_(None)
_ROW = select(occurrences).where(
    occurrences.c.reminder_id == bindparam("reminder"), occurrences.c.number == bindparam("nth")
)
_LIVE = (
    select(occurrences.c.number)
    .where(
        occurrences.c.reminder_id == bindparam("reminder"),
        occurrences.c.next_attempt_at.is_not(None),
        _PLANNED,
    )
    .limit(1)
)
_LATEST_STATES = (
    select(occurrences.c.state)
    .where(
        occurrences.c.reminder_id == bindparam("reminder"),
        _PLANNED,
        occurrences.c.state != OccurrenceState.CANCELLED.value,
    )
    .order_by(occurrences.c.number.desc())
    .limit(MOST_FAILURES)
)


def lock(connection: Connection, reminder_id: ReminderId) -> Row[Any] | None:
    """Return the reminder's row; nobody else adds a message to it before the transaction ends.

    None where its owner erased it.
    """
    return connection.execute(_LOCK, {"reminder": reminder_id}).one_or_none()


def plan_next(connection: Connection, reminder: Row[Any], number: int, *, now: datetime) -> None:
    """Plan what follows the message `number`, which this transaction has settled.

    Args:
        connection: in the transaction that settled it, after `lock`.
        reminder: its row.
        number: of the message.
        now: the present instant.
    """
    row = message(connection, reminder.id, number)
    if (
        reminder.recurrence is None
        or reminder.cancelled_at is not None
        or row.snooze_of is not None
        or has_next(connection, reminder.id)  # it was edited while this message was on its way
        or has_failed(connection, reminder.id)
    ):
        return
    insert_next(connection, reminder, after=told_until(row, now=now), now=now)


def message(connection: Connection, reminder_id: ReminderId, number: int) -> Row[Any]:
    """Return the row of a message that is there."""
    return connection.execute(_ROW, {"reminder": reminder_id, "nth": number}).one()


def has_next(connection: Connection, reminder_id: ReminderId) -> bool:
    """Whether a message that is no snooze is to come."""
    return connection.execute(_LIVE, {"reminder": reminder_id}).one_or_none() is not None


def has_failed(connection: Connection, reminder_id: ReminderId) -> bool:
    """Whether so many messages in a row were taken by no target that it ends."""
    states = connection.execute(_LATEST_STATES, {"reminder": reminder_id}).scalars().all()
    return len(states) == MOST_FAILURES and set(states) == {OccurrenceState.DEAD.value}


def told_until(row: Row[Any], *, now: datetime) -> datetime:
    """Return up to when a settled message told what came due.

    Until its first send began: what came due between then and its answer is still owed.
    """
    sent = row.state == OccurrenceState.SENT.value
    told = row.doubt_since if sent and row.doubt_since is not None else now
    return max(told, row.planned_for or row.due_at)


def insert_next(
    connection: Connection, reminder: Row[Any], *, after: datetime, now: datetime
) -> bool:
    """Add the first message after an instant; False where the series has ended by then."""
    recurrence = recurrence_of(reminder)
    at = None if recurrence is None else recurrence.next_after(after)
    if at is None:
        return False
    following = deferred(at, quiet.of_user(connection, reminder.owner_id))
    number = latest_number(connection, reminder.id) + 1
    connection.execute(INSERT_OCCURRENCE, new_occurrence(reminder.id, number, following))
    announce(connection, following.due_at, now=now)
    return True
