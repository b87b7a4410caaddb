"""`/gpu`: offers side by side, and one whole."""

import re
from collections.abc import Callable, Hashable
from io import BytesIO
from typing import TYPE_CHECKING, Any, final

from discord import File, Interaction, app_commands, ui
from discord.ext import commands

from bot.advice.compare import compare
from bot.catalog.offer import Offer
from bot.catalog.shelf import CatalogShelf
from bot.clock import Clock
from bot.discord.actions import chosen, on_click
from bot.discord.errors import Complaints
from bot.discord.mentions import CommandMentions
from bot.discord.people import People
from bot.fit.constraint import WorkloadReader
from bot.follows import Follows
from bot.pictures.gallery import Gallery
from bot.preferences import Preferences
from bot.reminders.rules import PromiseRules
from bot.reports import CatalogReports
from bot.speech.history import HistorySpeech
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from cogs import _ask, _fit, _follow, _profile, _report, _unlock
from cogs._finished import FinishedAnswers
from cogs._picture import pictured
from cogs._recommend import AGAIN_TEMPLATE, ASK_TEMPLATE, WITHOUT_TEMPLATE
from cogs._replies import (
    is_own,
    named_offer,
    offer_choices,
    privately,
    publicly,
    select_values,
)
from cogs._share import SHARE_TEMPLATE, Sharing, shareable
from cogs.views import asking, changes, comparison, sources
from cogs.views import offer as one

if TYPE_CHECKING:
    from bot.discord.client import ScoutBot

OFFER = "(?P<offer>[a-z0-9-]+)"


