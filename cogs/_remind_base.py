"""What all parts of `/remind` share."""

from datetime import datetime, timedelta
from typing import Any, Final

from discord import Interaction
from discord.ext import commands

from bot.catalog.shelf import CatalogShelf
from bot.clock import Clock
from bot.discord.errors import Complaints
from bot.discord.mentions import CommandMentions
from bot.discord.people import People, Person
from bot.ledger import Ledger
from bot.preferences import Preferences
from bot.reminders.errors import NotFound
from bot.reminders.models import Destination, Reminder, ReminderId
from bot.reminders.service import Reminders
from bot.speech import stamps
from bot.speech.neutral import neutral
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from bot.speech.spans import span
from bot.watches import Watches
from bot.when import Kind, Reading, Slot
from bot.when.recurrence import OnDays
from cogs._places import destination_for
from cogs._times import read_time
from cogs._zones import ZoneQuestion
from cogs.views.reminder_list import ListViews
from cogs.views.reminders import ReminderViews

NOTE_LENGTH: Final = 500
LONGEST_ID: Final = 18


class RemindBase(commands.Cog):
    """The services, which the cog that is made of the parts takes in, and what each part asks."""

    _reminders: Reminders
    _shelf: CatalogShelf
    _ledger: Ledger
    _watches: Watches
    _people: People
    _preferences: Preferences
    _question: ZoneQuestion
    _clock: Clock
    _mentions: CommandMentions
    _complaints: Complaints
    _tag: str

    def _read(self, typed: str, person: Person, slot: Slot) -> Reading:
        zone = person.settings.zone
        return read_time(typed, now=self._clock.now(), zone=zone, slot=slot)

    async def _destination(
        self, interaction: Interaction[Any], person: Person, *, here: bool | None
    ) -> tuple[Destination, str | None]:
        here = person.settings.delivers_here if here is None else here
        return await destination_for(interaction, here=here, preferences=self._preferences)

    def _doubts(self, words: Words, reading: Reading | None, reminder: Reminder) -> list[str]:
        """Return the small print on how a time was read, of which the answer shows what came of it.

        Args:
            words: the language.
            reading: of the time that was typed; None where none was.
            reminder: as it is stored.
        """
        if reading is None:
            return []
        shown, recurrence = reminder.ends_at or reminder.next_planned, reminder.recurrence
        by_days = recurrence is not None and isinstance(recurrence.rule, OnDays)
        if by_days and shown is not None and shown != reading.at:
            full, first = stamps.full(reading.at), stamps.full(shown)
            return [words("remind-first-day", full=full, first=first)]
        if not reading.ambiguous and reading.kind is not Kind.DATE:
            return []
        if reading.kind is Kind.DURATION:
            length = span(timedelta(seconds=reading.seconds), words)
            return [words("remind-ambiguous-length", span=length)]
        if reading.at == shown:
            return [words("remind-ambiguous-shown")]
        return [words("remind-ambiguous", full=stamps.full(reading.at))]

    def _speech(self, words: Words) -> OfferSpeech:
        return OfferSpeech(catalog=self._shelf.catalog, words=words, now=self._clock.now())

    def _views(self, words: Words) -> ReminderViews:
        return ReminderViews(words=words, speech=self._speech(words), tag=self._tag)

    def _lists(self, words: Words) -> ListViews:
        return ListViews(words=words, views=self._views(words))


def shown_note(note: str | None) -> str | None:
    """Return the note, or None where nothing of it could be shown."""
    if note is None or not neutral(note, most=NOTE_LENGTH).strip():
        return None
    return note.strip()


def reminder_id(value: str) -> ReminderId:
    """Return the id that was typed or chosen.

    Raises:
        NotFound: it is none.
    """
    if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_ID):
        raise NotFound
    return ReminderId(int(value))


def is_quiet_meanwhile(person: Person, *instants: datetime) -> bool:
    """Whether one of these falls in the person's quiet hours."""
    quiet = person.settings.quiet
    return quiet is not None and any(quiet.defer(at) != at for at in instants)
