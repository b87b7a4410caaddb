"""Quiet hours of users, as the rows have them."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from bot.reminders.models import OccurrenceState, ReminderKind
from bot.reminders.repeat import deferred
from bot.store.tables import occurrences, reminders, users
from bot.store.wakeups import announce
from bot.when.quiet import QuietHours

_SELECT = select(users.c.zone, users.c.quiet_start, users.c.quiet_end).where(
    users.c.user_id == bindparam("user")
)
_HOUR = 60  # minutes


def minutes(clock: time) -> int:
    """Return a time of day as the store keeps it: minutes since midnight."""
    return _HOUR * clock.hour + clock.minute


def quiet_hours(row: Row[*tuple[Any, ...]]) -> QuietHours | None:
    """Read the columns of `users`."""
    if row.zone is None or row.quiet_start is None or row.quiet_end is None:
        return None
    return QuietHours(start=_clock(row.quiet_start), end=_clock(row.quiet_end), zone=row.zone)


def of_user(connection: Connection, user_id: int) -> QuietHours | None:
    """Return the user's quiet hours, if they have any."""
    row = connection.execute(_SELECT, {"user": user_id}).one_or_none()
    return None if row is None else quiet_hours(row)


def plan_again(connection: Connection, user_id: int, *, now: datetime) -> None:
    """Move what the user has coming into or out of their quiet hours, which changed.

    Warnings of sessions and snoozes keep their instant, and so does what is due already.
    """
    quiet = of_user(connection, user_id)
    rows = connection.execute(
        select(occurrences)
        .join(reminders, reminders.c.id == occurrences.c.reminder_id)
        .where(
            reminders.c.owner_id == user_id,
            reminders.c.kind != ReminderKind.SESSION.value,
            occurrences.c.state == OccurrenceState.PENDING.value,
            occurrences.c.attempt == 0,
            occurrences.c.snooze_of.is_(None),
            occurrences.c.due_at > now,
        )
        .with_for_update(of=occurrences)
    )
    for row in rows.all():
        again = deferred(row.planned_for or row.due_at, quiet)
        if again.due_at == row.due_at:
            continue
        connection.execute(
            update(occurrences)
            .where(
                occurrences.c.reminder_id == row.reminder_id,
                occurrences.c.number == row.number,
            )
            .values(
                due_at=again.due_at,
                planned_for=again.planned_for,
                next_attempt_at=again.due_at,
            )
        )
        announce(connection, again.due_at, now=now)


def _clock(minute: int) -> time:
    return time(*divmod(minute, _HOUR))
