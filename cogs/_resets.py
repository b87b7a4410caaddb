"""The button "Remind me when it resets": what is watched of a quota, turned on and off."""

from contextlib import suppress
from typing import Any, final

from discord import Interaction

from bot.catalog.offer import Offer
from bot.discord.people import Person
from bot.preferences import Preferences
from bot.quotas.book import Scope
from bot.reminders.errors import AlreadyOver
from bot.reminders.service import Reminders
from bot.speech import stamps
from bot.watches import Watches
from cogs._places import destination_for, origin_of


@final
class Resets:
    """Turns the reminder of one renewal on and off. Either, pressed twice, is once."""

    def __init__(self, *, watches: Watches, reminders: Reminders, preferences: Preferences) -> None:
        self._watches = watches
        self._reminders = reminders
        self._preferences = preferences

    async def on(self, interaction: Interaction[Any], person: Person, offer: Offer) -> str:
        """Have the renewal told, and return what to say of it."""
        destination, remark = await destination_for(
            interaction, here=person.settings.delivers_here, preferences=self._preferences
        )
        watched = await self._watches.watch(
            person.id,
            offer,
            Scope.RESET,
            destination=destination,
            origin=origin_of(interaction),
            locale=person.words.locale,
            zone=person.settings.zone,
        )
        words, at = person.words, watched.reminder.next_due_at
        if watched.before is Scope.ALL:
            return words("reset-watched")
        if at is None:
            return words("reset-nothing-yet")
        said = words("reset-on", full=stamps.full(at), relative=stamps.relative(at))
        return said if remark is None else f"{said}\n{words(remark)}"

    async def off(self, person: Person, offer: Offer) -> str:
        """Have nothing told of the quota any more, and return what to say of it."""
        which = await self._watches.find(person.id, offer)
        if which is not None:
            with suppress(AlreadyOver):  # told meanwhile, or another press was faster
                await self._reminders.cancel(person.id, which)
        return person.words("reset-off")
