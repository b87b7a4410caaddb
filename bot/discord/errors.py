"""What a user is told when something went wrong: one sentence for each class of error."""

import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Any, final

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from bot.discord.mentions import CommandMentions
from bot.discord.observer import (
    Failure,
    InteractionObserver,
    Kind,
    Unobserved,
    command_of,
    kind_of,
    note_end,
)
from bot.discord.people import People
from bot.speech.locales import pick
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Phrasebook, Words
from bot.store.errors import StoreError

log = logging.getLogger(__name__)

Sentence = Callable[[Any, CommandMentions], Phrase]
UNKNOWN_INTERACTION = 10062
ALREADY_ANSWERED = 40060


class UserError(Exception):
    """Something the user can put right; the phrase says what."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase.key)
        self.phrase = phrase


@final
class Complaints:
    """Answers a user whose command, button or modal failed."""

    def __init__(
        self,
        *,
        people: People,
        phrasebook: Phrasebook,
        mentions: CommandMentions,
        sentences: Mapping[type[Exception], Sentence],
        observer: InteractionObserver | None = None,
    ) -> None:
        """Build it.

        Args:
            people: finds out a user's language.
            phrasebook: the words, where that fails too.
            mentions: clickable names of the commands that a sentence sends the user to.
            sentences: what each class of error says.
            observer: counts what is answered, and what fails.
        """
        self._people = people
        self._phrasebook = phrasebook
        self._mentions = mentions
        self._sentences = sentences
        self.observer: InteractionObserver = observer or Unobserved()
        """Counts what is answered, and what fails."""

    def attach(self, bot: commands.AutoShardedBot) -> None:
        """Answer all that fails in the bot's command tree."""

        @bot.tree.error
        async def on_error(
            interaction: Interaction[Any], error: app_commands.AppCommandError
        ) -> None:
            await self.answer(interaction, error)
            note_end(self.observer, interaction)

        async def on_app_command_completion(interaction: Interaction[Any], _: object) -> None:
            note_end(self.observer, interaction)

        # discord.py makes a task for each listener of each event.
        if not isinstance(self.observer, Unobserved):
            bot.add_listener(on_app_command_completion)

    async def answer(self, interaction: Interaction[Any], error: Exception) -> None:
        """Tell the user one sentence, and the log the whole where it is the bot's fault."""
        if isinstance(error, app_commands.CommandInvokeError):
            error = error.original
        if _too_late(error):
            self._count(interaction, Failure.EXPIRED)
            log.warning("interaction expired before its answer", extra=_about(interaction))
            return
        phrase = self.phrase_for(error)
        self._count(interaction, self._blame(error, phrase))
        if phrase is None:
            reference = secrets.token_hex(4)
            log.error(
                "command failed",
                exc_info=error,
                extra={"error_id": reference, **_about(interaction)},
            )
            phrase = Phrase("error-unexpected", {"id": reference})
        await self._tell(interaction, phrase)

    def note_completion(self, command: str, error: BaseException) -> None:
        """Count and log what failed in an autocomplete; the user just sees no choices."""
        expired = _too_late(error)
        why = Failure.EXPIRED if expired else Failure.FAULT
        self.observer.failed(Kind.AUTOCOMPLETE, command, why=why)
        if expired:
            # Who goes on typing leaves the earlier questions behind.
            log.debug("autocomplete expired before its answer", extra={"command": command})
        else:
            log.error("autocomplete failed", exc_info=error, extra={"command": command})

    def _count(self, interaction: Interaction[Any], why: Failure) -> None:
        self.observer.failed(kind_of(interaction), command_of(interaction), why=why)

    @staticmethod
    def _blame(error: Exception, phrase: Phrase | None) -> Failure:
        away = isinstance(error, StoreError | TimeoutError | discord.HTTPException)
        return Failure.FAULT if phrase is None or away else Failure.USER

    def phrase_for(self, error: Exception) -> Phrase | None:
        """Return the sentence for an error, or None where it is a fault of the bot's."""
        for kind in type(error).__mro__:
            if kind in self._sentences:
                return self._sentences[kind](error, self._mentions)
        return None

    async def _words(self, interaction: Interaction[Any]) -> Words:
        try:
            return (await self._people.behind(interaction)).words
        except Exception:  # noqa: BLE001 - what failed may be the very database that knows it
            return self._phrasebook.words(pick(interaction.locale.value))

    async def _tell(self, interaction: Interaction[Any], phrase: Phrase) -> None:
        if interaction.type is discord.InteractionType.autocomplete:
            return
        text = phrase.put_in(await self._words(interaction))
        try:
            if interaction.response.is_done():
                await interaction.followup.send(text, ephemeral=True)
            else:
                await interaction.response.send_message(text, ephemeral=True)
        except discord.HTTPException as error:
            log.warning("an error could not be told: %s", error, extra=_about(interaction))


def _too_late(error: BaseException) -> bool:
    return isinstance(error, discord.NotFound) and error.code == UNKNOWN_INTERACTION


def _about(interaction: Interaction[Any]) -> dict[str, object]:
    command = interaction.command
    return {
        "interaction_id": interaction.id,
        "command": command.qualified_name if command is not None else None,
        "custom_id": (interaction.data or {}).get("custom_id"),
        "guild_id": interaction.guild_id,
    }
