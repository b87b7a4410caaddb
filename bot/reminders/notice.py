"""What a reminder's message says, as plain data; its words are found elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import final

from bot.catalog.offer import Offer
from bot.quotas.book import Scope
from bot.quotas.telling import Telling, telling
from bot.quotas.watch import Topic
from bot.reminders.models import Due, ReminderId, ReminderKind
from bot.reminders.targets import Target

LATE_AFTER = timedelta(minutes=1)
"""Below a minute nobody plans otherwise for being told "late"."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message, before it has words."""

    reminder_id: ReminderId
    number: int
    owner_id: int
    kind: ReminderKind
    locale: str
    due_at: datetime
    lead: timedelta | None
    """How long before the end of the session it was due; zero at the end itself."""
    note: str | None
    """None where there is none, and where it is hidden."""
    note_hidden: bool
    """Only say that something is due; a button shows the rest to the owner alone."""
    offer_id: str | None
    """None where the note is hidden: what somebody uses is as private as what they write."""
    ends_at: datetime | None
    time_left: timedelta | None
    """Until the end of the session; None without a session, and once it is over."""
    session_over: bool
    late_by: timedelta | None
    """None while it is less than a minute."""
    may_repeat: bool
    moved_because: str | None
    """The code of why it isn't where the owner wanted it; None where it is."""
    link: str | None = None
    """The address of the message that it is about; None where the note is hidden."""
    repeats: bool = False
    missed: int = 0
    """Of a series: how many more came due before this message was sent, for which it stands."""
    was_quiet: bool = False
    """It waited for the end of its owner's quiet hours."""
    more_to_come: bool = False
    """Something else of the reminder is still to come."""
    is_last_warning: bool = False
    """No other warning comes before the end of the session."""
    rule_changed: bool = False
    """It tells that the session ends at another time, for the provider's rule is another now."""
    quota: Telling | None = None
    """Of a watched quota: how it stands; None where the note is hidden."""
    watching: bool = False
    """There is more to be told of the quota after this."""


def notice_for(due: Due, target: Target, *, now: datetime, offer: Offer | None = None) -> Notice:
    """Say what a message to this target tells if it is sent `now`.

    `offer` is what it is about, as the catalog has it now.
    """
    reminder = due.reminder
    late = now - due.due_at
    left = None if reminder.ends_at is None else reminder.ends_at - now
    return Notice(
        reminder_id=reminder.id,
        number=due.number,
        owner_id=reminder.owner_id,
        kind=reminder.kind,
        locale=reminder.locale,
        due_at=due.due_at,
        lead=due.lead,
        note=None if target.hides_note else reminder.note,
        note_hidden=target.hides_note,
        offer_id=None if target.hides_note else reminder.offer_id,
        ends_at=reminder.ends_at,
        time_left=left if left is not None and left > timedelta() else None,
        session_over=left is not None and left <= timedelta(),
        late_by=late if late >= LATE_AFTER else None,
        may_repeat=due.may_repeat,
        moved_because=due.reason if target.is_fallback else None,
        link=None if target.hides_note else reminder.link,
        repeats=reminder.recurrence is not None,
        missed=missed(due, now=now),
        was_quiet=due.planned_for is not None,
        more_to_come=due.more_to_come,
        is_last_warning=due.is_last_warning,
        rule_changed=due.topic is Topic.CHANGED,
        watching=reminder.watching is Scope.ALL,
        quota=None if target.hides_note else _telling(due, offer, now=now),
    )


def _telling(due: Due, offer: Offer | None, *, now: datetime) -> Telling | None:
    if due.book is None or due.topic is None:
        return None
    # As of the first try, like `missed`: what comes due after that is told by the next message.
    return telling(
        offer,
        due.book,
        topic=due.topic,
        planned_for=due.planned_for or due.due_at,
        as_of=due.doubt_since or now,
    )


def missed(due: Due, *, now: datetime) -> int:
    """Return how many messages of a series came due after this one, until its first send began.

    From there the store plans the next one (`bot.store.series`), so the two must count alike: what
    comes due between a first try that may have arrived and a later one is sent, and not counted.
    """
    recurrence = due.reminder.recurrence
    if recurrence is None or due.is_snooze:
        return 0
    return recurrence.count(due.planned_for or due.due_at, due.doubt_since or now)
