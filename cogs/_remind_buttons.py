"""What the buttons below a reminder do, and the forms behind two of them."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from discord import Interaction, ui

from bot.discord.errors import UserError
from bot.discord.forms import Field, open_form
from bot.discord.people import Person
from bot.discord.reminder_buttons import (
    CANCEL,
    EDIT,
    ENDED,
    EXTEND,
    SHOW,
    SNOOZE_TOMORROW,
    SNOOZES,
)
from bot.reminders.custom_id import RemindButton
from bot.reminders.edits import CustomEdit, Edited
from bot.reminders.errors import AlreadyOver, NotFound, WasCancelled
from bot.reminders.models import Reminder, ReminderId, ReminderKind
from bot.reminders.repeat import Repeat
from bot.speech import stamps
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from bot.speech.recurrences import typed_every
from bot.when import MAX_CHARACTERS, Reading, Slot
from bot.when.instants import instants
from cogs._ends import new_end
from cogs._moved import Moves
from cogs._remind_base import NOTE_LENGTH, is_quiet_meanwhile, shown_note
from cogs._remind_list import RemindList
from cogs._replies import in_time, replace_or_reply_once_done
from cogs._times import read_every_option, read_until
from cogs.views.layout import card, text
from cogs.views.reminders import UNDO, Ending

FORM_TEMPLATE: Final = (
    r"remform:(?P<tag>[0-9a-f]{8}):(?P<what>edit|extend)"
    r":(?P<reminder>[1-9][0-9]{0,17}):(?P<revision>[0-9]{1,9})"
)
TOMORROW: Final = datetime(2026, 1, 1, 9).time()  # noqa: DTZ001 - a time of day has no zone
LENGTH_SHOWN: Final = "1h"


class RemindButtons(RemindList):
    """The part of the cog that buttons lead to."""

    async def pressed(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Do what a button below a reminder, or below its confirmation, says."""
        button = RemindButton.from_match(match)
        if button.tag != self._tag:
            raise UserError(Phrase("button-too-old"))
        if button.action in {EDIT, EXTEND}:
            await self._open(interaction, button)
        elif button.action == SNOOZE_TOMORROW:
            await self._snooze_tomorrow(interaction, button)
        else:
            await replace_or_reply_once_done(interaction, self._done(interaction, button))

    async def form_sent(
        self, interaction: Interaction[Any], match: re.Match[str], fields: Mapping[str, str]
    ) -> None:
        """Change what the form says."""
        if match["tag"] != self._tag:
            raise UserError(Phrase("button-too-old"))
        person = await self._people.behind(interaction)
        which, revision = ReminderId(int(match["reminder"])), int(match["revision"])
        if match["what"] == "extend":
            extended = self._extended(person, which, revision, fields["length"])
            await replace_or_reply_once_done(interaction, extended)
            return
        before = await in_time(self._reminders.edits.current(person.id, which, based_on=revision))
        edited = partial(self._edited, before, fields)
        if person.settings.zone is None and self._needs_zone(before, fields, person):
            typed = fields.get("when") or fields.get("every") or fields.get("until") or ""
            await self._question.ask(interaction, person, typed=typed, go_on=edited)
            return
        await replace_or_reply_once_done(interaction, edited(interaction, person))

    # ------------------------------------------------------------------ buttons

    async def _done(self, interaction: Interaction[Any], button: RemindButton) -> ui.LayoutView:
        which = button.reminder_id
        match button.action:
            case action if action == CANCEL:
                return await self.cancelled(interaction, which)
            case action if action == ENDED:
                return await self._ended(interaction, which)
            case action if action == UNDO:
                person = await self._people.behind(interaction)
                moves = await Moves.since_now(self._ledger, self._shelf.catalog, person)
                restored = await self._reminders.undo_cancel(person.id, which)
                return self._views(person.words).restored(restored, remarks=await moves.told())
            case action if action in SNOOZES:
                person = await self._people.behind(interaction)
                until = self._clock.now() + timedelta(minutes=SNOOZES[action])
                return await self._snoozed(button, until, person)
            case action if action == SHOW:
                person = await self._people.behind(interaction)
                found = await self._reminders.get(person.id, which)
                return self._views(person.words).shown(found, button.number, now=self._clock.now())
            case _:
                raise NotFound

    async def _ended(self, interaction: Interaction[Any], which: ReminderId) -> ui.LayoutView:
        person = await self._people.behind(interaction)
        moves = await Moves.since_now(self._ledger, self._shelf.catalog, person)
        await self._ledger.end_session(person.id, which)
        try:
            cancelled = await self._reminders.cancel(person.id, which)
        except AlreadyOver:
            # The last warning has its button too: to say so is no mistake.
            said = [person.words("remind-ended-already"), *await moves.told()]
            return card(text("\n".join(said)))
        return self._views(person.words).cancelled(
            cancelled.reminder,
            in_flight=cancelled.in_flight,
            why=Ending.ENDED,
            remarks=await moves.told(),
        )

    async def _snoozed(
        self, button: RemindButton, until: datetime, person: Person
    ) -> ui.LayoutView:
        until = await self._reminders.snooze(
            person.id, button.reminder_id, button.number, until=until
        )
        words = person.words
        said = [words("snoozed", relative=stamps.relative(until), clock=stamps.clock(until))]
        ends_at = (await self._reminders.get(person.id, button.reminder_id)).ends_at
        if ends_at is not None and until >= ends_at:
            said.append(words("snoozed-past-end", clock=stamps.clock(ends_at)))
        return card(text("\n".join(said)))

    async def _snooze_tomorrow(self, interaction: Interaction[Any], button: RemindButton) -> None:
        person = await self._people.behind(interaction)
        found = await in_time(self._reminders.get(person.id, button.reminder_id))
        if found.cancelled_at is not None:
            raise WasCancelled
        zone = person.settings.zone or found.zone
        if zone is None:
            typed = person.words(f"button-{SNOOZE_TOMORROW}")

            async def go_on(_: Interaction[Any], asked: Person) -> ui.LayoutView:
                return await self._snoozed(button, self._tomorrow(asked.settings.zone), asked)

            await self._question.ask(interaction, person, typed=typed, go_on=go_on)
            return
        until = self._tomorrow(zone)
        await replace_or_reply_once_done(interaction, self._snoozed(button, until, person))

    def _tomorrow(self, zone: str | None) -> datetime:
        place = ZoneInfo(zone or "UTC")
        day = self._clock.now().astimezone(place).date() + timedelta(days=1)
        return instants(day, TOMORROW, place)[0]

    # -------------------------------------------------------------------- forms

    async def _open(self, interaction: Interaction[Any], button: RemindButton) -> None:
        async def found() -> tuple[Person, Reminder]:
            person = await self._people.behind(interaction)
            return person, await self._reminders.get(person.id, button.reminder_id)

        person, reminder = await in_time(found())
        if reminder.cancelled_at is not None:
            raise WasCancelled
        is_session = reminder.ends_at is not None
        if (button.action == EXTEND and not is_session) or reminder.kind is ReminderKind.QUOTA:
            raise NotFound
        words = person.words
        custom_id = f"remform:{self._tag}:{button.action}:{reminder.id}:{reminder.revision}"
        if button.action == EXTEND:
            fields = [_extension(words)]
        elif reminder.kind is ReminderKind.SESSION:
            fields = _session_fields(reminder, words)
        else:
            fields = _custom_fields(reminder, words)
        await open_form(
            interaction, title=words(f"{button.action}-form"), custom_id=custom_id, fields=fields
        )

    async def _extended(
        self, person: Person, which: ReminderId, revision: int, typed: str
    ) -> ui.LayoutView:
        reading = self._read(typed, person, Slot.DURATION)
        if not reading.parts or reading.needs_zone:
            raise UserError(Phrase("extend-not-length"))
        edits = self._reminders.edits
        before = await edits.current(person.id, which, based_on=revision)
        ends_at = edits.extended(before, by=timedelta(seconds=reading.seconds))
        return await self._ends_anew(person, before, ends_at, note=before.note, longer=True)

    async def _edited(
        self,
        before: Reminder,
        fields: Mapping[str, str],
        _interaction: Interaction[Any],
        person: Person,
    ) -> ui.LayoutView:
        edits, slot = self._reminders.edits, _slot(before)
        when = fields["when"].strip()
        reading = self._read(when, person, slot) if when else None
        note = shown_note(fields["note"])
        if before.kind is ReminderKind.SESSION:
            if reading is None:
                edited = await edits.session(before, ends_at=None, note=note)
                return self._show_edited(person, edited, [])
            return await self._ends_anew(person, before, reading.at, note=note, reading=reading)
        if note is None:
            raise UserError(Phrase("error-note-empty"))
        repeat, keeps = self._repeat(before, fields, person)
        edit = CustomEdit(
            note=note,
            at=None if reading is None else reading.at,
            repeat=repeat,
            keeps_repeat=keeps,
            zone=person.settings.zone,
            quiet=person.settings.quiet,
        )
        edited = await edits.custom(before, edit)
        remarks = self._doubts(person.words, reading, edited.after)
        return self._show_edited(person, edited, remarks)

    async def _ends_anew(
        self,
        person: Person,
        before: Reminder,
        planned: datetime,
        *,
        note: str | None,
        longer: bool = False,
        reading: Reading | None = None,
    ) -> ui.LayoutView:
        """Store another end of a session: as its owner expects it, or what comes before that."""
        moves = await Moves.since_now(self._ledger, self._shelf.catalog, person)
        end = await new_end(
            self._ledger,
            self._shelf.catalog.offers.get(before.offer_id or ""),
            person,
            before.id,
            planned=planned,
            longer=longer,
            soonest=self._clock.now() + self._reminders.rules.soonest,
        )
        edited = await self._reminders.edits.session(
            before, ends_at=end.at, note=note, wished_end=end.wished
        )
        doubts = self._doubts(person.words, reading, edited.after)
        said = [*end.said, *doubts, *await moves.told(besides=before.id)]
        if end.by_quota:
            said.append(person.words("ends-correct", show=self._mentions("quota show")))
        return self._show_edited(person, edited, said)

    def _repeat(
        self, before: Reminder, fields: Mapping[str, str], person: Person
    ) -> tuple[Repeat | None, bool]:
        """Return how it repeats from now on, and whether its rule is the one that it has."""
        every, until = fields["every"].strip(), fields["until"].strip()
        if not every:
            if until and until != _typed_until(before):
                raise UserError(Phrase("until-without-every"))
            return None, False
        old = before.recurrence
        if not until:
            end = None
        elif old is not None and until == _typed_until(before):
            end = old.until
        else:
            end = read_until(until, now=self._clock.now(), zone=person.settings.zone).at
        # Compared as typed: "week" alone would otherwise move to the weekday of the new time.
        keeps = old is not None and every == typed_every(old, person.words)
        return Repeat(every=read_every_option(every), until=end), keeps

    def _needs_zone(self, before: Reminder, fields: Mapping[str, str], person: Person) -> bool:
        when = fields["when"].strip()
        if when and self._read(when, person, _slot(before)).needs_zone:
            return True
        every, until = fields.get("every", "").strip(), fields.get("until", "").strip()
        return bool(every and read_every_option(every).needs_zone) or bool(
            until and read_until(until, now=self._clock.now(), zone=None).needs_zone
        )

    def _show_edited(self, person: Person, edited: Edited, remarks: list[str]) -> ui.LayoutView:
        if is_quiet_meanwhile(person, *(each.due_at for each in edited.warnings)):
            remarks = [*remarks, person.words("remind-quiet-warnings")]
        return self._views(person.words).edited(edited, remarks=remarks)


