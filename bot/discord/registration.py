"""Tells Discord of the bot's commands, when they changed."""

import logging
from typing import Final, final

import discord
from discord.ext import commands

from bot.discord.definitions import definitions, fingerprint
from bot.discord.mentions import CommandMentions
from bot.discord.owner_commands import OwnerCommands
from bot.speech.phrasebook import Phrasebook
from bot.store.registrations import Registration, RegistrationRepository

log = logging.getLogger(__name__)

CHAT_INPUT: Final = discord.AppCommandType.chat_input.value


@final
class Registrar:
    """Registers the commands of one application at one API base.

    Discord allows 200 creates a day, and each registration makes every client fetch the commands
    again: so it happens only when a hash of the definitions changed, or on request.
    """

    def __init__(
        self,
        *,
        phrasebook: Phrasebook,
        registrations: RegistrationRepository,
        mentions: CommandMentions,
        api_base: str,
        owner_guild_id: int | None = None,
    ) -> None:
        self._phrasebook = phrasebook
        self._registrations = registrations
        self._mentions = mentions
        self._api_base = api_base
        self._owner_commands = OwnerCommands(
            phrasebook=phrasebook,
            registrations=registrations,
            api_base=api_base,
            guild_id=owner_guild_id,
        )

    async def register(self, bot: commands.AutoShardedBot, *, always: bool) -> bool:
        """Register what changed, and learn the commands' ids; return whether anything was sent.

        Args:
            bot: logged in, with its cogs loaded.
            always: register even what seems unchanged.

        Raises:
            discord.HTTPException: Discord refused the commands or could not be reached.
        """
        application_id = _application_id(bot)
        await self._owner_commands.register(bot, application_id, always=always)
        wanted = definitions(bot.tree, self._phrasebook)
        digest = fingerprint(wanted)
        known = await self._registrations.get(application_id, self._api_base)
        if known is not None and known.hash == digest and not always:
            self._mentions.learn(known.ids)
            return False
        made = await bot.http.bulk_upsert_global_commands(application_id, payload=wanted)  # pyright: ignore[reportArgumentType, reportUnknownMemberType]  # the library's TypedDicts are narrower than Discord
        ids = {each["name"]: int(each["id"]) for each in made if each.get("type", 1) == CHAT_INPUT}
        registration = Registration(hash=digest, ids=ids)
        await self._registrations.save(application_id, self._api_base, registration)
        self._mentions.learn(ids)
        log.info("commands registered", extra={"commands": len(made)})
        return True

    async def learn(self, bot: commands.AutoShardedBot) -> None:
        """Learn the ids of what another process registered."""
        known = await self._registrations.get(_application_id(bot), self._api_base)
        if known is not None:
            self._mentions.learn(known.ids)


def _application_id(bot: commands.AutoShardedBot) -> int:
    if bot.application_id is None:
        raise RuntimeError("commands are registered after login")
    return bot.application_id
