"""Sessions whose end is another now: a rule of the catalog changed, or the book of their owner."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from bot.quotas.book import Book, Entry, EntryId, Source
from bot.quotas.ends import SessionEnd
from bot.quotas.marks import mark_of
from bot.quotas.running import Promised, is_news, moved, real_end
from bot.quotas.watch import Topic
from bot.reminders.models import PlannedOccurrence, Reminder, ReminderId
from bot.reminders.plan import leads_of, plan_warnings
from bot.reminders.rules import PromiseRules
from bot.store import promises, watches
from bot.store.books import book_of, entry_of
from bot.store.changes import EDITED, drop
from bot.store.store import Offers
from bot.store.tables import occurrences, quota_usages, reminders
from bot.store.types import UtcMillis
from bot.store.wakeups import announce

_RULES: Final = PromiseRules()

_RUNNING = select(quota_usages).where(
    quota_usages.c.source == Source.SESSION.value,
    quota_usages.c.ended_at.is_(None),
    quota_usages.c.ends_at > bindparam("now", type_=UtcMillis),
)
_RULED = _RUNNING.where(quota_usages.c.rule.is_not(None))
_ONE = _RULED.where(quota_usages.c.id == bindparam("entry"))
_OF_OWNER = _RUNNING.where(
    quota_usages.c.user_id == bindparam("owner"), quota_usages.c.reminder_id.is_not(None)
)
_ANY = _OF_OWNER.limit(1)
_OF_REMINDER = _OF_OWNER.where(quota_usages.c.reminder_id == bindparam("reminder"))
_PROMISED = (
    select(reminders.c.id, reminders.c.offer_id, reminders.c.ends_at)
    .where(
        reminders.c.owner_id == bindparam("owner"),
        reminders.c.offer_id.is_not(None),
        reminders.c.ends_at > bindparam("now", type_=UtcMillis),
    )
    .order_by(reminders.c.id)
)


def book_before(connection: Connection, owner_id: int, *, now: datetime) -> Book | None:
    """Return the owner's book, for `follow_book` to compare; None where no session runs."""
    runs = connection.execute(_ANY, {"owner": owner_id, "now": now}).one_or_none()
    return None if runs is None else book_of(connection, owner_id)


def follow_book(
    connection: Connection, owner_id: int, before: Book, *, offers: Offers, now: datetime
) -> None:
    """End the running sessions of an owner where they end since their book changed.

    In the transaction that changed it. Nobody is sent a message: who changes their book looks at
    the answer.
    """
    after = book_of(connection, owner_id)
    soonest = now + _RULES.soonest
    found = moved(before, after, offers=offers, now=now, soonest=soonest)
    # By their ids, so that no two transactions wait for each other.
    for each in sorted(found, key=lambda one: one.entry.reminder_id or 0):
        reminder = _reminder_of(connection, owner_id, each.entry)
        if reminder is not None:
            _end_at(connection, reminder, each.entry, each.end, now=now)


def promise_again(
    connection: Connection, owner_id: int, reminder_id: ReminderId, *, offers: Offers, now: datetime
) -> None:
    """End a session that was brought back where it ends by the book as it is now."""
    key = {"owner": owner_id, "reminder": reminder_id, "now": now}
    row = connection.execute(_OF_REMINDER, key).one_or_none()
    offer = None if row is None else offers.get(row.offer_id)
    if row is None or offer is None:
        return
    entry = entry_of(row)
    reminder = _reminder_of(connection, owner_id, entry)
    end = real_end(entry, book_of(connection, owner_id), offer, now=now)
    if reminder is not None and is_news(entry.end, end, soonest=now + _RULES.soonest):
        _end_at(connection, reminder, entry, end, now=now)


def promised(connection: Connection, owner_id: int, *, now: datetime) -> dict[ReminderId, Promised]:
    """Return when the sessions of an owner end, those that nothing is counted of any more too."""
    rows = connection.execute(_PROMISED, {"owner": owner_id, "now": now})
    return {ReminderId(row.id): Promised(row.offer_id, row.ends_at) for row in rows}


