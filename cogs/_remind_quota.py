"""`/remind quota`: everything about one quota, until its owner stops it."""

from typing import Any

from discord import Interaction, ui

from bot.catalog.offer import Offer
from bot.discord.errors import UserError
from bot.discord.people import Person
from bot.quotas.account import Account
from bot.quotas.book import Scope
from bot.quotas.watch import watchable
from bot.speech.phrase import Phrase
from bot.speech.quotas import QuotaSpeech
from cogs._places import origin_of
from cogs._remind_base import RemindBase
from cogs._replies import privately_once_done
from cogs.views.watch import WatchViews


class RemindQuota(RemindBase):
    """The part of the cog that watches quotas."""

    async def promise_quota(
        self, interaction: Interaction[Any], offer: Offer, *, here: bool | None
    ) -> None:
        """Store what is watched, and confirm it."""
        person = await self._people.behind(interaction)
        if not watchable(offer):
            raise UserError(Phrase("watch-nothing", {"name": offer.short}))
        await privately_once_done(interaction, self._watched(interaction, person, offer, here))

    async def _watched(
        self, interaction: Interaction[Any], person: Person, offer: Offer, here: bool | None
    ) -> ui.LayoutView:
        destination, why_there = await self._destination(interaction, person, here=here)
        watched = await self._watches.watch(
            person.id,
            offer,
            Scope.ALL,
            destination=destination,
            origin=origin_of(interaction),
            locale=person.words.locale,
            zone=person.settings.zone,
        )
        account = await self._ledger.account(person.id, offer)
        return self._watch_views(person, account).confirmation(watched, why_there=why_there)

    def _watch_views(self, person: Person, account: Account) -> WatchViews:
        speech, now = self._speech(person.words), self._clock.now()
        return WatchViews(
            account=account,
            words=person.words,
            quotas=QuotaSpeech(words=person.words, speech=speech, now=now),
            reminders=self._views(person.words),
            log=self._mentions("quota log"),
            show=self._mentions("quota show"),
            now=now,
        )