@final
class Gpu(
    _ask.Asking,
    _report.Reporting,
    _follow.Following,
    _unlock.Unlocking,
    _profile.Profiling,
    _fit.Fitting,
    commands.GroupCog,
    group_name="gpu",
):
    """Answers from the catalog."""

    def __init__(
        self,
        *,
        shelf: CatalogShelf,
        people: People,
        clock: Clock,
        mentions: CommandMentions,
        gallery: Gallery,
        preferences: Preferences,
        reports: CatalogReports,
        follows: Follows,
        complaints: Complaints,
        rules: PromiseRules,
        me: Callable[[], int | None],
    ) -> None:
        super().__init__()
        self._shelf = shelf
        self._people = people
        self._clock = clock
        self._mentions = mentions
        self._gallery = gallery
        self._preferences = preferences
        self._finished = FinishedAnswers()
        self._workloads = WorkloadReader()
        self._reports = reports
        self._follows = follows
        self._complaints = complaints
        self._rules = rules
        self._me = me
        self._limit(clock)

    @app_commands.command(name="compare")
    async def compare(
        self,
        interaction: Interaction[Any],
        offer1: str | None = None,
        offer2: str | None = None,
        offer3: str | None = None,
        offer4: str | None = None,
        offer5: str | None = None,
    ) -> None:
        """Show up to five offers side by side, or the default set."""
        words = await self._words(interaction)
        named = [name for name in (offer1, offer2, offer3, offer4, offer5) if name is not None]
        ids = tuple(named_offer(self._shelf.catalog, name).id for name in named)
        await publicly(interaction, self._comparison(ids, words))

    @app_commands.command(name="info")
    async def info(self, interaction: Interaction[Any], offer: str) -> None:
        """Show one offer whole."""
        words = await self._words(interaction)
        await publicly(interaction, self._card(offer, words))

    @info.autocomplete("offer")
    @compare.autocomplete("offer1")
    @compare.autocomplete("offer2")
    @compare.autocomplete("offer3")
    @compare.autocomplete("offer4")
    @compare.autocomplete("offer5")
    async def complete_offer(
        self, interaction: Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Return the offers that fit what was typed so far, by name or alias."""
        words = await self._words(interaction)
        return offer_choices(self._shelf.catalog.search(current), self._speech(words))

    async def picked(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Show the offer that was picked below a comparison, to the one who picked it."""
        words = await self._words(interaction)
        for name in chosen(interaction)[:1]:
            await self._privately(interaction, self._card(name, words), words)

    async def chose(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Compare the offers chosen: in place for the one who asked, else for oneself."""
        words = await self._words(interaction)
        names = chosen(interaction)
        # Discord tells the choice in an order of its own: those that stand there keep their place.
        standing = [each for each in self._compared(interaction) if each in names]
        added = [each for each in names if each not in standing]
        ids = tuple(named_offer(self._shelf.catalog, each).id for each in (*standing, *added))
        view = self._comparison(ids, words)
        message = interaction.message
        if message is None or not is_own(interaction):
            await self._privately(interaction, view, words)
        elif message.flags.ephemeral:
            await interaction.response.edit_message(view=shareable(view, words))
        else:
            await interaction.response.edit_message(view=view)

    async def compared_sources(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Show the sources of all offers of a comparison; the message's own select names them."""
        words = await self._words(interaction)
        offers = [named_offer(self._shelf.catalog, name) for name in self._compared(interaction)]
        await self._privately(interaction, self._sources(offers, words), words)

    async def compared_changes(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Show what changed since 2020 of all offers of a comparison."""
        words = await self._words(interaction)
        offers = [named_offer(self._shelf.catalog, name) for name in self._compared(interaction)]

        def make() -> ui.LayoutView:
            info = self._mentions("gpu info")
            return changes.changes_of(offers, speech=self._history(words), words=words, info=info)

        view = self._take(("changes", *(each.id for each in offers)), words, make)
        await self._privately(interaction, view, words)

    async def picture(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Show the comparison as a picture, to the one who asked; drawn off the event loop."""
        words = await self._words(interaction)
        catalog = self._shelf.catalog
        ids = [named_offer(catalog, name).id for name in self._compared(interaction)]
        answer = compare(catalog, ids, now=self._clock.now())
        shown = pictured(answer, catalog=catalog, words=words)
        png = await self._gallery.png(shown.picture)
        await interaction.response.send_message(
            view=shareable(comparison.picture_card(shown.alt), words),
            file=File(BytesIO(png), comparison.PICTURE_FILE),
            ephemeral=True,
        )

    async def details(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Show what the card of an offer leaves out."""
        words = await self._words(interaction)
        about = named_offer(self._shelf.catalog, match["offer"])
        view = one.details(about, speech=self._speech(words), words=words)
        await self._privately(interaction, view, words)

    async def sources(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Show where the figures of an offer come from."""
        words = await self._words(interaction)
        about = named_offer(self._shelf.catalog, match["offer"])
        await self._privately(interaction, self._sources([about], words), words)

    async def history(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Show what was true of an offer once, and what is today."""
        words = await self._words(interaction)
        about = named_offer(self._shelf.catalog, match["offer"])
        view = changes.changes(about, speech=self._history(words), words=words)
        await self._privately(interaction, view, words)

    async def _privately(
        self, interaction: Interaction[Any], view: ui.LayoutView, words: Words
    ) -> None:
        await privately(interaction, shareable(view, words))

    def _compared(self, interaction: Interaction[Any]) -> list[str]:
        return list(select_values(interaction.message, comparison.PICK))

    async def side_by_side(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Compare the offers of an answer, to the one who wants to see them so."""
        words = await self._words(interaction)
        names = match["offers"].split(",")
        ids = tuple(named_offer(self._shelf.catalog, name).id for name in names)
        await privately(interaction, self._comparison(ids, words))

    async def _words(self, interaction: Interaction[Any]) -> Words:
        return (await self._people.behind(interaction)).words

    def _speech(self, words: Words) -> OfferSpeech:
        return OfferSpeech(catalog=self._shelf.catalog, words=words, now=self._clock.now())

    def _history(self, words: Words) -> HistorySpeech:
        return HistorySpeech(speech=self._speech(words), words=words)

    def _sources(self, offers: list[Offer], words: Words) -> ui.LayoutView:
        def make() -> ui.LayoutView:
            return sources.sources(offers, speech=self._speech(words), words=words)

        return self._take(("sources", *(each.id for each in offers)), words, make)

    def _comparison(self, ids: tuple[str, ...], words: Words) -> ui.LayoutView:
        def make() -> ui.LayoutView:
            return comparison.comparison(
                compare(self._shelf.catalog, ids, now=self._clock.now()),
                catalog=self._shelf.catalog,
                speech=self._speech(words),
                words=words,
                compare=self._mentions("gpu compare"),
            )

        return self._take(("compare", ids), words, make)

    def _card(self, name: str, words: Words) -> ui.LayoutView:
        offer = named_offer(self._shelf.catalog, name)

        def make() -> ui.LayoutView:
            return one.offer_card(
                offer,
                catalog=self._shelf.catalog,
                speech=self._speech(words),
                words=words,
                compare=self._mentions("gpu compare"),
            )

        return self._take(("info", offer.id), words, make)

    def _take(
        self, what: Hashable, words: Words, make: Callable[[], ui.LayoutView]
    ) -> ui.LayoutView:
        day = self._clock.now().date()
        key = (what, self._shelf.catalog.revision, words.locale, day)
        return self._finished.take(key, make)


async def setup(bot: "ScoutBot") -> None:
    """Add the cog, and what its buttons and selects do."""
    services = bot.services
    cog = Gpu(
        shelf=services.shelf,
        people=services.people,
        clock=services.clock,
        mentions=services.mentions,
        gallery=services.gallery,
        preferences=services.preferences,
        reports=services.reports,
        follows=services.follows,
        complaints=services.complaints,
        rules=services.reminders.rules,
        me=lambda: None if bot.user is None else bot.user.id,
    )
    await bot.add_cog(cog)
    for template, handler in (
        (re.escape(comparison.PICK), cog.picked),
        (re.escape(comparison.CHOOSE), cog.chose),
        (re.escape(comparison.SOURCES), cog.compared_sources),
        (re.escape(comparison.CHANGES), cog.compared_changes),
        (re.escape(comparison.PICTURE), cog.picture),
        (one.DETAILS + OFFER, cog.details),
        (one.SOURCES + OFFER, cog.sources),
        (one.HISTORY + OFFER, cog.history),
        (AGAIN_TEMPLATE, cog.searched_again),
        (ASK_TEMPLATE, cog.asked_on),
        (WITHOUT_TEMPLATE, cog.searched_again),
        (re.escape(asking.SIDE) + "(?P<offers>[a-z0-9,-]+)", cog.side_by_side),
        *((template, handler(cog)) for template, handler in (*_unlock.CLICKS, *_profile.CLICKS)),
        *((template, handler(cog)) for template, handler in _ask.CLICKS),
        *((template, handler(cog)) for template, handler in _follow.CLICKS),
        (SHARE_TEMPLATE, Sharing(people=services.people).share),
        *((template, handler(cog)) for template, handler in _fit.CLICKS),
    ):
        bot.add_dynamic_items(on_click(template, handler, complaints=services.complaints))
