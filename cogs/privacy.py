"""`/privacy`: what is kept about a user, a copy of all of it, and its end."""

import asyncio
import logging
import re
from collections.abc import Coroutine
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, final

import discord
from discord import Interaction, app_commands, ui
from discord.ext import commands

from bot.chores import KEPT_FOR, LEDGER_KEPT_FOR
from bot.discord.actions import on_click
from bot.discord.errors import UserError
from bot.discord.mentions import CommandMentions
from bot.discord.people import People, Person
from bot.preferences import Preferences
from bot.privacy import Privacy
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from bot.store.errors import StoreError
from cogs._replies import SOON, privately_once_done
from cogs.views.privacy import ASK, DECIDE, EXPORT, FILE, PrivacyViews

if TYPE_CHECKING:
    from bot.discord.client import ScoutBot

log = logging.getLogger(__name__)

# One send of discord.py can last minutes, and the answer is good for 15 of them.
SEND_TIMEOUT: Final = 12.0


@final
class PrivacyCog(commands.GroupCog, name="Privacy", group_name="privacy"):
    """Shows, exports and erases; each for the one who asks."""

    def __init__(
        self,
        *,
        privacy: Privacy,
        people: People,
        preferences: Preferences,
        mentions: CommandMentions,
    ) -> None:
        super().__init__()
        self._privacy = privacy
        self._people = people
        self._preferences = preferences
        self._mentions = mentions

    # ---------------------------------------------------------------- commands

    @app_commands.command(name="show")
    async def show(self, interaction: Interaction[Any]) -> None:
        """Say what is kept, and how long."""
        person = await self._people.behind(interaction)
        await privately_once_done(interaction, self._overview(person))

    @app_commands.command(name="export")
    async def export(self, interaction: Interaction[Any]) -> None:
        """Send a file with all that is kept."""
        await self._hand_over(interaction)

    @app_commands.command(name="delete")
    async def delete(self, interaction: Interaction[Any]) -> None:
        """Ask whether all of it shall be erased."""
        person = await self._people.behind(interaction)
        await privately_once_done(interaction, self._question(person))

    # -------------------------------------------------------------- components

    async def export_pressed(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Send the file."""
        await self._hand_over(interaction)

    async def asked(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Ask whether all of it shall be erased."""
        person = await self._people.behind(interaction)
        await privately_once_done(interaction, self._question(person))

    async def decided(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Erase all of the user who was asked, or leave it."""
        if int(match["user"]) != interaction.user.id:
            raise UserError(Phrase("error-privacy-not-yours"))
        # Read before: what is erased includes the language that was chosen.
        person = await self._people.behind(interaction)
        making = self._erased(person) if match["decision"] == "erase" else self._kept(person)
        await _in_place_once_done(interaction, making)

    # ----------------------------------------------------------------- servers

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget what a server's admins chose once the bot was removed from it."""
        try:
            await self._preferences.forget_guild(guild.id)
        except StoreError as error:
            log.warning("the settings of a server that was left stay: %s", error)

    # ------------------------------------------------------------------- parts

    async def _overview(self, person: Person) -> ui.LayoutView:
        return _views(person.words).overview(await self._privacy.held(person.id))

    async def _question(self, person: Person) -> ui.LayoutView:
        held = await self._privacy.held(person.id)
        return _views(person.words).question(held, person.id, self._mentions)

    async def _erased(self, person: Person) -> ui.LayoutView:
        return _views(person.words).erased(await self._privacy.erase(person.id))

    async def _kept(self, person: Person) -> ui.LayoutView:
        return _views(person.words).kept()

    async def _hand_over(self, interaction: Interaction[Any]) -> None:
        person = await self._people.behind(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        data = await self._privacy.export(person.id)
        views = _views(person.words)
        message = await _by_dm(interaction.user, data, person.words)
        if message is not None:
            await interaction.edit_original_response(view=views.sent(message.jump_url))
        else:
            file = discord.File(BytesIO(data), FILE)
            await interaction.edit_original_response(view=views.attached(), attachments=[file])


def _views(words: Words) -> PrivacyViews:
    return PrivacyViews(words=words, days=KEPT_FOR.days, ledger_days=LEDGER_KEPT_FOR.days)


async def _by_dm(
    user: discord.User | discord.Member, data: bytes, words: Words
) -> discord.Message | None:
    """Send the file by direct message; None where that failed, for whatever reason."""
    try:
        async with asyncio.timeout(SEND_TIMEOUT):
            return await user.send(
                words("privacy-export-file"), file=discord.File(BytesIO(data), FILE)
            )
    except (discord.DiscordException, OSError, TimeoutError) as error:
        log.info("an export could not be sent by direct message: %s", type(error).__name__)
        return None


async def _in_place_once_done(
    interaction: Interaction[Any], making: Coroutine[Any, Any, ui.LayoutView]
) -> None:
    """Put what is being made in the place of the message whose button was pressed.

    Where it takes longer than Discord waits for a first answer, it follows.
    """
    task = asyncio.ensure_future(making)
    await asyncio.wait({task}, timeout=SOON)
    if task.done():
        await interaction.response.edit_message(view=task.result())
        return
    await interaction.response.defer()
    await interaction.edit_original_response(view=await task)


async def setup(bot: "ScoutBot") -> None:
    """Add the cog, and what its buttons do."""
    services = bot.services
    cog = PrivacyCog(
        privacy=services.privacy,
        people=services.people,
        preferences=services.preferences,
        mentions=services.mentions,
    )
    await bot.add_cog(cog)
    for template, handler in (
        (re.escape(EXPORT), cog.export_pressed),
        (re.escape(ASK), cog.asked),
        (DECIDE, cog.decided),
    ):
        bot.add_dynamic_items(on_click(template, handler, complaints=services.complaints))
