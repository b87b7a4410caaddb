"""The connection to Discord: loads the cogs and sees to it that the commands are registered."""

from collections.abc import Awaitable, Callable, Sequence
from typing import final

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands
from typing_extensions import override

from bot.discord.observer import ObservedTree
from bot.services import Services

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""What the bot asks for when it is invited."""

LONGEST_RATE_LIMIT_WAIT = 30.0
"""Seconds; a longer wait comes back as `RateLimited`, and the reminder is tried again later."""


def intents() -> discord.Intents:
    """Return what the bot listens to: guilds and messages, nothing privileged."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.messages = True
    return wanted


@final
class ScoutBot(commands.AutoShardedBot):
    """A bot of slash commands alone: it keeps no members and no messages in memory."""

    def __init__(
        self,
        *,
        services: Services,
        extensions: Sequence[str],
        registered: Callable[["ScoutBot"], Awaitable[object]],
        shard_ids: Sequence[int] | None = None,
        shard_count: int | None = None,
        trace: aiohttp.TraceConfig | None = None,
    ) -> None:
        """Build it; nothing is asked of Discord before `login`.

        Args:
            services: what the cogs are built from.
            extensions: the modules of the cogs; one that fails ends the start.
            registered: called once they are loaded; sees to it that Discord knows the commands.
            shard_ids: the shards of this process; None takes all.
            shard_count: the shards of all processes; None asks Discord.
            trace: is shown each HTTP request and its answer.
        """
        # It never speaks, so nobody needs to hear that the libraries for it are missing.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents(),
            # In servers, in its own DMs, and wherever a user carries it who installed it for
            # themselves. Discord has this for whole commands alone, never for a part of one.
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            tree_cls=ObservedTree,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_RATE_LIMIT_WAIT,
            # Typed as if it had to be given; None is its default.
            shard_ids=None if shard_ids is None else list(shard_ids),  # pyright: ignore[reportArgumentType]
            shard_count=shard_count,
            # Typed as if it had to be given, too.
            http_trace=trace,  # pyright: ignore[reportArgumentType]
        )
        self.services = services
        self._cog_modules = tuple(extensions)
        self._registered = registered

    def is_connected(self) -> bool:
        """Tell whether each shard of this process is at the gateway."""
        # Not `is_ready`: it never becomes false again when a connection is lost.
        wanted = len(self.shard_ids or range(self.shard_count or 1))
        connected = [shard for shard in self.shards.values() if not shard.is_closed()]
        return len(connected) == wanted

    @override
    async def setup_hook(self) -> None:
        """Load the cogs; called by `login`, before the gateway connects."""
        self.services.complaints.attach(self)
        for module in self._cog_modules:
            await self.load_extension(module)
        await self._registered(self)

    @override
    async def on_message(self, message: discord.Message, /) -> None:
        """Take no prefix commands: what people type is not the bot's business."""
