"""Whether a user may speak in a channel themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, final

import discord

from bot.clock import Clock

# Roles and channels change seldom; a member is asked for each time, because a time-out or a ban
# must count at once.
REMEMBER: Final = timedelta(seconds=60)
MOST_REMEMBERED: Final = 512


@dataclass(frozen=True, slots=True)
class _Place:
    guild: discord.Guild
    channel: discord.abc.GuildChannel | discord.Thread
    asked_at: datetime


@final
class Standing:
    """Asks Discord for a member's rights in a channel, by REST alone."""

    def __init__(self, *, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._places: dict[int, _Place] = {}

    async def may_speak(self, *, user_id: int, guild_id: int, channel_id: int) -> bool:
        """Say whether the user could post in the channel now: a member, not muted, with the right.

        Raises:
            discord.HTTPException: Discord could not be asked; a channel that is gone, too.
        """
        try:
            place = await self._place(guild_id, channel_id)
        except discord.InvalidData:
            # A kind of channel that is newer than the library: nobody knows who may write there.
            return False
        # A media channel is a ForumChannel too; neither holds messages itself.
        if isinstance(place.channel, discord.ForumChannel | discord.CategoryChannel):
            return False
        try:
            member = await place.guild.fetch_member(user_id)
        except discord.NotFound:
            return False
        # Not `is_timed_out()`, which asks the machine's clock.
        muted_until = member.timed_out_until
        if muted_until is not None and muted_until > self._clock.now():
            return False
        channel = place.channel
        if isinstance(channel, discord.Thread):
            parent = channel.parent or await place.guild.fetch_channel(channel.parent_id)
            if isinstance(parent, discord.Thread):  # there are no threads of threads
                return False
            rights = parent.permissions_for(member)
            if not (rights.view_channel and rights.send_messages_in_threads):
                return False
            return rights.manage_threads or await self._is_in(channel, user_id)
        rights = channel.permissions_for(member)
        return rights.view_channel and rights.send_messages

    async def _is_in(self, thread: discord.Thread, user_id: int) -> bool:
        if not thread.is_private():
            return True
        try:
            await thread.fetch_member(user_id)
        except discord.NotFound:
            return False
        return True

    async def _place(self, guild_id: int, channel_id: int) -> _Place:
        known = self._places.get(channel_id)
        now = self._clock.now()
        if known is not None and timedelta() <= now - known.asked_at < REMEMBER:
            return known
        guild = await self._client.fetch_guild(guild_id, with_counts=False)
        place = _Place(guild, await guild.fetch_channel(channel_id), now)
        if len(self._places) >= MOST_REMEMBERED:
            self._places.clear()
        self._places[channel_id] = place
        return place
