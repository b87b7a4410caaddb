"""Asks a user for their time zone, once, and then goes on with what they wanted."""

import re
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, final

import discord
from discord import Interaction, app_commands, ui
from typing_extensions import override

from bot.clock import Clock
from bot.discord.actions import Form, chosen
from bot.discord.errors import Complaints, UserError
from bot.discord.mentions import CommandMentions
from bot.discord.people import People, Person
from bot.preferences import Preferences
from bot.speech.neutral import neutral
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from bot.when import zones
from bot.when.zones import ZoneChoice
from cogs._replies import replace_or_reply_once_done
from cogs.views.layout import button, card, row, text

TEMPLATE: Final = r"zone:(?P<step>pick|other):(?P<draft>[A-Za-z0-9_-]{1,32})"
MOST_DRAFTS: Final = 1000
MOST_CHOICES: Final = 25
VALUE_SHOWN: Final = 60

GoOn = Callable[[Interaction[Any], Person], Coroutine[Any, Any, ui.LayoutView]]
"""Does what the user wanted, now that their zone is known, and returns what to show."""


@final
class ZoneQuestion:
    """The question, its answers, and what waits for them.

    What waits is kept in memory: after a restart the zone is saved all the same, and the user is
    told to send the command again. Nothing was promised by then, so nothing is lost.
    """

    def __init__(
        self,
        *,
        people: People,
        preferences: Preferences,
        clock: Clock,
        mentions: CommandMentions,
        complaints: Complaints,
    ) -> None:
        self._people = people
        self._preferences = preferences
        self._clock = clock
        self._mentions = mentions
        self._complaints = complaints
        self._drafts: OrderedDict[str, GoOn] = OrderedDict()

    async def ask(
        self, interaction: Interaction[Any], person: Person, *, typed: str, go_on: GoOn
    ) -> None:
        """Ask for the zone, because what was typed means nothing without it."""
        draft = secrets.token_urlsafe(12)
        self._drafts[draft] = go_on
        while len(self._drafts) > MOST_DRAFTS:
            self._drafts.popitem(last=False)
        words = person.words
        now = self._clock.now()
        select: ui.Select[ui.LayoutView] = ui.Select(
            custom_id=f"zone:pick:{draft}",
            placeholder=words("zone-ask-pick"),
            options=[
                discord.SelectOption(label=zone_label(choice, words), value=choice.name)
                for choice in zones.search("", now=now, limit=MOST_CHOICES)
            ],
        )
        question = words(
            "zone-ask",
            value=neutral(typed, most=VALUE_SHOWN),
            settings=self._mentions("settings me"),
        )
        other = button(words("zone-ask-other"), f"zone:other:{draft}")
        view = card(text(question), row(select), row(other))
        await interaction.response.send_message(view=view, ephemeral=True)

    async def answered(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Take a choice from the select, or open the form for a city that is not in it."""
        person = await self._people.behind(interaction)
        if match["step"] == "other":
            await interaction.response.send_modal(
                _ZoneForm(
                    person.words,
                    complaints=self._complaints,
                    take=lambda reply, city: self._take(reply, match["draft"], city),
                )
            )
            return
        for name in chosen(interaction)[:1]:
            await self._take(interaction, match["draft"], name)

    async def _take(self, interaction: Interaction[Any], draft: str, typed: str) -> None:
        zone = resolve_zone(typed)
        await replace_or_reply_once_done(interaction, self._gone_on(interaction, draft, zone))

    async def _gone_on(self, interaction: Interaction[Any], draft: str, zone: str) -> ui.LayoutView:
        person = await self._people.behind(interaction)
        settings = await self._preferences.set_zone(person.id, zone)
        go_on = self._drafts.pop(draft, None)
        if go_on is None:
            return card(text(person.words("zone-forgotten", zone=zone)))
        return await go_on(interaction, replace(person, settings=settings))


def resolve_zone(typed: str) -> str:
    """Return the IANA name of what was typed or chosen.

    Raises:
        UserError: there is no such zone.
    """
    zone = zones.resolve(typed)
    if zone is None:
        said = {"value": neutral(typed, most=VALUE_SHOWN)}
        if meant := zones.meanings(typed):
            cities = " / ".join(each.rpartition("/")[2].replace("_", " ") for each in meant)
            raise UserError(Phrase("error-zone-several", {**said, "cities": cities}))
        raise UserError(Phrase("error-zone-unknown", said))
    return zone


def zone_choices(current: str, *, now: datetime, words: Words) -> list[app_commands.Choice[str]]:
    """Return autocomplete choices for what was typed so far; the popular ones for nothing."""
    return [
        app_commands.Choice(name=zone_label(choice, words), value=choice.name)
        for choice in zones.search(current, now=now, limit=MOST_CHOICES)
    ]


def zone_label(choice: ZoneChoice, words: Words) -> str:
    """Return `Shanghai · UTC+8 · now 21:30`."""
    return words(
        "zone-option",
        city=choice.name.replace("_", " "),
        offset=choice.offset_text,
        time=choice.local.strftime("%H:%M"),
    )


@final
class _ZoneForm(Form):
    """One field: the city."""

    def __init__(
        self,
        words: Words,
        *,
        complaints: Complaints,
        take: Callable[[Interaction[Any], str], Awaitable[None]],
    ) -> None:
        super().__init__(title=words("zone-ask-form"), complaints=complaints)
        self._take = take
        self._city: ui.TextInput[Form] = ui.TextInput(max_length=50, custom_id="city")
        self.add_item(ui.Label(text=words("zone-ask-field"), component=self._city))

    @override
    async def on_submit(self, interaction: Interaction[Any], /) -> None:
        """Take what was typed."""
        await self._take(interaction, self._city.value)
