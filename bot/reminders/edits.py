"""What owners change about what they were promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar, final

from bot.clock import Clock
from bot.reminders.checks import check_instant, check_note
from bot.reminders.errors import (
    AlreadyOver,
    ChangedMeanwhile,
    EndsBeforeFirst,
    NotFound,
    WasCancelled,
)
from bot.reminders.models import PlannedOccurrence, Reminder, ReminderId
from bot.reminders.plan import PlannedWarning, leads_of, plan_warnings
from bot.reminders.ports import ReminderShelf, Revision
from bot.reminders.repeat import Repeat, deferred
from bot.reminders.rules import PromiseRules
from bot.when.quiet import QuietHours
from bot.when.recurrence import Recurrence

T = TypeVar("T")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A reminder before and after an edit; by the time it exists, it is stored."""

    before: Reminder
    after: Reminder
    in_flight: int
    """Messages of before whose sending had begun: they may still arrive."""
    warnings: tuple[PlannedWarning, ...] = ()
    """Of a session with a new end, the earliest first."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class CustomEdit:
    """What the form for a reminder says; each field is what it is to be from now on."""

    note: str
    at: datetime | None = None
    """When it comes next; None leaves that."""
    repeat: Repeat | None = None
    keeps_repeat: bool = False
    """`repeat` says what holds already."""
    zone: str | None = None
    """The owner's zone, an IANA name: a new time, or a new rule, goes by its clocks."""
    quiet: QuietHours | None = None


