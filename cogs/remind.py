"""`/remind`: promises before a session ends, and of anything else."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, final

from discord import Interaction, app_commands, ui
from discord.ext import commands
from typing_extensions import override

from bot.catalog.shelf import CatalogShelf
from bot.clock import Clock
from bot.discord.actions import Form, chosen, on_click
from bot.discord.errors import Complaints, UserError
from bot.discord.mentions import CommandMentions
from bot.discord.people import People, Person
from bot.discord.reminder_buttons import CANCEL, SHOW, SNOOZES
from bot.preferences import Preferences
from bot.reminders.custom_id import RemindButton
from bot.reminders.errors import NotFound
from bot.reminders.models import Destination, ReminderId
from bot.reminders.service import Reminders
from bot.speech import stamps
from bot.speech.figures import plain
from bot.speech.neutral import neutral
from bot.speech.offers import OfferSpeech
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from bot.when import MAX_CHARACTERS, Kind, Reading, Slot
from cogs._echo import time_choices
from cogs._places import destination_for, origin_of
from cogs._replies import (
    MOST_CHOICES,
    named_offer,
    offer_choices,
    privately,
    privately_once_done,
    replace_or_reply,
)
from cogs._times import read_leads, read_time
from cogs._zones import TEMPLATE as ZONE_TEMPLATE
from cogs._zones import GoOn, ZoneQuestion
from cogs.views import offer as offer_views
from cogs.views.layout import card, text
from cogs.views.reminders import PICK, UNDO, ReminderViews

if TYPE_CHECKING:
    from bot.discord.client import ScoutBot

FAILURES_SHOWN_FOR: Final = timedelta(days=30)
NOTE_LENGTH: Final = 500
LONGEST_ID: Final = 18
WHERE = Literal["dm", "here"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionWish:
    """`/remind session` as it was typed."""

    duration: str
    offer_id: str | None = None
    leads: tuple[timedelta, ...] | None = None
    note: str | None = None
    here: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomWish:
    """`/remind me` as it was typed."""

    when: str
    about: str
    here: bool | None = None


@final
class Remind(commands.GroupCog, group_name="remind"):
    """Makes, lists and cancels promises."""

    def __init__(
        self,
        *,
        reminders: Reminders,
        shelf: CatalogShelf,
        people: People,
        preferences: Preferences,
        question: ZoneQuestion,
        clock: Clock,
        mentions: CommandMentions,
        complaints: Complaints,
        tag: str,
    ) -> None:
        super().__init__()
        self._reminders = reminders
        self._shelf = shelf
        self._people = people
        self._preferences = preferences
        self._question = question
        self._clock = clock
        self._mentions = mentions
        self._complaints = complaints
        self._tag = tag

    # ---------------------------------------------------------------- commands

    @app_commands.command(name="session")
    async def session(
        self,
        interaction: Interaction[Any],
        duration: str,
        provider: str | None = None,
        leads: str | None = None,
        note: str | None = None,
        where: WHERE | None = None,
    ) -> None:
        """Promise to warn before a session ends."""
        wish = SessionWish(
            duration=duration,
            offer_id=None if provider is None else named_offer(self._shelf.catalog, provider).id,
            leads=None if leads is None else read_leads(leads, now=self._clock.now()),
            note=shown_note(note),
            here=None if where is None else where == "here",
        )
        stored = partial(self._session_stored, wish)
        await self._promise(interaction, wish.duration, Slot.DURATION, stored)

    @app_commands.command(name="me")
    async def me(
        self,
        interaction: Interaction[Any],
        when: str,
        about: str,
        where: WHERE | None = None,
    ) -> None:
        """Promise to remind of anything."""
        note = shown_note(about)
        if note is None:
            raise UserError(Phrase("error-note-empty"))
        wish = CustomWish(when=when, about=note, here=None if where is None else where == "here")
        stored = partial(self._custom_stored, wish)
        await self._promise(interaction, wish.when, Slot.TIME, stored)

    @app_commands.command(name="list")
    async def list(self, interaction: Interaction[Any]) -> None:
        """Show what is to come, and what could not be delivered."""
        person = await self._people.behind(interaction)
        active = await self._reminders.active(person.id)
        failed = await self._reminders.failed(person.id, within=FAILURES_SHOWN_FOR)
        empty = person.words(
            "remind-list-empty",
            session=self._mentions("remind session"),
            me=self._mentions("remind me"),
        )
        view = self._views(person.words).listing(active, failed, empty=empty, now=self._clock.now())
        await privately(interaction, view)

    @app_commands.command(name="cancel")
    async def cancel(self, interaction: Interaction[Any], reminder: str) -> None:
        """Cancel one of the user's reminders."""
        person = await self._people.behind(interaction)
        await privately_once_done(interaction, self._cancelled(person, _reminder_id(reminder)))

    @session.autocomplete("provider")
    async def complete_provider(
        self, interaction: Interaction[Any], current: str
    ) -> "list[app_commands.Choice[str]]":
        """Return the offers that fit what was typed so far."""
        person = await self._people.behind(interaction)
        return offer_choices(self._shelf.catalog.search(current), self._speech(person.words))

    @session.autocomplete("duration")
    async def complete_duration(
        self, interaction: Interaction[Any], current: str
    ) -> "list[app_commands.Choice[str]]":
        """Return how the length of a session is read."""
        return await self._echoed(interaction, current, Slot.DURATION)

    @me.autocomplete("when")
    async def complete_when(
        self, interaction: Interaction[Any], current: str
    ) -> "list[app_commands.Choice[str]]":
        """Return how a time is read."""
        return await self._echoed(interaction, current, Slot.TIME)

    async def _echoed(
        self, interaction: Interaction[Any], current: str, slot: Slot
    ) -> "list[app_commands.Choice[str]]":
        person, now = await self._people.behind(interaction), self._clock.now()
        rules = self._reminders.rules
        return time_choices(current, now=now, person=person, slot=slot, rules=rules)

    @cancel.autocomplete("reminder")
    async def complete_reminder(
        self, interaction: Interaction[Any], current: str
    ) -> "list[app_commands.Choice[str]]":
        """Return the user's reminders that contain what was typed so far."""
        person = await self._people.behind(interaction)
        views, now = self._views(person.words), self._clock.now()
        choices = [
            app_commands.Choice(name=views.label(each, now), value=str(each.id))
            for each in await self._reminders.active(person.id)
        ]
        wanted = current.casefold()
        return [each for each in choices if wanted in each.name.casefold()][:MOST_CHOICES]

    # -------------------------------------------------------------- components

    async def pressed(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Do what a button below a reminder, or below its confirmation, says."""
        button = RemindButton.from_match(match)
        if button.tag != self._tag:
            raise UserError(Phrase("button-too-old"))
        person = await self._people.behind(interaction)
        match button.action:
            case action if action == CANCEL:
                view = await self._cancelled(person, button.reminder_id)
            case action if action == UNDO:
                restored = await self._reminders.undo_cancel(person.id, button.reminder_id)
                view = self._views(person.words).restored(restored)
            case action if action in SNOOZES:
                view = await self._snoozed(person, button, timedelta(minutes=SNOOZES[action]))
            case action if action == SHOW:
                view = await self._shown(person, button.reminder_id)
            case _:
                raise NotFound
        await replace_or_reply(interaction, view)

    async def picked(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Cancel the reminder that was picked from the list."""
        person = await self._people.behind(interaction)
        for value in chosen(interaction)[:1]:
            await privately_once_done(interaction, self._cancelled(person, _reminder_id(value)))

    async def start_timer(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Open the form behind "Start timer"."""
        person = await self._people.behind(interaction)
        offer = named_offer(self._shelf.catalog, match["offer"])
        limit = offer.session.limit_hours.value
        form = TimerForm(
            person.words,
            duration=None if limit is None else f"{plain(limit)}h",
            complaints=self._complaints,
            take=partial(self._timer_sent, offer.id),
        )
        await interaction.response.send_modal(form)

    async def _timer_sent(
        self, offer_id: str, interaction: Interaction[Any], duration: str, note: str
    ) -> None:
        wish = SessionWish(duration=duration, offer_id=offer_id, note=shown_note(note))
        stored = partial(self._session_stored, wish)
        await self._promise(interaction, wish.duration, Slot.DURATION, stored)

    # ---------------------------------------------------------------- promises

    async def _promise(
        self, interaction: Interaction[Any], typed: str, slot: Slot, stored: GoOn
    ) -> None:
        """Store a wish and confirm it; ask for the time zone first where the wish needs one."""
        person = await self._people.behind(interaction)
        reading = self._read(typed, person, slot)
        if reading.needs_zone and person.settings.zone is None:
            await self._question.ask(interaction, person, typed=typed, go_on=stored)
            return
        await privately_once_done(interaction, stored(interaction, person))

    async def _session_stored(
        self, wish: SessionWish, interaction: Interaction[Any], person: Person
    ) -> ui.LayoutView:
        asked_at = self._clock.now()
        reading = self._read(wish.duration, person, Slot.DURATION)
        destination, remark = await self._destination(interaction, person, wish)
        promise = await self._reminders.create_session(
            person.id,
            ends_at=reading.at,
            destination=destination,
            origin=origin_of(interaction),
            locale=person.words.locale,
            leads=wish.leads or person.settings.leads,
            offer_id=wish.offer_id,
            note=wish.note,
            zone=person.settings.zone,
            asked_at=asked_at,
        )
        remarks = self._remarks(person.words, reading, remark)
        return self._views(person.words).confirmation(promise, remarks=remarks)

    async def _custom_stored(
        self, wish: CustomWish, interaction: Interaction[Any], person: Person
    ) -> ui.LayoutView:
        asked_at = self._clock.now()
        reading = self._read(wish.when, person, Slot.TIME)
        destination, remark = await self._destination(interaction, person, wish)
        promise = await self._reminders.create_custom(
            person.id,
            at=reading.at,
            note=wish.about,
            destination=destination,
            origin=origin_of(interaction),
            locale=person.words.locale,
            zone=person.settings.zone,
            asked_at=asked_at,
        )
        remarks = self._remarks(person.words, reading, remark)
        return self._views(person.words).confirmation(promise, remarks=remarks)

    # ------------------------------------------------------------------- parts

    def _read(self, typed: str, person: Person, slot: Slot) -> Reading:
        zone = person.settings.zone
        return read_time(typed, now=self._clock.now(), zone=zone, slot=slot)

    async def _destination(
        self, interaction: Interaction[Any], person: Person, wish: SessionWish | CustomWish
    ) -> tuple[Destination, str | None]:
        here = person.settings.delivers_here if wish.here is None else wish.here
        return await destination_for(interaction, here=here, preferences=self._preferences)

    def _remarks(self, words: Words, reading: Reading, place: str | None) -> "list[str]":
        remarks = [] if place is None else [words(place)]
        if reading.ambiguous or reading.kind is Kind.DATE:
            remarks.append(words("remind-ambiguous", full=stamps.full(reading.at)))
        return remarks

    async def _cancelled(self, person: Person, reminder_id: ReminderId) -> ui.LayoutView:
        cancelled = await self._reminders.cancel(person.id, reminder_id)
        return self._views(person.words).cancelled(
            cancelled.reminder, in_flight=cancelled.in_flight
        )

    async def _snoozed(
        self, person: Person, button: RemindButton, delay: timedelta
    ) -> ui.LayoutView:
        until = await self._reminders.snooze(
            person.id, button.reminder_id, button.number, delay=delay
        )
        said = person.words("snoozed", relative=stamps.relative(until), clock=stamps.clock(until))
        return card(text(said))

    async def _shown(self, person: Person, reminder_id: ReminderId) -> ui.LayoutView:
        reminder = await self._reminders.get(person.id, reminder_id)
        lines = [person.words("shown-title"), self._views(person.words).what(reminder)]
        return card(text("\n".join(lines)))

    def _speech(self, words: Words) -> OfferSpeech:
        return OfferSpeech(catalog=self._shelf.catalog, words=words, now=self._clock.now())

    def _views(self, words: Words) -> ReminderViews:
        return ReminderViews(words=words, speech=self._speech(words), tag=self._tag)


@final
class TimerForm(Form):
    """How long the session lasts, and a note."""

    def __init__(
        self,
        words: Words,
        *,
        duration: str | None,
        complaints: Complaints,
        take: Callable[[Interaction[Any], str, str], Awaitable[None]],
    ) -> None:
        super().__init__(title=words("timer-form"), complaints=complaints)
        self._take = take
        self._duration: ui.TextInput[Form] = ui.TextInput(
            custom_id="duration", default=duration, max_length=MAX_CHARACTERS
        )
        self._note: ui.TextInput[Form] = ui.TextInput(
            custom_id="note", required=False, max_length=NOTE_LENGTH
        )
        self.add_item(ui.Label(text=words("timer-duration"), component=self._duration))
        self.add_item(ui.Label(text=words("timer-note"), component=self._note))

    @override
    async def on_submit(self, interaction: Interaction[Any], /) -> None:
        """Promise what was filled in."""
        await self._take(interaction, self._duration.value, self._note.value)


def shown_note(note: str | None) -> str | None:
    """Return the note, or None where nothing of it could be shown."""
    if note is None or not neutral(note, most=NOTE_LENGTH).strip():
        return None
    return note.strip()


def _reminder_id(value: str) -> ReminderId:
    if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_ID):
        raise NotFound
    return ReminderId(int(value))


async def setup(bot: "ScoutBot") -> None:
    """Add the cog, and what its buttons and selects do."""
    services = bot.services
    question = ZoneQuestion(
        people=services.people,
        preferences=services.preferences,
        clock=services.clock,
        mentions=services.mentions,
        complaints=services.complaints,
    )
    cog = Remind(
        reminders=services.reminders,
        shelf=services.shelf,
        people=services.people,
        preferences=services.preferences,
        question=question,
        clock=services.clock,
        mentions=services.mentions,
        complaints=services.complaints,
        tag=services.tag,
    )
    await bot.add_cog(cog)
    for template, handler in (
        (RemindButton.PATTERN, cog.pressed),
        (re.escape(PICK), cog.picked),
        (re.escape(offer_views.TIMER) + "(?P<offer>[a-z0-9-]+)", cog.start_timer),
        (ZONE_TEMPLATE, question.answered),
    ):
        bot.add_dynamic_items(on_click(template, handler, complaints=services.complaints))
