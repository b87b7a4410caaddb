"""Registers the commands that live in one server alone, and takes them out of a former one."""

import logging
from typing import final

import discord
from discord.ext import commands

from bot.discord.definitions import definitions, fingerprint
from bot.speech.phrasebook import Phrasebook
from bot.store.registrations import Registration, RegistrationRepository

log = logging.getLogger(__name__)


@final
class OwnerCommands:
    """Keeps Discord's list for the server of OWNER_GUILD_ID as the command tree has it."""

    def __init__(
        self,
        *,
        phrasebook: Phrasebook,
        registrations: RegistrationRepository,
        api_base: str,
        guild_id: int | None,
    ) -> None:
        self._phrasebook = phrasebook
        self._registrations = registrations
        self._below = f"{api_base}/guilds/"
        self._guild_id = guild_id

    async def register(
        self, bot: commands.AutoShardedBot, application_id: int, *, always: bool
    ) -> None:
        """Register what changed; a server that the bot is not in is told in the log.

        Raises:
            discord.HTTPException: Discord could not be reached, or refused the commands.
        """
        here = None if self._guild_id is None else f"{self._below}{self._guild_id}"
        for former in await self._registrations.below(application_id, self._below):
            if former != here:
                await self._put(bot, application_id, int(former.removeprefix(self._below)), [])
                await self._registrations.forget(application_id, former)
        if here is None or self._guild_id is None:
            return
        guild = discord.Object(self._guild_id)
        wanted = definitions(bot.tree, self._phrasebook, guild=guild)
        digest = fingerprint(wanted)
        known = await self._registrations.get(application_id, here)
        if known is not None and known.hash == digest and not always:
            return
        if await self._put(bot, application_id, guild.id, wanted):
            registration = Registration(hash=digest, ids={})
            await self._registrations.save(application_id, here, registration)

    async def _put(
        self,
        bot: commands.AutoShardedBot,
        application_id: int,
        guild_id: int,
        wanted: list[dict[str, object]],
    ) -> bool:
        try:
            await bot.http.bulk_upsert_guild_commands(application_id, guild_id, payload=wanted)  # pyright: ignore[reportArgumentType, reportUnknownMemberType]  # the library's TypedDicts are narrower than Discord
        except (discord.Forbidden, discord.NotFound):
            if wanted:
                log.warning(
                    "the bot is not in the server of OWNER_GUILD_ID: invite it there, start again",
                    extra={"guild_id": guild_id},
                )
            return False
        log.info("owner commands registered", extra={"guild_id": guild_id, "commands": len(wanted)})
        return True
