"""What users do with reminders: make, list, cancel, bring back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar, final

from bot.clock import Clock
from bot.reminders.errors import (
    AlreadyOver,
    LeadOutOfRange,
    NoteTooLong,
    NotFound,
    TooFar,
    TooManyLeads,
    TooSoon,
)
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
from bot.reminders.rules import PromiseRules

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

        Raises:
            TooSoon: the end is nearer than the soonest that is promised.
            TooFar: the end is too far away.
            TooManyLeads: there are more leads than one may have.
            LeadOutOfRange: a lead is negative or longer than the longest.
            NoteTooLong: the note is too long.
            TooMany: the owner has as many active reminders as one may have.
        """
        now = self._check(at=ends_at, asked_at=asked_at, note=note)
        warnings = plan_warnings(now=now, ends_at=ends_at, leads=self._check_leads(leads))
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
    ) -> Promise:
        """Promise to remind of something at an instant; arguments as in `create_session`.

        Raises:
            TooSoon: the instant is nearer than the soonest that is promised.
            TooFar: the instant is too far away.
            NoteTooLong: the note is too long.
            TooMany: the owner has as many active reminders as one may have.
        """
        self._check(at=at, asked_at=asked_at, note=note)
        reminder = await self._add(
            NewReminder(
                owner_id=owner_id,
                kind=ReminderKind.CUSTOM,
                destination=destination,
                origin=origin,
                locale=locale,
                occurrences=(PlannedOccurrence(due_at=at),),
                note=note,
                offer_id=offer_id,
                zone=zone,
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
        if reminder.next_due_at is None:
            raise AlreadyOver
        self._wake(reminder.next_due_at)
        return reminder

    async def snooze(
        self, owner_id: int, reminder_id: ReminderId, number: int, *, delay: timedelta
    ) -> datetime:
        """Promise the message `number` once more, `delay` from now; return when.

        Pressed again, the later wish counts. The other messages of the reminder stay as they are.

        Raises:
            NotFound: the owner has no such reminder.
            AlreadyOver: the reminder was cancelled.
            TooMany: nothing of it is to come, and the owner has as many as one may have.
        """
        until = self._clock.now() + delay
        reminder = _found(
            await self._shelf.snooze(
                owner_id, reminder_id, number, until=until, limit=self.rules.per_user
            )
        )
        if reminder.cancelled_at is not None:
            raise AlreadyOver
        self._wake(until)
        return until

    async def _add(self, new: NewReminder) -> Reminder:
        reminder = await self._shelf.add(new, limit=self.rules.per_user)
        self._wake(min(occurrence.due_at for occurrence in new.occurrences))
        return reminder

    def _check(self, *, at: datetime, asked_at: datetime | None, note: str | None) -> datetime:
        """Check the bounds from the instant that the wish counts from, and return that instant."""
        now = self._clock.now() if asked_at is None else asked_at
        if at - now < self.rules.soonest:
            raise TooSoon(at=at, soonest=self.rules.soonest)
        if at - now > self.rules.farthest:
            raise TooFar(at=at, farthest=self.rules.farthest)
        if note is not None and len(note) > self.rules.note_length:
            raise NoteTooLong(length=len(note), limit=self.rules.note_length)
        return now

    def _check_leads(self, leads: Sequence[timedelta] | None) -> Sequence[timedelta]:
        chosen = leads or self.rules.leads
        if len(chosen) > self.rules.most_leads:
            raise TooManyLeads(count=len(chosen), limit=self.rules.most_leads)
        for lead in chosen:
            if not timedelta() <= lead <= self.rules.longest_lead:
                raise LeadOutOfRange(lead=lead, longest=self.rules.longest_lead)
        return chosen


def _found(thing: T | None) -> T:
    if thing is None:
        raise NotFound
    return thing
