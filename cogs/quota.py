"""`/quota`: what is left of a user's quotas, what they used, and what providers say of it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, final
from zoneinfo import ZoneInfo

from discord import File, Interaction, app_commands, ui
from discord.ext import commands

from bot.catalog.offer import Offer
from bot.catalog.shelf import CatalogShelf
from bot.clock import Clock
from bot.discord.actions import chosen, on_click
from bot.discord.errors import UserError
from bot.discord.forms import Field, Submissions, open_form
from bot.discord.mentions import CommandMentions
from bot.discord.people import People, Person
from bot.ledger import Ledger
from bot.pictures.gallery import Gallery
from bot.quotas.book import EntryId
from bot.quotas.imports import MOST_CHARACTERS, PasteError, read_paste
from bot.quotas.offers import NOTHING_PERSONAL, Personal, rate_of
from bot.speech.neutral import neutral
from bot.speech.offers import OfferSpeech
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from bot.speech.weeks import week_picture
from cogs._moved import Moves
from cogs._quota_typed import Typed, cards_of, has_rates, priced, read_day
from cogs._replies import (
    LONGEST_ECHO,
    MOST_CHOICES,
    named_offer,
    offer_choices,
    privately_once_done,
    replace_or_reply_once_done,
)
from cogs._resets import Resets
from cogs.views import quota as views
from cogs.views.layout import card, text
from cogs.views.quota import OFFER, QuotaViews

if TYPE_CHECKING:
    from bot.discord.client import ScoutBot

PASTE_FORM: Final = "quota:paste-form"
FORMS: Final = "QuotaForms"


@final
class Quota(commands.GroupCog, group_name="quota"):
    """Shows quotas, and writes down what was used of them; each for the one who asks."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        shelf: CatalogShelf,
        people: People,
        clock: Clock,
        mentions: CommandMentions,
        gallery: Gallery,
        resets: Resets,
    ) -> None:
        super().__init__()
        self._resets = resets
        self._ledger = ledger
        self._shelf = shelf
        self._people = people
        self._clock = clock
        self._mentions = mentions
        self._gallery = gallery
        self._typed = Typed(clock=clock, mentions=mentions)

    # ---------------------------------------------------------------- commands

    @app_commands.command(name="show")
    async def show(self, interaction: Interaction[Any], provider: str | None = None) -> None:
        """Show what is left of all quotas that something is known of, or of one."""
        person = await self._people.behind(interaction)
        if provider is None:
            await privately_once_done(interaction, self._overview(person))
        else:
            await privately_once_done(interaction, self._one(person, self._offer(provider)))

    @app_commands.command(name="log")
    async def log(
        self,
        interaction: Interaction[Any],
        provider: str,
        duration: str | None = None,
        started: str | None = None,
        ended: str | None = None,
        gpu: str | None = None,
    ) -> None:
        """Write down what was used without a reminder."""
        person = await self._people.behind(interaction)
        offer = self._offer(provider)
        start, end = self._typed.stretch(person, duration, started, ended)
        await privately_once_done(interaction, self._logged(person, offer, start, end, gpu))

    @app_commands.command(name="import")
    async def paste(self, interaction: Interaction[Any]) -> None:
        """Open the form that takes what a provider printed."""
        await self._open_paste(interaction)

    @app_commands.command(name="set")
    async def choose(
        self,
        interaction: Interaction[Any],
        provider: str,
        reset_day: app_commands.Range[int, 1, 31] | None = None,
        amount: app_commands.Range[float, 0.01, 1_000_000.0] | None = None,
        signed_up: str | None = None,
        expires: str | None = None,
        gpu: str | None = None,
        clear: bool = False,
    ) -> None:
        """Change what only the user knows of a quota, and show it."""
        person = await self._people.behind(interaction)
        offer = self._offer(provider)
        change: dict[str, object] = {
            "reset_day": reset_day,
            "amount": amount,
            "signed_up": None if signed_up is None else read_day(signed_up),
            "expires": None if expires is None else self._typed.expiry(person, expires),
            "gpu": None if gpu is None else priced(offer, gpu),
        }
        given = {key: value for key, value in change.items() if value is not None}
        await privately_once_done(interaction, self._chosen(person, offer, given, clear=clear))

    @show.autocomplete("provider")
    @log.autocomplete("provider")
    @choose.autocomplete("provider")
    async def complete_provider(
        self, interaction: Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Return the offers that fit what was typed so far."""
        person = await self._people.behind(interaction)
        return offer_choices(self._shelf.catalog.search(current), self._speech(person.words))

    @log.autocomplete("gpu")
    @choose.autocomplete("gpu")
    async def complete_gpu(
        self, interaction: Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Return the cards whose price at the chosen provider is known."""
        offer = self._shelf.catalog.find(interaction.namespace["provider"] or "")
        rates = () if offer is None or offer.credits is None else offer.credits.rates
        wanted = current.casefold()
        fitting = [each.gpu for each in rates if wanted in each.gpu.casefold()]
        return [app_commands.Choice(name=each, value=each) for each in fitting[:MOST_CHOICES]]

    # -------------------------------------------------------------- components

    async def picked(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Show one quota of the overview."""
        person = await self._people.behind(interaction)
        for name in chosen(interaction)[:1]:
            await replace_or_reply_once_done(interaction, self._one(person, self._offer(name)))

    async def week(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Show the week as a picture; drawn off the event loop."""
        person, now = await self._people.behind(interaction), self._clock.now()
        account = await self._ledger.account(person.id, self._offer(match["offer"]))
        if account.reckoned is None:
            raise UserError(Phrase("quota-no-picture"))
        shown = week_picture(
            account,
            account.reckoned,
            speech=self._views(person.words).quotas,
            words=person.words,
            now=now,
            zone=ZoneInfo(person.settings.zone or "UTC"),
        )
        png = await self._gallery.png(shown.picture)
        await interaction.response.send_message(
            view=views.week_card(shown.alt),
            file=File(BytesIO(png), views.WEEK_FILE),
            ephemeral=True,
        )

    async def entries(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """List what was written down."""
        person = await self._people.behind(interaction)
        making = self._entries(person, self._offer(match["offer"]))
        await replace_or_reply_once_done(interaction, making)

    async def dropped(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Remove the chosen entry."""
        person = await self._people.behind(interaction)
        for value in chosen(interaction)[:1]:
            await replace_or_reply_once_done(interaction, self._removed(person, value))

    async def undone(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Remove the entry that was just logged."""
        person = await self._people.behind(interaction)
        await replace_or_reply_once_done(interaction, self._removed(person, match["entry"]))

    async def locked(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Write down that the user is locked out."""
        person, offer = await self._people.behind(interaction), self._offer(match["offer"])

        async def made() -> ui.LayoutView:
            await self._ledger.lock_out(person.id, offer)
            return await self._one(person, offer)

        await replace_or_reply_once_done(interaction, made())

    async def freed(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Write down that the user is no longer locked out."""
        person, offer = await self._people.behind(interaction), self._offer(match["offer"])

        async def made() -> ui.LayoutView:
            await self._ledger.let_in(person.id, offer)
            return await self._one(person, offer)

        await replace_or_reply_once_done(interaction, made())

    async def remind(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Turn the reminder of a renewal on or off; once it is so, a press changes nothing."""
        person, offer = await self._people.behind(interaction), self._offer(match["offer"])
        if match["wanted"] == "on":
            making = self._resets.on(interaction, person, offer)
        else:
            making = self._resets.off(person, offer)

        async def made() -> ui.LayoutView:
            remark = await making
            account = await self._ledger.account(person.id, offer)
            return self._views(person.words).one(account, remark=remark)

        await replace_or_reply_once_done(interaction, made())

    async def forget_asked(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Ask before all of one offer is erased."""
        person, offer = await self._people.behind(interaction), self._offer(match["offer"])

        async def made() -> ui.LayoutView:
            return self._views(person.words).forgetting(offer)

        await replace_or_reply_once_done(interaction, made())

    async def forgotten(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Erase all of one offer."""
        person, offer = await self._people.behind(interaction), self._offer(match["offer"])

        async def made() -> ui.LayoutView:
            moves = await self._moves(person)
            await self._ledger.forget(person.id, offer.id)
            said = [person.words("quota-forgotten", name=offer.short), *await moves.told()]
            return card(text("\n".join(said)))

        await replace_or_reply_once_done(interaction, made())

    async def paste_pressed(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Open the form that takes what a provider printed."""
        await self._open_paste(interaction)

    async def pasted(
        self, interaction: Interaction[Any], _: re.Match[str], fields: Mapping[str, str]
    ) -> None:
        """Believe what a provider printed."""
        person = await self._people.behind(interaction)
        try:
            readings = read_paste(fields["output"], now=self._clock.now())
        except PasteError as error:
            word = neutral(error.word, most=LONGEST_ECHO)
            raise UserError(Phrase(f"paste-{error.problem.value}", {"word": word})) from None
        known = self._shelf.catalog.offers
        readings = {key: value for key, value in readings.items() if key in known}
        if not readings:
            raise UserError(Phrase("paste-unknown", {"word": ""}))

        async def made() -> ui.LayoutView:
            moves = await self._moves(person)
            await self._ledger.believe(person.id, readings)
            accounts = [await self._ledger.account(person.id, known[key]) for key in readings]
            return self._views(person.words).imported(accounts, remarks=await moves.told())

        await privately_once_done(interaction, made())

    # ------------------------------------------------------------------- parts

    async def _overview(self, person: Person) -> ui.LayoutView:
        accounts = await self._ledger.accounts(person.id, self._shelf.catalog)
        return self._views(person.words).overview(accounts)

    async def _one(self, person: Person, offer: Offer) -> ui.LayoutView:
        return self._views(person.words).one(await self._ledger.account(person.id, offer))

    async def _entries(self, person: Person, offer: Offer) -> ui.LayoutView:
        return self._views(person.words).entries(await self._ledger.account(person.id, offer))

    async def _logged(
        self, person: Person, offer: Offer, start: datetime, end: datetime, gpu: str | None
    ) -> ui.LayoutView:
        named = None if gpu is None else priced(offer, gpu)
        if named is None and rate_of(offer, None) is None:
            usual = (await self._ledger.personal(person.id, offer)).gpu
            if rate_of(offer, usual) is None and has_rates(offer):
                raise UserError(
                    Phrase("quota-which-card", {"cards": cards_of(offer, person.words)})
                )
        moves = await self._moves(person)
        entry = await self._ledger.log(person.id, offer, start=start, end=end, gpu=named)
        account = await self._ledger.account(person.id, offer)
        return self._views(person.words).logged(entry, account, remarks=await moves.told())

    async def _removed(self, person: Person, entry_id: str) -> ui.LayoutView:
        if not (entry_id.isascii() and entry_id.isdigit()):
            raise UserError(Phrase("quota-entry-gone"))
        moves = await self._moves(person)
        entry = await self._ledger.remove(person.id, EntryId(int(entry_id)))
        offer = None if entry is None else self._shelf.catalog.offers.get(entry.offer_id)
        if offer is None:
            raise UserError(Phrase("quota-entry-gone"))
        account = await self._ledger.account(person.id, offer)
        said = [person.words("quota-removed"), *await moves.told()]
        return self._views(person.words).one(account, remark="\n".join(said))

    async def _chosen(
        self, person: Person, offer: Offer, given: Mapping[str, Any], *, clear: bool
    ) -> ui.LayoutView:
        before = await self._ledger.personal(person.id, offer)
        personal: Personal = replace(NOTHING_PERSONAL if clear else before, **given)
        moves = await self._moves(person)
        if personal != before:
            await self._ledger.choose(person.id, offer, personal)
        account = await self._ledger.account(person.id, offer)
        remarks = await moves.told()
        return self._views(person.words).personal(offer, personal, account, remarks=remarks)

    async def _open_paste(self, interaction: Interaction[Any]) -> None:
        words = (await self._people.behind(interaction)).words
        field = Field(
            name="output",
            label=words("paste-label"),
            hint=words("paste-hint"),
            most=MOST_CHARACTERS,
            required=True,
            long=True,
        )
        await open_form(
            interaction, title=words("paste-form"), custom_id=PASTE_FORM, fields=[field]
        )

    async def _moves(self, person: Person) -> Moves:
        return await Moves.since_now(self._ledger, self._shelf.catalog, person)

    def _offer(self, name: str) -> Offer:
        return named_offer(self._shelf.catalog, name)

    def _speech(self, words: Words) -> OfferSpeech:
        return OfferSpeech(catalog=self._shelf.catalog, words=words, now=self._clock.now())

    def _views(self, words: Words) -> QuotaViews:
        return QuotaViews(
            words=words,
            speech=self._speech(words),
            mentions=self._mentions,
            now=self._clock.now(),
        )


async def setup(bot: "ScoutBot") -> None:
    """Add the cog, and what its buttons and its form do."""
    services = bot.services
    cog = Quota(
        ledger=services.ledger,
        shelf=services.shelf,
        people=services.people,
        clock=services.clock,
        mentions=services.mentions,
        gallery=services.gallery,
        resets=Resets(
            watches=services.watches,
            reminders=services.reminders,
            preferences=services.preferences,
        ),
    )
    await bot.add_cog(cog)
    forms = {re.escape(PASTE_FORM): cog.pasted}
    await bot.add_cog(Submissions(forms, complaints=services.complaints, name=FORMS))
    for template, handler in (
        (re.escape(views.ONE), cog.picked),
        (re.escape(views.DROP), cog.dropped),
        (re.escape(views.PASTE), cog.paste_pressed),
        (views.UNDO, cog.undone),
        (views.WEEK + OFFER, cog.week),
        (views.ENTRIES + OFFER, cog.entries),
        (views.REMIND + "(?P<wanted>on|off):" + OFFER, cog.remind),
        (views.LOCK + OFFER, cog.locked),
        (views.FREE + OFFER, cog.freed),
        (views.FORGET + OFFER, cog.forget_asked),
        (views.FORGET_SURELY + OFFER, cog.forgotten),
    ):
        bot.add_dynamic_items(on_click(template, handler, complaints=services.complaints))
