"""The promises of users. Each statement that touches one user's row names that user."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    update,
)

from bot.reminders.errors import TooMany
from bot.reminders.models import NewReminder, Occurrence, OccurrenceState, Reminder, ReminderId
from bot.reminders.ports import Cancelled
from bot.store.rows import occurrence_of, reminder_of
from bot.store.store import Store
from bot.store.tables import occurrences, reminders
from bot.store.wakeups import announce

CANCELLED = "cancelled"
"""The reason of an occurrence that went with its whole reminder, and comes back with it."""

SNOOZED_AGAIN = "snoozed_again"
"""The reason of a snooze that a later one of the same message took the place of."""


def _is_active() -> ColumnElement[bool]:
    # An alias: the statement around it may name the occurrences too, and they aren't the same.
    live = occurrences.alias("live")
    return exists().where(live.c.reminder_id == reminders.c.id, live.c.next_attempt_at.is_not(None))


# Statements that each new reminder runs are built once: building one costs more than running it.
_COUNT_ACTIVE = (
    select(func.count())
    .select_from(reminders)
    .where(
        reminders.c.owner_id == bindparam("owner"),
        reminders.c.cancelled_at.is_(None),
        _is_active(),
    )
)
_INSERT = reminders.insert().returning(reminders.c.id)
_INSERT_OCCURRENCE = occurrences.insert()


@final
class ReminderRepository:
    """Keeps promises: the `ReminderShelf` of `bot.reminders`."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def add(self, new: NewReminder, *, limit: int) -> Reminder:
        """Store a promise; see `ReminderShelf.add`."""
        created_at = self._store.clock.now()

        def work(connection: Connection) -> Reminder | None:
            if active_count(connection, new.owner_id) >= limit:
                return None
            inserted = connection.execute(_INSERT, _columns_of(new, created_at))
            reminder_id = ReminderId(inserted.scalar_one())
            connection.execute(
                _INSERT_OCCURRENCE,
                [
                    _new_occurrence(reminder_id, number, planned.due_at, lead=planned.lead)
                    for number, planned in enumerate(new.occurrences, start=1)
                ],
            )
            first_due = min(occurrence.due_at for occurrence in new.occurrences)
            announce(connection, first_due, now=created_at)
            return _stored(new, reminder_id, created_at)

        stored = await self._store.write(work)
        if stored is None:
            raise TooMany(limit=limit)
        return stored

    async def get(self, owner_id: int, reminder_id: ReminderId) -> Reminder | None:
        """Return the owner's reminder; see `ReminderShelf.get`."""
        return await self._store.read(lambda connection: _get(connection, owner_id, reminder_id))

    async def active(self, owner_id: int) -> list[Reminder]:
        """Return what the owner still has coming, the next one first."""
        found = await self._select(
            reminders.c.owner_id == owner_id, reminders.c.cancelled_at.is_(None), _is_active()
        )
        return sorted(found, key=lambda reminder: (reminder.next_due_at, reminder.id))

    async def failed(self, owner_id: int, *, since: datetime) -> list[Reminder]:
        """Return the reminders with an occurrence that was given up since then, newest first."""
        dead = occurrences.alias("dead")
        gave_up = exists().where(
            dead.c.reminder_id == reminders.c.id,
            dead.c.state == OccurrenceState.DEAD.value,
            dead.c.settled_at >= since,
        )
        found = await self._select(reminders.c.owner_id == owner_id, gave_up)
        return sorted(found, key=lambda reminder: reminder.id, reverse=True)

    async def cancel(self, owner_id: int, reminder_id: ReminderId) -> Cancelled | None:
        """Cancel what hasn't begun to be sent; see `ReminderShelf.cancel`.

        A claimed row is still cancelled as long as its send hasn't begun: the worker asks again
        before it sends (`begin`). What has begun keeps its state, so that the truth is stored when
        its answer comes; but it is never tried again, since `begin` refuses a cancelled reminder.
        """
        now = self._store.clock.now()

        def work(connection: Connection) -> Cancelled | None:
            marked = connection.execute(
                update(reminders)
                .where(
                    reminders.c.id == reminder_id,
                    reminders.c.owner_id == owner_id,
                    reminders.c.cancelled_at.is_(None),
                    _is_active(),
                )
                .values(cancelled_at=now)
            )
            if marked.rowcount:
                connection.execute(
                    update(occurrences)
                    .where(
                        occurrences.c.reminder_id == reminder_id,
                        or_(
                            occurrences.c.state == OccurrenceState.PENDING.value,
                            and_(
                                occurrences.c.state == OccurrenceState.CLAIMED.value,
                                occurrences.c.begun_at.is_(None),
                            ),
                        ),
                        _owned_by(owner_id),
                    )
                    .values(
                        state=OccurrenceState.CANCELLED.value,
                        next_attempt_at=None,
                        reason=CANCELLED,
                        settled_at=now,
                    )
                )
            reminder = _get(connection, owner_id, reminder_id)
            if reminder is None:
                return None
            in_flight = sum(o.state is OccurrenceState.CLAIMED for o in reminder.occurrences)
            return Cancelled(reminder=reminder, in_flight=in_flight)

        return await self._store.write(work)

    async def undo_cancel(
        self, owner_id: int, reminder_id: ReminderId, *, limit: int
    ) -> Reminder | None:
        """Bring back what is still to come; see `ReminderShelf.undo_cancel`."""
        now = self._store.clock.now()

        def work(connection: Connection) -> Reminder | TooMany | None:
            count = active_count(connection, owner_id)
            reminder = _get(connection, owner_id, reminder_id)
            if reminder is None or reminder.cancelled_at is None:
                return reminder
            if count >= limit:
                return TooMany(limit=limit)
            restored = connection.execute(
                update(occurrences)
                .where(
                    occurrences.c.reminder_id == reminder_id,
                    occurrences.c.state == OccurrenceState.CANCELLED.value,
                    occurrences.c.reason == CANCELLED,
                    occurrences.c.due_at > now,
                    _owned_by(owner_id),
                )
                .values(
                    state=OccurrenceState.PENDING.value,
                    next_attempt_at=occurrences.c.due_at,
                    reason=None,
                    settled_at=None,
                )
            )
            if not restored.rowcount and reminder.next_due_at is None:
                return reminder
            connection.execute(
                update(reminders)
                .where(reminders.c.id == reminder_id, reminders.c.owner_id == owner_id)
                .values(cancelled_at=None)
            )
            back = _get(connection, owner_id, reminder_id)
            assert back is not None and back.next_due_at is not None  # noqa: S101, PT018
            announce(connection, back.next_due_at, now=now)
            return back

        answer = await self._store.write(work)
        if isinstance(answer, TooMany):
            raise answer
        return answer

    async def snooze(
        self, owner_id: int, reminder_id: ReminderId, number: int, *, until: datetime, limit: int
    ) -> Reminder | None:
        """Add one more message; see `ReminderShelf.snooze`."""
        now = self._store.clock.now()

        def work(connection: Connection) -> Reminder | TooMany | None:
            count = active_count(connection, owner_id)
            reminder = _get(connection, owner_id, reminder_id)
            if reminder is None or reminder.cancelled_at is not None:
                return reminder
            if reminder.next_due_at is None and count >= limit:
                return TooMany(limit=limit)
            connection.execute(
                update(occurrences)
                .where(
                    occurrences.c.reminder_id == reminder_id,
                    occurrences.c.snooze_of == number,
                    occurrences.c.state == OccurrenceState.PENDING.value,
                    _owned_by(owner_id),
                )
                .values(
                    state=OccurrenceState.CANCELLED.value,
                    next_attempt_at=None,
                    reason=SNOOZED_AGAIN,
                    settled_at=now,
                )
            )
            latest = max(occurrence.number for occurrence in reminder.occurrences)
            connection.execute(
                _INSERT_OCCURRENCE,
                _new_occurrence(reminder_id, latest + 1, until, snooze_of=number),
            )
            announce(connection, until, now=now)
            return _get(connection, owner_id, reminder_id)

        answer = await self._store.write(work)
        if isinstance(answer, TooMany):
            raise answer
        return answer

    async def _select(self, *conditions: ColumnElement[bool]) -> list[Reminder]:
        def work(connection: Connection) -> list[Reminder]:
            result = connection.execute(_with_occurrences().where(*conditions))
            return _fold(result.all())

        return await self._store.read(work)


