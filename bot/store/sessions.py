"""Sessions whose end followed from a rule of the catalog that is another now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from bot.quotas.account import session_end
from bot.quotas.book import EntryId, Source
from bot.quotas.marks import mark_of
from bot.quotas.watch import Topic
from bot.reminders.models import PlannedOccurrence, Reminder, ReminderId
from bot.reminders.plan import plan_warnings
from bot.reminders.rules import PromiseRules
from bot.store import promises, watches
from bot.store.books import book_of
from bot.store.changes import EDITED, drop
from bot.store.store import Offers
from bot.store.tables import occurrences, quota_usages, reminders
from bot.store.types import UtcMillis
from bot.store.wakeups import announce

_LEAST: Final = timedelta(minutes=1)
"""A session that ends less earlier or later is no news."""
_RULES: Final = PromiseRules()

_RUNNING = select(quota_usages).where(
    quota_usages.c.source == Source.SESSION.value,
    quota_usages.c.rule.is_not(None),
    quota_usages.c.ended_at.is_(None),
    quota_usages.c.ends_at > bindparam("now", type_=UtcMillis),
)
_ONE = _RUNNING.where(quota_usages.c.id == bindparam("entry"))


def changed(connection: Connection, *, offers: Offers, now: datetime) -> list[EntryId]:
    """Return the running sessions of which the rule is another by now."""
    return [
        EntryId(row.id)
        for row in connection.execute(_RUNNING, {"now": now})
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
    promises.lock_owner(connection, found.user_id)
    which = ReminderId(found.reminder_id)
    reminder = promises.get(connection, found.user_id, which, lock=True)
    entry = connection.execute(_ONE, {"now": now, "entry": entry_id}).one_or_none()
    offer = offers.get(found.offer_id)
    mark = mark_of(offer)
    if entry is None or reminder is None or entry.rule == mark:
        return False
    connection.execute(update(quota_usages).where(quota_usages.c.id == entry_id).values(rule=mark))
    if offer is None or reminder.ends_at is None or reminder.cancelled_at is not None:
        return False
    wished = entry.wished_end or reminder.ends_at
    end = session_end(
        offer,
        book_of(connection, found.user_id),
        start=entry.starts_at,
        planned=wished,
        reminder_id=which,
    )
    # What should be over by now and runs all the same is believed, as when it is promised.
    over = end.at < now + _RULES.soonest
    if over or abs(end.at - reminder.ends_at) < _LEAST:
        return False
    connection.execute(
        update(quota_usages)
        .where(quota_usages.c.id == entry_id)
        .values(ends_at=end.at, wished_end=wished if end.at < wished else None)
    )
    _move(connection, reminder, end.at, now=now)
    watches.replan(connection, found.user_id, offers=offers, now=now)
    return True


def _move(connection: Connection, reminder: Reminder, ends_at: datetime, *, now: datetime) -> None:
    """Give a session its new end, warnings before that, and a message that says so."""
    connection.execute(
        update(reminders)
        .where(reminders.c.id == reminder.id, reminders.c.owner_id == reminder.owner_id)
        .values(ends_at=ends_at, revision=reminder.revision + 1)
    )
    planned = occurrences.c.reminder_id == reminder.id, occurrences.c.snooze_of.is_(None)
    drop(connection, *planned, reason=EDITED, owner_id=reminder.owner_id, now=now)
    leads = {each.lead for each in reminder.occurrences if each.lead is not None}
    warnings = plan_warnings(now=now, ends_at=ends_at, leads=sorted(leads) or _RULES.leads)
    coming = [
        PlannedOccurrence(due_at=now, topic=Topic.CHANGED),
        *(PlannedOccurrence(due_at=each.due_at, lead=each.lead) for each in warnings),
    ]
    first = promises.latest_number(connection, reminder.id) + 1
    connection.execute(
        promises.INSERT_OCCURRENCE,
        [
            promises.new_occurrence(reminder.id, number, each)
            for number, each in enumerate(coming, start=first)
        ],
    )
    announce(connection, now, now=now)
