"""`/gpu follow`: a part of the cog in `gpu.py`, which owns the group."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from discord import Interaction, app_commands, ui

from bot.catalog.offer import Offer
from bot.discord.actions import Handler, chosen
from bot.discord.people import Person
from bot.follows import Follows
from bot.preferences import Preferences
from bot.speech.offers import OfferSpeech
from cogs._places import destination_for, origin_of
from cogs._recommend import Recommending
from cogs._replies import named_offer, offer_choices, privately_once_done, replace_or_reply
from cogs.views import following as views


class Following(Recommending):
    """The command, and what stops it."""

    _follows: Follows
    _preferences: Preferences

    @app_commands.command(name="follow")
    async def follow(self, interaction: Interaction[Any], offer: str | None = None) -> None:
        """Begin to follow an offer, or list what the user follows."""
        person = await self._people.behind(interaction)
        if offer is None:
            await privately_once_done(interaction, self._list(person))
        else:
            wanted = named_offer(self._shelf.catalog, offer)
            await privately_once_done(interaction, self._begun(interaction, wanted, person))

    @follow.autocomplete("offer")
    async def complete_followed(
        self, interaction: Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Return the offers that fit what was typed so far."""
        words = (await self._people.behind(interaction)).words
        catalog = self._shelf.catalog
        speech = OfferSpeech(catalog=catalog, words=words, now=self._clock.now())
        return offer_choices(catalog.search(current), speech)

    async def follow_stopped(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Stop following what was chosen, and show what is left."""
        person = await self._people.behind(interaction)
        for offer_id in chosen(interaction)[:1]:
            await self._follows.stop(person.id, offer_id)
        await replace_or_reply(interaction, await self._list(person))

    async def _begun(
        self, interaction: Interaction[Any], offer: Offer, person: Person
    ) -> ui.LayoutView:
        words = person.words
        destination, _ = await destination_for(
            interaction, here=person.settings.delivers_here, preferences=self._preferences
        )
        added = await self._follows.add(
            person.id,
            offer,
            destination=destination,
            origin=origin_of(interaction),
            locale=words.locale,
        )
        key = "follow-begun" if added else "follow-already"
        return views.following(words(key, name=offer.short), await self._followed(person), words)

    async def _list(self, person: Person) -> ui.LayoutView:
        words, followed = person.words, await self._followed(person)
        if not followed:
            return views.following(
                words("follow-none", command=self._mentions("gpu follow")), followed, words
            )
        return views.following(words("follow-title"), followed, words)

    async def _followed(self, person: Person) -> Sequence[tuple[str, str]]:
        """Return ids and names of what the user follows; the catalog may have dropped some."""
        offers = self._shelf.catalog.offers
        ids = await self._follows.of_user(person.id)
        return [(each, offers[each].short if each in offers else each) for each in ids]


CLICKS: Final[tuple[tuple[str, Callable[[Following], Handler]], ...]] = (
    (re.escape(views.STOP), lambda cog: cog.follow_stopped),
)
"""What a choice in each `custom_id` does."""
