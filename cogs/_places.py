"""Where an interaction was made, and where a reminder may go when the user says "here"."""

from typing import Any

import discord
from discord import Interaction

from bot.preferences import Preferences
from bot.reminders.models import Destination, Origin


def bot_is_member(interaction: Interaction[Any]) -> bool:
    """Whether it was made in a server that the bot itself is a member of.

    A user who installed the bot for themselves carries its commands into every server; and a server
    can have the commands alone, without the bot, though `authorizing_integration_owners` names it
    then. The gateway lists the bot's servers before the first interaction, and tells each change.
    """
    guild_id = interaction.guild_id
    return guild_id is not None and interaction.client.get_guild(guild_id) is not None


def origin_of(interaction: Interaction[Any]) -> Origin:
    """Return where the command was given; nothing of a place where the bot can never post."""
    if not _can_stay(interaction):
        return Origin()
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
    # Somebody who pressed a button below what another user asked for, in a place without the bot.
    if not (_can_stay(interaction) or interaction.is_user_integration()):
        return Destination.dm(), "remind-dm-stranger"
    if not here:
        return Destination.dm(), None
    if interaction.context.private_channel:
        return Destination.dm(), "remind-here-private"
    if interaction.guild_id is None:
        return Destination.dm(), "remind-here-dm"
    # Before the permissions: where the bot is no member, those of the app are for its answers only.
    if not bot_is_member(interaction):
        return Destination.dm(), "remind-here-foreign"
    origin = origin_of(interaction)
    guild = await preferences.guild(interaction.guild_id)
    # Discord may have kinds of channels that this version of the library can't read.
    if origin.channel_id is None:
        return Destination.dm(), "remind-here-not-me"
    if not guild.allows(origin.channel_id, parent_id=origin.parent_id):
        return Destination.dm(), "remind-here-off"
    if not may_write(interaction, interaction.permissions):
        return Destination.dm(), "remind-here-not-you"
    if not (may_write(interaction, interaction.app_permissions) and _bot_sees(interaction)):
        return Destination.dm(), "remind-here-not-me"
    return Destination.channel(origin.channel_id), None


def _can_stay(interaction: Interaction[Any]) -> bool:
    if interaction.guild_id is None:
        return not interaction.context.private_channel
    return bot_is_member(interaction)


def may_write(interaction: Interaction[Any], rights: discord.Permissions) -> bool:
    """Say whether somebody with these rights may write in the channel of the interaction."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        # Once a locked thread is archived, only those who manage threads can write in it again.
        open_to_all = not channel.locked or rights.manage_threads
        return rights.view_channel and rights.send_messages_in_threads and open_to_all
    # Categories, forums and media channels hold no messages themselves.
    postable = isinstance(channel, discord.abc.Messageable)
    return postable and rights.view_channel and rights.send_messages


def _bot_sees(interaction: Interaction[Any]) -> bool:
    channel = interaction.channel
    if not isinstance(channel, discord.Thread) or not channel.is_private():
        return True
    # The permissions are those of the parent; but the gateway tells of a private thread only where
    # the bot was added to it.
    known = interaction.guild is not None and interaction.guild.get_thread(channel.id) is not None
    return known or interaction.app_permissions.manage_threads
