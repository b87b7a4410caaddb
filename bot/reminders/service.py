"""What users do with reminders: make, list, cancel, bring back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar, final

from bot.clock import Clock
from bot.reminders.checks import check_instant, check_leads, check_note
from bot.reminders.edits import Edits
from bot.reminders.errors import AlreadyOver, NotFound, WasCancelled
from bot.reminders.models import (
    Destination,
    NewReminder,
    Origin,
    PlannedOccurrence,
    Reminder,
    ReminderId,
    ReminderKind,
)
from bot.reminders.plan import PlannedWarning, plan_warnings
from bot.reminders.ports import Cancelled, ReminderShelf
from bot.reminders.repeat import Repeat, deferred
from bot.reminders.rules import PromiseRules
from bot.when.quiet import QuietHours

T = TypeVar("T")


@final
@dataclass(frozen=True, slots=True)
class Promise:
    """What a confirmation says; by the time it exists, it is stored."""

    reminder: Reminder
    warnings: tuple[PlannedWarning, ...] = ()
    """Of a session, the earliest first."""


@final
class Reminders:
    """The promises of all users. Every method is for one owner, and sees nobody else's."""

    def __init__(
        self,
        *,
        shelf: ReminderShelf,
        clock: Clock,
        wake: Callable[[datetime], None],
        rules: PromiseRules | None = None,
    ) -> None:
        """Take the store, the clock, and what wakes the ticker for an earlier instant."""
        self._shelf = shelf
        self._clock = clock
        self._wake = wake
        self.rules = rules or PromiseRules()
        self.edits = Edits(shelf=shelf, clock=clock, wake=wake, rules=self.rules)

    async def create_session(
        self,
        owner_id: int,
        *,
        ends_at: datetime,
        destination: Destination,
        origin: Origin,
        locale: str,
        leads: Sequence[timedelta] | None = None,
        offer_id: str | None = None,
        note: str | None = None,
        zone: str | None = None,
        asked_at: datetime | None = None,
        started_at: datetime | None = None,
        wished_end: datetime | None = None,
    ) -> Promise:
        """Promise to warn before a session ends.

        Args:
            owner_id: who is reminded.
            ends_at: the end of the session.
            destination: where the owner wants it.
            origin: where it was asked for.
            locale: the language of the messages.
            leads: how long before the end, zero meaning at the end itself; None for the usual.
            offer_id: the offer of the catalog whose session it is.
            note: the owner's own words.
            zone: the owner's time zone, an IANA name.
            asked_at: the instant that "in 6 h" was counted from, by default now.
            started_at: when the session began, by default now.
            wished_end: when its owner expects it to end, where that is after `ends_at`.

        Raises:
            TooSoon: the end is nearer than the soonest that is promised.
            TooFar: the end is too far away.
            TooManyLeads: there are more leads than one may have.
            LeadOutOfRange: a lead is negative or longer than the longest.
            NoteTooLong: the note is too long.
            TooMany: the owner has as many active reminders as one may have.
        """
        now = self._check(at=ends_at, asked_at=asked_at, note=note)
        chosen = check_leads(leads, rules=self.rules)
        warnings = plan_warnings(now=now, ends_at=ends_at, leads=chosen)
        reminder = await self._add(
            NewReminder(
                owner_id=owner_id,
                kind=ReminderKind.SESSION,
                destination=destination,
                origin=origin,
                locale=locale,
                occurrences=tuple(
                    PlannedOccurrence(due_at=warning.due_at, lead=warning.lead)
                    for warning in warnings
                ),
                note=note,
                offer_id=offer_id,
                ends_at=ends_at,
                started_at=started_at,
                wished_end=wished_end,
                zone=zone,
            )
        )
        return Promise(reminder, warnings)

    async def create_custom(
        self,
        owner_id: int,
        *,
        at: datetime,
        note: str,
        destination: Destination,
        origin: Origin,
        locale: str,
        offer_id: str | None = None,
        zone: str | None = None,
        asked_at: datetime | None = None,
        repeat: Repeat | None = None,
        quiet: QuietHours | None = None,
        link: str | None = None,
    ) -> Promise:
        """Promise to remind of something at an instant; other arguments as in `create_session`.

        Args:
            owner_id: who is reminded.
            at: when; of what repeats, the first comes on the first day after it that the rule has.
            note: the owner's own words.
            destination: where the owner wants it.
            origin: where it was asked for.
            locale: the language of the messages.
            offer_id: the offer of the catalog that it is about.
            zone: the owner's time zone, by whose clocks it repeats.
            asked_at: the instant that "in 6 h" was counted from, by default now.
            repeat: how it repeats, and until when; None for once.
            quiet: the owner's quiet hours: what falls in them comes at their end.
            link: the address of the message that it is about.

        Raises:
            TooSoon: the first instant is nearer than the soonest that is promised.
            TooFar: the first instant is too far away.
            EndsBeforeFirst: what repeats would end before it came once.
            NoteTooLong: the note is too long.
            TooMany: the owner has as many active reminders as one may have.
        """
        recurrence, first = (None, at) if repeat is None else repeat.starting(at, zone=zone)
        self._check(at=first, asked_at=asked_at, note=note)
        reminder = await self._add(
            NewReminder(
                owner_id=owner_id,
                kind=ReminderKind.CUSTOM,
                destination=destination,
                origin=origin,
                locale=locale,
                occurrences=(deferred(first, quiet),),
                note=note,
                offer_id=offer_id,
                zone=zone,
                recurrence=recurrence,
                link=link,
            )
        )
        return Promise(reminder)

    async def get(self, owner_id: int, reminder_id: ReminderId) -> Reminder:
        """Return one reminder of the owner, whatever became of it.

        Raises:
            NotFound: the owner has no such reminder.
        """
        return _found(await self._shelf.get(owner_id, reminder_id))

    async def active(self, owner_id: int) -> list[Reminder]:
        """Return what the owner still has coming, the next one first."""
        return await self._shelf.active(owner_id)

    async def failed(self, owner_id: int, *, within: timedelta) -> list[Reminder]:
        """Return what could not be delivered lately, newest first, with its reason."""
        return await self._shelf.failed(owner_id, since=self._clock.now() - within)

    async def cancel(self, owner_id: int, reminder_id: ReminderId) -> Cancelled:
        """Cancel a reminder, but for what is being sent at this moment. Twice is no error.

        Raises:
            NotFound: the owner has no such reminder.
            AlreadyOver: nothing of it was still to come.
        """
        cancelled = _found(await self._shelf.cancel(owner_id, reminder_id))
        if cancelled.reminder.cancelled_at is None:
            raise AlreadyOver
        return cancelled

    async def cancel_all(self, owner_id: int, *, latest: ReminderId) -> int:
        """Cancel the owner's reminders up to the id `latest`; return how many there were."""
        return await self._shelf.cancel_all(owner_id, latest=latest)

    async def undo_cancel(self, owner_id: int, reminder_id: ReminderId) -> Reminder:
        """Bring a cancelled reminder back, without what passed meanwhile. Twice is no error.

        Raises:
            NotFound: the owner has no such reminder.
            AlreadyOver: all of it passed meanwhile.
            TooMany: the owner has as many active reminders as one may have.
        """
        reminder = _found(
            await self._shelf.undo_cancel(owner_id, reminder_id, limit=self.rules.per_user)
        )
        watches = reminder.watching is not None
        if reminder.next_due_at is None and not watches:
            raise AlreadyOver
        self._wake(reminder.next_due_at or self._clock.now())
        return reminder

    async def snooze(
        self, owner_id: int, reminder_id: ReminderId, number: int, *, until: datetime
    ) -> datetime:
        """Promise the message `number` once more at `until`, and return that.

        Pressed again, the later wish counts. The other messages of the reminder, and what a series
        has coming, stay as they are; quiet hours don't hold it, for who presses is awake.

        Raises:
            NotFound: the owner has no such reminder.
            WasCancelled: the reminder was cancelled.
            TooMany: nothing of it is to come, and the owner has as many as one may have.
        """
        reminder = _found(
            await self._shelf.snooze(
                owner_id, reminder_id, number, until=until, limit=self.rules.per_user
            )
        )
        if reminder.cancelled_at is not None:
            raise WasCancelled
        self._wake(until)
        return until

    async def _add(self, new: NewReminder) -> Reminder:
        reminder = await self._shelf.add(new, limit=self.rules.per_user)
        self._wake(min(occurrence.due_at for occurrence in new.occurrences))
        return reminder

    def _check(self, *, at: datetime, asked_at: datetime | None, note: str | None) -> datetime:
        """Check the bounds from the instant that the wish counts from, and return that instant."""
        now = self._clock.now() if asked_at is None else asked_at
        check_instant(at, now=now, rules=self.rules)
        check_note(note, rules=self.rules)
        return now


def _found(thing: T | None) -> T:
    if thing is None:
        raise NotFound
    return thing