@final
class Edits:
    """Edits of one owner's reminders. Each names the revision that its form was opened on."""

    def __init__(
        self,
        *,
        shelf: ReminderShelf,
        clock: Clock,
        wake: Callable[[datetime], None],
        rules: PromiseRules,
    ) -> None:
        self._shelf = shelf
        self._clock = clock
        self._wake = wake
        self._rules = rules

    async def current(self, owner_id: int, reminder_id: ReminderId, *, based_on: int) -> Reminder:
        """Return the reminder, as long as it is the one that the form was opened on.

        Raises:
            NotFound: the owner has no such reminder.
            WasCancelled: it was cancelled.
            ChangedMeanwhile: it was edited since.
        """
        reminder = await self._shelf.get(owner_id, reminder_id)
        if reminder is None:
            raise NotFound
        if reminder.cancelled_at is not None:
            raise WasCancelled
        if reminder.revision != based_on:
            raise ChangedMeanwhile
        return reminder

    async def custom(self, before: Reminder, edit: CustomEdit) -> Edited:
        """Edit a reminder of anything, as `current` returned it.

        Raises:
            TooSoon: the new time is nearer than the soonest that is promised.
            TooFar: the new time is too far away.
            NoteTooLong: the note is too long.
            EndsBeforeFirst: it would end before it comes once.
            AlreadyOver: it is to repeat, and neither a time was given nor is one known of before.
            NotFound: the owner has it no more.
            WasCancelled: it was cancelled since.
            ChangedMeanwhile: it was edited since.
            TooMany: nothing of it is to come, and the owner has as many as one may have.
        """
        check_note(edit.note, rules=self._rules)
        zone = before.zone if edit.at is None and edit.keeps_repeat else edit.zone or before.zone
        recurrence, first = self._planned(before, edit, zone=zone)
        if first is not None:
            check_instant(first, now=self._clock.now(), rules=self._rules)
        return await self._revised(
            before,
            Revision(
                based_on=before.revision,
                note=edit.note,
                ends_at=before.ends_at,
                zone=zone,
                recurrence=recurrence,
                occurrences=None if first is None else (deferred(first, edit.quiet),),
            ),
        )

    async def session(
        self,
        before: Reminder,
        *,
        ends_at: datetime | None,
        note: str | None,
        wished_end: datetime | None = None,
    ) -> Edited:
        """Edit a session, as `current` returned it; with a new end its warnings are planned anew.

        Args:
            before: the session.
            ends_at: its new end; None leaves that.
            note: the owner's own words.
            wished_end: when its owner expects it to end, where that is after `ends_at`.

        Raises:
            TooSoon: the new end is nearer than the soonest that is promised.
            TooFar: the new end is too far away.
            NoteTooLong: the note is too long.
            NotFound: the owner has it no more.
            WasCancelled: it was cancelled since.
            ChangedMeanwhile: it was edited since.
            TooMany: nothing of it is to come, and the owner has as many as one may have.
        """
        check_note(note, rules=self._rules)
        warnings: tuple[PlannedWarning, ...] = ()
        if ends_at is not None and ends_at != before.ends_at:
            now = self._clock.now()
            check_instant(ends_at, now=now, rules=self._rules)
            leads = leads_of(before.occurrences, created_at=before.created_at) or self._rules.leads
            warnings = plan_warnings(now=now, ends_at=ends_at, leads=leads)
        edited = await self._revised(
            before,
            Revision(
                based_on=before.revision,
                note=note,
                ends_at=ends_at or before.ends_at,
                zone=before.zone,
                recurrence=None,
                occurrences=tuple(
                    PlannedOccurrence(due_at=each.due_at, lead=each.lead) for each in warnings
                )
                or None,
                wished_end=wished_end,
            ),
        )
        return Edited(
            before=edited.before, after=edited.after, in_flight=edited.in_flight, warnings=warnings
        )

    def extended(self, before: Reminder, *, by: timedelta) -> datetime:
        """Return the end of a longer session: from its end on, or from now where that passed."""
        now = self._clock.now()
        return max(before.ends_at or now, now) + by

    def _planned(
        self, before: Reminder, edit: CustomEdit, *, zone: str | None
    ) -> tuple[Recurrence | None, datetime | None]:
        """Return how it repeats from now on, and what comes next; None leaves what is to come."""
        old, coming = before.recurrence, before.next_planned
        if edit.repeat is None:
            # A series that no longer repeats comes once more.
            return None, edit.at
        if not edit.keeps_repeat or edit.at is not None:
            at = edit.at or coming
            if at is None:
                return self._resumed(before, edit.repeat, zone=zone)
            return edit.repeat.starting(at, zone=zone)
        assert old is not None  # noqa: S101 - what is kept is there
        until = edit.repeat.until
        recurrence = Recurrence(rule=old.rule, zone=old.zone, until=until)
        if coming is None:  # it had ended, and may go on
            following = recurrence.next_after(self._clock.now())
            return recurrence, following if until != old.until else None
        if until is not None and coming > until:
            raise EndsBeforeFirst(first=coming, until=until)
        return recurrence, None

    def _resumed(
        self, before: Reminder, repeat: Repeat, *, zone: str | None
    ) -> tuple[Recurrence, datetime]:
        """Return how what was sent repeats from its own time on, and when it comes next."""
        now = self._clock.now()
        last = _last_planned(before, now)
        if last is None:
            raise AlreadyOver
        endless, first = replace(repeat, until=None).starting(last, zone=zone)
        following = first if first > now else endless.next_after(now)
        if following is None:
            raise AlreadyOver
        until = repeat.until
        if until is not None and following > until:
            raise EndsBeforeFirst(first=following, until=until)
        return replace(endless, until=until), following

    async def _revised(self, before: Reminder, revision: Revision) -> Edited:
        found = await self._shelf.revise(
            before.owner_id, before.id, revision, limit=self._rules.per_user
        )
        if found is None:
            raise NotFound
        if found.reminder.cancelled_at is not None:
            raise WasCancelled
        if found.reminder.next_due_at is not None:
            self._wake(found.reminder.next_due_at)
        return Edited(before=before, after=found.reminder, in_flight=found.in_flight)


def _last_planned(reminder: Reminder, now: datetime) -> datetime | None:
    """Return when the last message was planned; of a series that ended, when one more would be."""
    planned = (each for each in reminder.occurrences if each.snooze_of is None)
    last = max((each.planned_for or each.due_at for each in planned), default=None)
    if last is not None or reminder.recurrence is None:
        return last
    return replace(reminder.recurrence, until=None).next_after(now)
