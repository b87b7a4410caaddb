"""Messages to the bot's owner, by DM, of which the DM itself is the memory.

A message ends with a mark that names its trouble. While it is open nothing of the kind is sent
again, by no process and after no restart, even where the database is what is broken; when all is
well again it is edited. Two processes that send at once are one message: they use one nonce.
"""

import asyncio
import logging
from typing import Final, final

import aiohttp
import discord

from bot.clock import Clock
from bot.discord.owners import first_owner_of
from bot.ops.watch import Alarm, Trouble
from bot.preferences import Preferences
from bot.speech import stamps
from bot.speech.locales import Locale
from bot.speech.neutral import neutral
from bot.speech.phrasebook import Phrasebook, Words

_log = logging.getLogger(__name__)

_PATIENCE_S: Final = 30.0
_LOOKED_THROUGH: Final = 100  # messages, which are one request
_MOST_DETAIL: Final = 200  # characters
_UNANSWERED: Final = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)


@final
class DiscordOwnerLine:
    """An `OwnerLine` over DMs; the client is logged in before it is used."""

    def __init__(
        self,
        *,
        client: discord.Client,
        phrasebook: Phrasebook,
        preferences: Preferences,
        clock: Clock,
        tag: str,
    ) -> None:
        """Build it.

        Args:
            client: whose application's owner is told; of a team, the team's owner.
            phrasebook: the words of the messages.
            preferences: the owner's language, where the database can tell.
            clock: when it was.
            tag: of the installation: two of one application don't call off each other's trouble.
        """
        self._client = client
        self._phrasebook = phrasebook
        self._preferences = preferences
        self._clock = clock
        self._tag = tag

    async def tell(self, alarm: Alarm) -> bool:
        """Tell of a trouble, unless it was told and not called off; False where that failed."""
        owner_id = first_owner_of(self._client)
        if owner_id is None:
            return False
        try:
            async with asyncio.timeout(_PATIENCE_S):
                channel = await self._client.create_dm(discord.Object(owner_id))
                if await self._open(channel, alarm.trouble) is None:
                    text = self._alarm(alarm, await self._words(owner_id))
                    nonce = f"{self._tag}-{alarm.trouble}"
                    await channel.send(f"{text}\n{self._mark(alarm.trouble)}", nonce=nonce)
                    _log.info("the owner was told", extra={"trouble": alarm.trouble.value})
        except discord.Forbidden as error:
            # Their DMs are closed, or they share no server with the bot: asking again won't help.
            _log.warning("the owner takes no direct messages: %s", error)
        except _UNANSWERED as error:
            _log.warning("the owner could not be told: %s", error)
            return False
        return True

    async def call_off(self, trouble: Trouble) -> bool:
        """Mark what was told as over, where anything was; False where that failed."""
        owner_id = first_owner_of(self._client)
        if owner_id is None:
            return False
        try:
            async with asyncio.timeout(_PATIENCE_S):
                channel = await self._client.create_dm(discord.Object(owner_id))
                told = await self._open(channel, trouble)
                if told is not None:
                    words = await self._words(owner_id)
                    over = words("owner-over", at=stamps.full(self._clock.now()))
                    before = told.content.removesuffix(self._mark(trouble)).rstrip()
                    await told.edit(content=f"~~{before}~~\n{over}")
        except discord.Forbidden:
            return True
        except _UNANSWERED as error:
            _log.warning("the owner could not be told that it is over: %s", error)
            return False
        return True

    async def _open(self, channel: discord.DMChannel, trouble: Trouble) -> discord.Message | None:
        mark = self._mark(trouble)
        me = self._client.user
        async for message in channel.history(limit=_LOOKED_THROUGH):
            if me is not None and message.author.id == me.id and message.content.endswith(mark):
                return message
        return None

    def _mark(self, trouble: Trouble) -> str:
        return f"-# {trouble} · {self._tag}"

    def _alarm(self, alarm: Alarm, words: Words) -> str:
        detail = neutral(alarm.detail, most=_MOST_DETAIL)
        match alarm.trouble:
            case Trouble.DELIVERY:
                since = "?" if alarm.since is None else stamps.relative(alarm.since)
                return words("owner-delivery", since=since)
            case Trouble.DATABASE:
                return words("owner-database", reason=detail)
            case Trouble.DISK:
                return words("owner-disk", free=detail)

    async def _words(self, owner_id: int) -> Words:
        try:
            async with asyncio.timeout(1):
                chosen = (await self._preferences.user(owner_id)).locale
        except Exception:  # noqa: BLE001 - what is broken may be the very database that knows it
            chosen = None
        return self._phrasebook.words(Locale(chosen) if chosen else Locale.EN_US)