def changed(connection: Connection, *, offers: Offers, now: datetime) -> list[EntryId]:
    """Return the running sessions of which the rule is another by now."""
    return [
        EntryId(row.id)
        for row in connection.execute(_RULED, {"now": now})
        if row.rule != mark_of(offers.get(row.offer_id))
    ]


def follow(connection: Connection, entry_id: EntryId, *, offers: Offers, now: datetime) -> bool:
    """Plan a session by its rule as it is now, and tell its owner where it ends at another time.

    Returns:
        False where another process did, or it ends as it was planned.
    """
    found = connection.execute(_ONE, {"now": now, "entry": entry_id}).one_or_none()
    if found is None:
        return False
    owner_id: int = found.user_id
    promises.lock_owner(connection, owner_id)
    reminder = _reminder_of(connection, owner_id, entry_of(found))
    row = connection.execute(_ONE, {"now": now, "entry": entry_id}).one_or_none()
    offer = offers.get(found.offer_id)
    mark = mark_of(offer)
    if row is None or row.rule == mark:
        return False
    connection.execute(update(quota_usages).where(quota_usages.c.id == entry_id).values(rule=mark))
    if offer is None or reminder is None:
        return False
    entry = entry_of(row)
    end = real_end(entry, book_of(connection, owner_id), offer, now=now)
    if not is_news(entry.end, end, soonest=now + _RULES.soonest):
        return False
    _end_at(connection, reminder, entry, end, now=now, tell=True)
    watches.replan(connection, owner_id, offers=offers, now=now)
    return True


def _reminder_of(connection: Connection, owner_id: int, entry: Entry) -> Reminder | None:
    """Return the reminder of a session, locked; None where nothing of it may come any more."""
    assert entry.reminder_id is not None  # noqa: S101 - only sessions with one are looked for
    which = ReminderId(entry.reminder_id)
    reminder = promises.get(connection, owner_id, which, lock=True)
    return None if reminder is None or reminder.cancelled_at is not None else reminder


def _end_at(
    connection: Connection,
    reminder: Reminder,
    entry: Entry,
    end: SessionEnd,
    *,
    now: datetime,
    tell: bool = False,
) -> None:
    """Give a session its new end, warnings before that, and where wanted a message about it."""
    at = end.at
    # No row where its owner just forgot all about the offer.
    connection.execute(
        update(quota_usages)
        .where(quota_usages.c.id == entry.id, quota_usages.c.user_id == reminder.owner_id)
        .values(ends_at=at, wished_end=entry.wish if at < entry.wish else None)
    )
    connection.execute(
        update(reminders)
        .where(reminders.c.id == reminder.id, reminders.c.owner_id == reminder.owner_id)
        .values(ends_at=at, revision=reminder.revision + 1)
    )
    planned = [occurrences.c.reminder_id == reminder.id, occurrences.c.snooze_of.is_(None)]
    if not tell:
        # What is to be told of the catalog is told all the same, with the end as it is then.
        planned.append(occurrences.c.topic.is_(None))
    drop(connection, *planned, reason=EDITED, owner_id=reminder.owner_id, now=now)
    warnings = plan_warnings(
        now=now,
        ends_at=at,
        leads=leads_of(reminder.occurrences, created_at=reminder.created_at) or _RULES.leads,
    )
    coming = [PlannedOccurrence(due_at=each.due_at, lead=each.lead) for each in warnings]
    if tell:
        coming.insert(0, PlannedOccurrence(due_at=now, topic=Topic.CHANGED))
    first = promises.latest_number(connection, reminder.id) + 1
    connection.execute(
        promises.INSERT_OCCURRENCE,
        [
            promises.new_occurrence(reminder.id, number, each)
            for number, each in enumerate(coming, start=first)
        ],
    )
    announce(connection, coming[0].due_at, now=now)
