"""`/gpu report` and `/gpu changes`: a part of the cog in `gpu.py`, which owns the group."""

from typing import Any, final

import discord
from discord import Interaction, app_commands, ui
from typing_extensions import override

from bot.catalog.offer import Offer
from bot.catalog.recent import recent
from bot.discord.actions import Form
from bot.discord.errors import Complaints
from bot.discord.people import Person
from bot.reports import LONGEST, CatalogReports
from bot.speech.history import HistorySpeech
from bot.speech.offers import OfferSpeech
from cogs._recommend import Recommending
from cogs._replies import named_offer, offer_choices, privately, privately_once_done
from cogs.views.lately import lately
from cogs.views.layout import card, text

LONGEST_TITLE = 45


class Reporting(Recommending):
    """The commands that keep the catalog true."""

    _reports: CatalogReports
    _complaints: Complaints

    @app_commands.command(name="report")
    async def report(self, interaction: Interaction[Any], offer: str) -> None:
        """Ask what is wrong."""
        person = await self._people.behind(interaction)
        about = named_offer(self._shelf.catalog, offer)
        form = ReportForm(about, person=person, reports=self._reports, complaints=self._complaints)
        await interaction.response.send_modal(form)

    @app_commands.command(name="changes")
    async def changes(self, interaction: Interaction[Any], offer: str | None = None) -> None:
        """Show what changed lately."""
        person = await self._people.behind(interaction)
        catalog, words = self._shelf.catalog, person.words
        only = None if offer is None else named_offer(catalog, offer).id
        speech = OfferSpeech(catalog=catalog, words=words, now=self._clock.now())
        view = lately(
            recent(catalog, offer_id=only),
            history=HistorySpeech(speech=speech, words=words),
            words=words,
            command=self._mentions("gpu info"),
        )
        await privately(interaction, view)

    @report.autocomplete("offer")
    @changes.autocomplete("offer")
    async def complete_subject(
        self, interaction: Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Return the offers that fit what was typed so far."""
        words = (await self._people.behind(interaction)).words
        catalog = self._shelf.catalog
        speech = OfferSpeech(catalog=catalog, words=words, now=self._clock.now())
        return offer_choices(catalog.search(current), speech)


@final
class ReportForm(Form):
    """What is wrong, and who says so."""

    def __init__(
        self, offer: Offer, *, person: Person, reports: CatalogReports, complaints: Complaints
    ) -> None:
        words = person.words
        title = words("report-title", name=offer.short)[:LONGEST_TITLE]
        super().__init__(title=title, complaints=complaints)
        self._offer = offer
        self._person = person
        self._reports = reports
        self._wrong = ui.TextInput[Form](
            custom_id="wrong", style=discord.TextStyle.paragraph, max_length=LONGEST
        )
        self._source = ui.TextInput[Form](custom_id="source", max_length=LONGEST, required=False)
        self.add_item(ui.Label(text=words("report-wrong"), component=self._wrong))
        self.add_item(ui.Label(text=words("report-source"), component=self._source))

    @override
    async def on_submit(self, interaction: Interaction[Any], /) -> None:
        """Store what was typed."""
        await privately_once_done(interaction, self._stored())

    async def _stored(self) -> ui.LayoutView:
        await self._reports.add(
            user_id=self._person.id,
            offer_id=self._offer.id,
            wrong=self._wrong.value,
            source=self._source.value,
        )
        return card(text(self._person.words("report-stored", name=self._offer.short)))