def _slot(reminder: Reminder) -> Slot:
    return Slot.DURATION if reminder.kind is ReminderKind.SESSION else Slot.TIME


def _extension(words: Words) -> Field:
    return Field(
        name="length",
        label=words("extend-length"),
        value=LENGTH_SHOWN,
        most=MAX_CHARACTERS,
        required=True,
    )


def _session_fields(reminder: Reminder, words: Words) -> list[Field]:
    return [
        _when_field(words("edit-ends"), words),
        _note_field(words("edit-note"), reminder, required=False),
    ]


def _custom_fields(reminder: Reminder, words: Words) -> list[Field]:
    recurrence = reminder.recurrence
    return [
        _next_field(reminder, words),
        _note_field(words("edit-about"), reminder, required=True),
        Field(
            name="every",
            label=words("edit-every"),
            value="" if recurrence is None else typed_every(recurrence, words),
            hint=words("edit-every-hint"),
            most=MAX_CHARACTERS,
        ),
        Field(
            name="until",
            label=words("edit-until"),
            value=_typed_until(reminder),
            hint=words("edit-until-hint"),
            most=MAX_CHARACTERS,
        ),
    ]


def _next_field(reminder: Reminder, words: Words) -> Field:
    if reminder.next is not None or reminder.recurrence is not None:
        return _when_field(words("edit-when"), words)
    # Nothing is to come that an empty field could keep.
    return Field(
        name="when",
        label=words("edit-when"),
        hint=words("about-when-hint"),
        most=MAX_CHARACTERS,
        required=True,
    )


def _when_field(label: str, words: Words) -> Field:
    return Field(name="when", label=label, hint=words("edit-unchanged"), most=MAX_CHARACTERS)


def _note_field(label: str, reminder: Reminder, *, required: bool) -> Field:
    return Field(
        name="note",
        label=label,
        value=reminder.note or "",
        most=NOTE_LENGTH,
        required=required,
        long=True,
    )


def _typed_until(reminder: Reminder) -> str:
    """Return the end of what repeats, as the field reads it back."""
    recurrence = reminder.recurrence
    if recurrence is None or recurrence.until is None:
        return ""
    return recurrence.until.astimezone(ZoneInfo(recurrence.zone)).strftime("%Y-%m-%d %H:%M")
