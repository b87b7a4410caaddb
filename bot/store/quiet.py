"""Quiet hours of users, as the rows have them."""

from __future__ import annotations

import json
from datetime import datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select, update

from bot.reminders.models import OccurrenceState, ReminderKind
from bot.reminders.repeat import deferred
from bot.store.statements import among
from bot.store.tables import occurrences, reminders, users
from bot.store.types import UtcMillis
from bot.store.wakeups import announce
from bot.when.quiet import QuietHours

_SESSION = ReminderKind.SESSION.value
_SELECT = select(users.c.zone, users.c.quiet_start, users.c.quiet_end).where(
    users.c.user_id == bindparam("user")
)
_LOCK_REMINDERS = (
    select(reminders.c.id)
    .where(reminders.c.owner_id == bindparam("user"), reminders.c.kind != _SESSION)
    .order_by(reminders.c.id)
    .with_for_update()
)
_HOUR = 60  # minutes


@cache
def _movable(dialect: str) -> Select[Any]:
    return (
        select(occurrences)
        .where(
            among(occurrences.c.reminder_id, "reminders", dialect),
            occurrences.c.state == OccurrenceState.PENDING.value,
            occurrences.c.attempt == 0,
            occurrences.c.snooze_of.is_(None),
            occurrences.c.due_at > bindparam("now", type_=UtcMillis),
        )
        .with_for_update()
    )


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

    Warnings of sessions and snoozes keep their instant, and so does what is due already. Called
    after `lock_owner`.
    """
    # Like whoever plans: then what they add is here to be moved, or they read what was changed.
    theirs = connection.execute(_LOCK_REMINDERS, {"user": user_id}).scalars().all()
    quiet = of_user(connection, user_id)
    rows = connection.execute(
        _movable(connection.dialect.name), {"reminders": json.dumps(theirs), "now": now}
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
