"""What a user is told when something went wrong: one sentence for each class of error."""

import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Any, final

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from bot.speech.locales import pick
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Phrasebook

log = logging.getLogger(__name__)

Sentence = Callable[[Any], Phrase]
UNKNOWN_INTERACTION = 10062
ALREADY_ANSWERED = 40060


class UserError(Exception):
    """Something the user can put right; the phrase says what."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase.key)
        self.phrase = phrase


def own_phrase(error: UserError) -> Phrase:
    """Return what the error itself says."""
    return error.phrase


# The most special class that matches wins. What is not here is a fault of the bot's.
DISCORD_SENTENCES: Mapping[type[Exception], Sentence] = {
    UserError: own_phrase,
    app_commands.NoPrivateMessage: lambda _: Phrase("error-server-only"),
    app_commands.MissingPermissions: lambda _: Phrase("error-not-allowed"),
    app_commands.CheckFailure: lambda _: Phrase("error-not-allowed"),
    app_commands.CommandNotFound: lambda _: Phrase("error-command-changed"),
    app_commands.CommandSignatureMismatch: lambda _: Phrase("error-command-changed"),
    app_commands.TransformerError: lambda error: Phrase(
        "error-bad-option", {"value": str(error.value)[:60]}
    ),
    discord.Forbidden: lambda _: Phrase("error-forbidden"),
    discord.DiscordServerError: lambda _: Phrase("error-discord-down"),
    TimeoutError: lambda _: Phrase("error-discord-down"),
}


@final
class Complaints:
    """Answers a user whose command, button or modal failed."""

    def __init__(
        self, *, phrasebook: Phrasebook, sentences: Mapping[type[Exception], Sentence]
    ) -> None:
        """Build it.

        Args:
            phrasebook: the words.
            sentences: what each class of error says; `DISCORD_SENTENCES` and the rooms' own.
        """
        self._phrasebook = phrasebook
        self._sentences = sentences

    def attach(self, bot: commands.AutoShardedBot) -> None:
        """Answer all that fails in the bot's command tree."""

        @bot.tree.error
        async def on_error(
            interaction: Interaction[Any], error: app_commands.AppCommandError
        ) -> None:
            await self.answer(interaction, error)

    async def answer(self, interaction: Interaction[Any], error: Exception) -> None:
        """Tell the user one sentence, and the log the whole where it is the bot's fault."""
        if isinstance(error, app_commands.CommandInvokeError):
            error = error.original
        if _too_late(error):
            log.warning("interaction expired before its answer", extra=_about(interaction))
            return
        phrase = self.phrase_for(error)
        if phrase is None:
            reference = secrets.token_hex(4)
            log.error(
                "command failed",
                exc_info=error,
                extra={"error_id": reference, **_about(interaction)},
            )
            phrase = Phrase("error-unexpected", {"id": reference})
        await self._tell(interaction, phrase)

    def phrase_for(self, error: Exception) -> Phrase | None:
        """Return the sentence for an error, or None where it is a fault of the bot's."""
        for kind in type(error).__mro__:
            if kind in self._sentences:
                return self._sentences[kind](error)
        return None

    async def _tell(self, interaction: Interaction[Any], phrase: Phrase) -> None:
        if interaction.type is discord.InteractionType.autocomplete:
            return
        text = phrase.put_in(self._phrasebook.words(pick(interaction.locale.value)))
        try:
            if interaction.response.is_done():
                await interaction.followup.send(text, ephemeral=True)
            else:
                await interaction.response.send_message(text, ephemeral=True)
        except discord.HTTPException as error:
            log.warning("an error could not be told: %s", error, extra=_about(interaction))


def _too_late(error: Exception) -> bool:
    return isinstance(error, discord.NotFound) and error.code == UNKNOWN_INTERACTION


def _about(interaction: Interaction[Any]) -> dict[str, object]:
    command = interaction.command
    return {
        "interaction_id": interaction.id,
        "command": command.qualified_name if command is not None else None,
        "custom_id": (interaction.data or {}).get("custom_id"),
        "guild_id": interaction.guild_id,
    }
