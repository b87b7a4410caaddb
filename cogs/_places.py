"""Where a reminder may go when the user says "here"."""

from typing import Any

import discord
from discord import Interaction

from bot.preferences import Preferences
from bot.reminders.models import Destination, Origin


def origin_of(interaction: Interaction[Any]) -> Origin:
    """Return where the command was given."""
    channel = interaction.channel
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return Origin(
        guild_id=interaction.guild_id, channel_id=interaction.channel_id, parent_id=parent
    )


async def destination_for(
    interaction: Interaction[Any], *, here: bool, preferences: Preferences
) -> tuple[Destination, str | None]:
    """Return where a reminder goes, and the key of the sentence that says why it isn't "here".

    A direct message is always possible. A channel needs that the server allows it, and that both
    the user and the bot may write there.
    """
    if not here:
        return Destination.dm(), None
    origin = origin_of(interaction)
    if origin.guild_id is None or origin.channel_id is None:
        return Destination.dm(), "remind-here-dm"
    guild = await preferences.guild(origin.guild_id)
    if not guild.allows(origin.channel_id, parent_id=origin.parent_id):
        return Destination.dm(), "remind-here-off"
    if not _may_write(interaction, interaction.permissions):
        return Destination.dm(), "remind-here-not-you"
    if not _may_write(interaction, interaction.app_permissions):
        return Destination.dm(), "remind-here-not-me"
    return Destination.channel(origin.channel_id), None


def _may_write(interaction: Interaction[Any], rights: discord.Permissions) -> bool:
    if isinstance(interaction.channel, discord.Thread):
        return rights.view_channel and rights.send_messages_in_threads
    return rights.view_channel and rights.send_messages