def _get(connection: Connection, owner_id: int, reminder_id: ReminderId) -> Reminder | None:
    result = connection.execute(
        _with_occurrences().where(reminders.c.id == reminder_id, reminders.c.owner_id == owner_id)
    )
    found = _fold(result.all())
    return found[0] if found else None


def active_count(connection: Connection, owner_id: int) -> int:
    """Count the owner's active reminders, and keep anybody else from adding one meanwhile."""
    if connection.dialect.name == "postgresql":
        # There is no row to lock for a user's first reminder; on SQLite there is one writer.
        connection.execute(text("SELECT pg_advisory_xact_lock(:owner)"), {"owner": owner_id})
    return connection.execute(_COUNT_ACTIVE, {"owner": owner_id}).scalar_one()


def _columns_of(new: NewReminder, created_at: datetime) -> dict[str, object]:
    return {
        "owner_id": new.owner_id,
        "kind": new.kind.value,
        "note": new.note,
        "offer_id": new.offer_id,
        "ends_at": new.ends_at,
        "destination": new.destination.kind.value,
        "destination_channel_id": new.destination.channel_id,
        "origin_guild_id": new.origin.guild_id,
        "origin_channel_id": new.origin.channel_id,
        "origin_parent_id": new.origin.parent_id,
        "locale": new.locale,
        "zone": new.zone,
        "created_at": created_at,
    }


