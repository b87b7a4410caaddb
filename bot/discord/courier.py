"""Carries reminders to Discord, with or without a gateway connection."""

from typing import final

import discord
from discord import AllowedMentions
from discord.abc import Messageable

from bot.catalog.shelf import CatalogShelf
from bot.clock import Clock
from bot.discord.reminder_buttons import reminder_buttons
from bot.discord.standing import Standing
from bot.discord.toll import tried_once
from bot.discord.verdicts import verdict_on
from bot.reminders.custom_id import RemindButton
from bot.reminders.models import Due
from bot.reminders.notice import notice_for
from bot.reminders.outcome import (
    Delivered,
    Finding,
    Found,
    NotAllowed,
    NotFound,
    Outcome,
    Refused,
    Unauthorised,
    Unknown,
    Vanished,
    Wait,
)
from bot.reminders.ports import DeliveryShelf
from bot.reminders.targets import Target
from bot.speech.locales import pick
from bot.speech.notices import notice_text
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Phrasebook
from bot.speech.quotas import QuotaSpeech

READ_BACK = 200  # messages that are looked through for one that may be there already


@final
class DiscordCourier:
    """A `Courier` over discord.py's REST client; it needs a login, and no cache."""

    def __init__(
        self,
        *,
        client: discord.Client,
        phrasebook: Phrasebook,
        catalog: CatalogShelf,
        clock: Clock,
        shelf: DeliveryShelf,
        tag: str,
    ) -> None:
        """Build it.

        Args:
            client: logged in before the first send; it pays for its requests (`toll`).
            phrasebook: the words of the messages.
            catalog: the names of offers.
            clock: tells what is late.
            shelf: remembers the channels of direct messages.
            tag: of the installation, for the buttons (`installation_tag`).
        """
        self._client = client
        self._phrasebook = phrasebook
        self._catalog = catalog
        self._clock = clock
        self._shelf = shelf
        self._tag = tag
        self._standing = Standing(client=client, clock=clock)

    async def send(self, due: Due, target: Target, nonce: str) -> Outcome:
        """Send the occurrence to the target; the nonce makes a repeat harmless."""
        with tried_once():
            return await self._send(due, target, nonce)

    async def find(self, due: Due, target: Target) -> Finding:
        """Look through the target's latest messages for this occurrence's button."""
        with tried_once():
            return await self._find(due, target)

    async def _send(self, due: Due, target: Target, nonce: str) -> Outcome:
        try:
            # Through the bot nobody speaks where they could not speak themselves. A hidden note is
            # no speech: it says only that something is due.
            if target.channel_id is not None and not target.hides_note:
                guild_id = due.reminder.origin.guild_id
                if guild_id is not None and not await self._standing.may_speak(
                    user_id=target.user_id, guild_id=guild_id, channel_id=target.channel_id
                ):
                    return Refused("owner_may_not_speak")
            message = await self._post(due, target, nonce)
        except Exception as error:  # noqa: BLE001 - raised again where it is no answer
            return verdict_on(error)
        return Delivered(message.id, message.channel.id)

    async def _find(self, due: Due, target: Target) -> Finding:
        try:
            channel = await self._channel(due, target)
            # The newest first, and by no time: this machine's clock may be minutes off Discord's,
            # and the button names the message exactly.
            is_empty = True
            async for message in channel.history(limit=READ_BACK):
                is_empty = False
                if self._carries(message, due):
                    return Found(message.id, message.channel.id)
        except Exception as error:  # noqa: BLE001 - raised again where it is no answer
            outcome = verdict_on(error)
            return NotAllowed() if isinstance(outcome, Refused | Vanished) else _looked(outcome)
        # Without the right to read it, Discord shows a server's channel as an empty one.
        return NotAllowed() if is_empty and not target.is_dm else NotFound()

    async def _post(self, due: Due, target: Target, nonce: str) -> discord.Message:
        channel = await self._channel(due, target)
        catalog, now = self._catalog.catalog, self._clock.now()
        offer = catalog.offers.get(due.reminder.offer_id or "")
        notice = notice_for(due, target, now=now, offer=offer)
        words = self._phrasebook.words(pick(notice.locale))
        speech = OfferSpeech(catalog=catalog, words=words, now=now)
        name = None if offer is None or notice.offer_id is None else offer.short
        quotas = QuotaSpeech(words=words, speech=speech, now=now)
        return await channel.send(
            notice_text(notice, words=words, offer=name, quotas=quotas),
            view=reminder_buttons(notice, words=words, tag=self._tag),
            nonce=nonce,
            allowed_mentions=AllowedMentions(
                everyone=False, roles=False, users=[discord.Object(notice.owner_id)]
            ),
            suppress_embeds=True,
        )

    async def _channel(self, due: Due, target: Target) -> Messageable:
        if target.channel_id is not None:
            return self._client.get_partial_messageable(target.channel_id)
        if due.dm_channel_id is not None:
            return self._client.get_partial_messageable(due.dm_channel_id)
        channel = await self._client.create_dm(discord.Object(target.user_id))
        await self._shelf.keep_dm_channel(target.user_id, channel.id)
        return channel

    def _carries(self, message: discord.Message, due: Due) -> bool:
        if self._client.user is None or message.author.id != self._client.user.id:
            return False
        buttons = (
            RemindButton.parse(child.custom_id)
            for row in message.components
            if isinstance(row, discord.ActionRow)
            for child in row.children
            if isinstance(child, discord.Button) and child.custom_id is not None
        )
        return any(
            button is not None
            and (button.tag, button.reminder_id, button.number)
            == (self._tag, due.reminder.id, due.number)
            for button in buttons
        )


def _looked(outcome: Outcome) -> Finding:
    # What is left of the answers to a send can be an answer to a look as it is.
    assert isinstance(outcome, Unknown | Wait | Unauthorised)  # noqa: S101
    return outcome
