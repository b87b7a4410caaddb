"""The Discord of the playground: one server, its channels, and members to switch between."""

from dataclasses import dataclass
from typing import Self, final

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor

from bot.discord.playground.clock import PlaygroundClock

BOT = "GPU Scout"
SERVER = "GPU Scout playground"
CHANNEL = "gpu-scout"
OTHER_CHANNELS = ("reminders", "lounge")  # so that a choice of channels is a choice
EVERYONES_LOCALE = "en-US"


@dataclass(frozen=True, slots=True)
class Member:
    """Someone as whom the page can be viewed."""

    id: int
    name: str
    locale: str  # as that person's Discord client would send it


@final
class World:
    """What a bot finds when it logs in to the playground."""

    def __init__(
        self,
        *,
        env: Env,
        guild: GuildHandle,
        channel: ChannelHandle,
        actors: tuple[MemberActor, ...],
        members: tuple[Member, ...],
    ) -> None:
        self.env = env
        self.guild_id = guild.id
        self.channel = channel
        self.channel_id = channel.id
        self.actors = actors
        self.members = members
        self._locales = {member.id: member.locale for member in members}

    @classmethod
    def build(cls, *, bot: discord.AutoShardedClient, clock: PlaygroundClock) -> Self:
        """Furnish the world of a bot that has not logged in yet."""
        env = Env(bot, check_errors=False, shard_count=1)
        # Typed as SimCord's own class, of which now, elapsed and advance are all there is.
        env.backend.clock = clock  # pyright: ignore[reportAttributeAccessIssue]
        env.backend.edit_bot_profile(BOT)
        guild = env.create_guild(
            SERVER, owner=env.create_user("owner", global_name="Owner of the server")
        )
        channel = guild.create_text_channel(CHANNEL)
        for name in OTHER_CHANNELS:
            guild.create_text_channel(name)
        admin = guild.create_role("admin", permissions=discord.Permissions(administrator=True))
        ada = guild.add_member(env.create_user("ada", global_name="Ada (admin)"), roles=[admin])
        sam = guild.add_member(env.create_user("sam", global_name="Sam"))
        lin = guild.add_member(env.create_user("xiaolin", global_name="小林 (中文)"))
        locales = {ada: EVERYONES_LOCALE, sam: EVERYONES_LOCALE, lin: "zh-CN"}
        return cls(
            env=env,
            guild=guild,
            channel=channel,
            actors=tuple(locales),
            members=tuple(
                Member(id=actor.id, name=actor.user.global_name or actor.name, locale=locale)
                for actor, locale in locales.items()
            ),
        )

    def locale_of(self, user_id: int) -> str:
        """Return the language tag that someone's Discord client would send."""
        return self._locales.get(user_id, EVERYONES_LOCALE)
