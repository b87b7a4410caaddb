"""Watched quotas: each has one next message at most, planned again whenever the ledger changes.

What is to be told follows from what is written down and from the catalog. So whoever changes one of
them plans again inside the same transaction, and whoever settles a message plans the next one: a
watch never misses what the ledger says, and never has two messages of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select, update

from bot.quotas.book import Book, Scope
from bot.quotas.marks import mark_of
from bot.quotas.watch import Event, Topic, hushed_after, is_low, next_event
from bot.reminders.models import OccurrenceState, PlannedOccurrence, ReminderId
from bot.reminders.repeat import deferred
from bot.store import quiet, series
from bot.store.books import book_of, standing
from bot.store.promises import INSERT_OCCURRENCE, latest_number, new_occurrence
from bot.store.store import Offers
from bot.store.tables import occurrences, quota_watches, reminders
from bot.store.wakeups import announce

REPLANNED: Final = "replanned"
"""The reason of a message that what was written down since made void."""

_JOINED = (
    select(
        reminders.c.id,
        reminders.c.owner_id,
        reminders.c.offer_id,
        quota_watches.c.scope,
        quota_watches.c.rule,
        quota_watches.c.hushed_until,
    )
    .join(quota_watches, quota_watches.c.reminder_id == reminders.c.id)
    .where(standing())
    .order_by(reminders.c.id)
)
_OF_OWNER = _JOINED.where(reminders.c.owner_id == bindparam("owner"))
_ONE = _JOINED.where(reminders.c.id == bindparam("reminder"))
# Apart from what reads: a statement that waits for a lock goes on with what it read before.
_LOCK_OF_OWNER = (
    select(reminders.c.id)
    .join(quota_watches, quota_watches.c.reminder_id == reminders.c.id)
    .where(standing(), reminders.c.owner_id == bindparam("owner"))
    .order_by(reminders.c.id)
    .with_for_update(of=reminders)
)
_COMING = select(occurrences).where(
    occurrences.c.reminder_id == bindparam("reminder"),
    occurrences.c.next_attempt_at.is_not(None),
    occurrences.c.snooze_of.is_(None),
)


def lock_all(connection: Connection, owner_id: int) -> bool:
    """Have messages of the owner's watches be settled before or after this transaction.

    Returns:
        Whether there are any watches.
    """
    return bool(connection.execute(_LOCK_OF_OWNER, {"owner": owner_id}).all())


def replan(connection: Connection, owner_id: int, *, offers: Offers, now: datetime) -> None:
    """Plan again what the owner watches, after a change of their ledger in this transaction.

    What is due already, or on its way, is left: what it says is reckoned when it is sent.
    """
    if not lock_all(connection, owner_id):
        return
    book = book_of(connection, owner_id)
    for watch in connection.execute(_OF_OWNER, {"owner": owner_id}).all():
        coming = connection.execute(_COMING, {"reminder": watch.id}).all()
        if any(_is_on_its_way(row, now) for row in coming):
            continue
        event = _next(watch, book, offers, after=now)
        _put(connection, watch, coming[0] if coming else None, event, now=now)


def plan_first(
    connection: Connection, reminder_id: ReminderId, *, offers: Offers, now: datetime
) -> None:
    """Plan a watch that was just stored, or brought back, from now on.

    A quota that is low already is not told of: its owner was just shown how it stands.
    """
    watch = connection.execute(_ONE, {"reminder": reminder_id}).one_or_none()
    offer = None if watch is None else offers.get(watch.offer_id)
    if watch is None or offer is None:
        return
    book = book_of(connection, watch.owner_id)
    if is_low(offer, book, now):
        _hush(connection, reminder_id, hushed_after(offer, book, now))
    replan(connection, watch.owner_id, offers=offers, now=now)


def plan_next(
    connection: Connection,
    reminder: Row[*tuple[Any, ...]],
    number: int,
    *,
    offers: Offers,
    now: datetime,
) -> None:
    """Plan what follows the message `number`, which this transaction has settled.

    Args:
        connection: in the transaction that settled it, after `series.lock`.
        reminder: its row.
        number: of the message.
        offers: of the catalog.
        now: the present instant.
    """
    row = series.message(connection, reminder.id, number)
    watch = connection.execute(_ONE, {"reminder": reminder.id}).one_or_none()
    if watch is None or row.snooze_of is not None:
        return
    told, topic = series.told_until(row, now=now), Topic(row.topic)
    offer = offers.get(watch.offer_id)
    over = watch.scope == Scope.RESET.value and topic in {Topic.RENEWED, Topic.OPEN}
    if offer is None or over or series.has_failed(connection, reminder.id):
        connection.execute(
            update(quota_watches)
            .where(quota_watches.c.reminder_id == reminder.id)
            .values(ended_at=now)
        )
        return
    book = book_of(connection, watch.owner_id)
    if topic is Topic.LOW or (topic is Topic.CHANGED and is_low(offer, book, told)):
        _hush(connection, reminder.id, hushed_after(offer, book, told))
        watch = connection.execute(_ONE, {"reminder": reminder.id}).one()
    if not series.has_next(connection, reminder.id):
        _put(connection, watch, None, _next(watch, book, offers, after=told), now=now)


def changed(connection: Connection, *, offers: Offers) -> list[ReminderId]:
    """Return the watches whose rule is another by now than the one they were planned by."""
    return [
        ReminderId(row.id)
        for row in connection.execute(_JOINED)
        if row.rule != mark_of(offers.get(row.offer_id))
    ]


def follow(
    connection: Connection, reminder_id: ReminderId, *, offers: Offers, now: datetime
) -> bool:
    """Tell the owner of a watch that its rule changed, and plan by the new one after that.

    Returns:
        False where another process did, or there is nothing to follow.
    """
    series.lock(connection, reminder_id)
    watch = connection.execute(_ONE, {"reminder": reminder_id}).one_or_none()
    if watch is None:
        return False
    mark = mark_of(offers.get(watch.offer_id))
    if watch.rule == mark:
        return False
    connection.execute(
        update(quota_watches).where(quota_watches.c.reminder_id == reminder_id).values(rule=mark)
    )
    coming = connection.execute(_COMING, {"reminder": reminder_id}).all()
    waiting = next((row for row in coming if not _is_on_its_way(row, now)), None)
    _put(connection, watch, waiting, Event(now, Topic.CHANGED), now=now)
    return True


def _next(
    watch: Row[*tuple[Any, ...]], book: Book, offers: Offers, *, after: datetime
) -> Event | None:
    offer = offers.get(watch.offer_id)
    if offer is None:
        return None
    return next_event(
        offer,
        book,
        scope=Scope(watch.scope),
        after=after,
        hushed_until=watch.hushed_until,
    )


def _is_on_its_way(row: Row[*tuple[Any, ...]], now: datetime) -> bool:
    pending = row.state == OccurrenceState.PENDING.value and row.attempt == 0
    return not pending or (row.planned_for or row.due_at) <= now


def _put(
    connection: Connection,
    watch: Row[*tuple[Any, ...]],
    waiting: Row[*tuple[Any, ...]] | None,
    event: Event | None,
    *,
    now: datetime,
) -> None:
    """Make an event the next message of a watch, in the place of one that waits."""
    planned: PlannedOccurrence | None = None
    if event is not None:
        moved = deferred(event.at, quiet.of_user(connection, watch.owner_id))
        planned = PlannedOccurrence(
            due_at=moved.due_at, planned_for=moved.planned_for, topic=event.topic
        )
    if waiting is not None:
        if planned is None or not _is_same(waiting, planned):
            _change(connection, watch, waiting, planned, now=now)
        return
    if planned is not None:
        number = latest_number(connection, watch.id) + 1
        connection.execute(INSERT_OCCURRENCE, new_occurrence(watch.id, number, planned))
        announce(connection, planned.due_at, now=now)


def _change(
    connection: Connection,
    watch: Row[*tuple[Any, ...]],
    waiting: Row[*tuple[Any, ...]],
    planned: PlannedOccurrence | None,
    *,
    now: datetime,
) -> None:
    """Change a message that waits, unless it was claimed meanwhile; nothing ever named it yet."""
    values: dict[str, object]
    if planned is None:
        values = {
            "state": OccurrenceState.CANCELLED.value,
            "next_attempt_at": None,
            "reason": REPLANNED,
            "settled_at": now,
        }
    else:
        values = {
            "due_at": planned.due_at,
            "next_attempt_at": planned.due_at,
            "planned_for": planned.planned_for,
            "topic": planned.topic,
        }
        announce(connection, planned.due_at, now=now)
    connection.execute(
        update(occurrences)
        .where(
            occurrences.c.reminder_id == watch.id,
            occurrences.c.number == waiting.number,
            occurrences.c.state == OccurrenceState.PENDING.value,
            occurrences.c.attempt == 0,
        )
        .values(values)
    )


def _is_same(row: Row[*tuple[Any, ...]], planned: PlannedOccurrence) -> bool:
    return (row.due_at, row.planned_for, row.topic) == (
        planned.due_at,
        planned.planned_for,
        planned.topic,
    )


def _hush(connection: Connection, reminder_id: ReminderId, until: datetime | None) -> None:
    connection.execute(
        update(quota_watches)
        .where(quota_watches.c.reminder_id == reminder_id)
        .values(hushed_until=until)
    )