def _new_occurrence(
    reminder_id: ReminderId,
    number: int,
    due_at: datetime,
    *,
    lead: timedelta | None = None,
    snooze_of: int | None = None,
) -> dict[str, object]:
    return {
        "reminder_id": reminder_id,
        "number": number,
        "due_at": due_at,
        "snooze_of": snooze_of,
        "lead_seconds": lead,
        "state": OccurrenceState.PENDING.value,
        "next_attempt_at": due_at,
        "attempt": 0,
        "target_index": 0,
        "refusals": 0,
    }


def _stored(new: NewReminder, reminder_id: ReminderId, created_at: datetime) -> Reminder:
    return Reminder(
        id=reminder_id,
        owner_id=new.owner_id,
        kind=new.kind,
        note=new.note,
        offer_id=new.offer_id,
        ends_at=new.ends_at,
        destination=new.destination,
        origin=new.origin,
        locale=new.locale,
        zone=new.zone,
        created_at=created_at,
        occurrences=tuple(
            Occurrence(
                number=number,
                due_at=planned.due_at,
                lead=planned.lead,
                state=OccurrenceState.PENDING,
            )
            for number, planned in enumerate(new.occurrences, start=1)
        ),
    )


def _owned_by(owner_id: int) -> ColumnElement[bool]:
    return exists().where(
        reminders.c.id == occurrences.c.reminder_id, reminders.c.owner_id == owner_id
    )


def _with_occurrences() -> Select[Any]:
    return (
        select(*reminders.c, *(c.label(f"o_{c.name}") for c in occurrences.c))
        .join(occurrences, occurrences.c.reminder_id == reminders.c.id)
        .order_by(reminders.c.id, occurrences.c.number)
    )


def _fold(rows: Sequence[Row[Any]]) -> list[Reminder]:
    """Gather the rows of each reminder, one for each occurrence, in one reminder."""
    return [
        reminder_of(group[0], tuple(occurrence_of(row) for row in group))
        for group in (list(part) for _, part in groupby(rows, key=lambda row: row.id))
    ]
