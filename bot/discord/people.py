"""Who is behind an interaction: their language, their settings."""

from dataclasses import dataclass
from typing import Any, final

from discord import Interaction, Message

from bot.preferences import Preferences
from bot.speech.locales import Locale, pick, written_in
from bot.speech.phrasebook import Phrasebook, Words
from bot.store.users import UserSettings


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The user who asked."""

    id: int
    words: Words
    """Their language: their own choice, else the server's, else that of their Discord."""
    settings: UserSettings


@final
class People:
    """Finds out who is behind an interaction."""

    def __init__(self, *, preferences: Preferences, phrasebook: Phrasebook) -> None:
        self._preferences = preferences
        self._phrasebook = phrasebook

    async def behind(self, interaction: Interaction[Any], *, typed: str = "") -> Person:
        """Return the user who asked, with what they chose.

        `typed` is what they asked in words of their own. Whoever writes Chinese reads it, whatever
        their Discord speaks; English with a Discord in Chinese tells nothing: names are English.
        """
        settings = await self._preferences.user(interaction.user.id)
        chosen = settings.locale or await self._server_locale(interaction.guild_id)
        locale = Locale(chosen) if chosen else pick(interaction.locale.value)
        if not chosen and written_in(typed) is Locale.ZH_CN:
            locale = Locale.ZH_CN
        return Person(
            id=interaction.user.id, words=self._phrasebook.words(locale), settings=settings
        )

    async def wrote(self, message: Message) -> Person:
        """Return who wrote a message, which names no language: it is that of its words."""
        settings = await self._preferences.user(message.author.id)
        guild_id = None if message.guild is None else message.guild.id
        chosen = settings.locale or await self._server_locale(guild_id)
        locale = Locale(chosen) if chosen else written_in(message.content)
        words = self._phrasebook.words(locale)
        return Person(id=message.author.id, words=words, settings=settings)

    async def _server_locale(self, guild_id: int | None) -> str | None:
        return None if guild_id is None else (await self._preferences.guild(guild_id)).locale
