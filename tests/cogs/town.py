"""The real bot in a small Discord of its own: what a test of a cog stands in."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self, final

import discord
from pydantic import SecretStr
from simcord import ChannelHandle, Env, GuildHandle, MemberActor, UserHandle
from simcord.components import walk_components
from simcord.results import InteractionResult, ResponseMessage

from bot.app import COGS, Foundation, foundation
from bot.discord.client import ScoutBot
from bot.discord.playground.clock import PlaygroundClock
from bot.discord.playground.languages import localize_commands, localize_interactions
from bot.duties import delivering
from bot.reminders.deliver import Deliverer
from bot.reminders.models import Reminder
from bot.settings import Settings
from bot.speech.locales import Locale
from bot.speech.phrasebook import Words

START = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # a Monday
PATIENCE = 10.0  # seconds for a message that comes by itself
BUTTON, STRING_SELECT, TEXT_INPUT, TEXT = 2, 3, 4, 10

Component = dict[str, Any]
Sendable = ResponseMessage | discord.Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One run of the bot on the database."""

    house: Foundation
    bot: ScoutBot
    deliverer: Deliverer
    closing: AsyncExitStack


@final
class Town:
    """A server with its members, and the bot among them."""

    def __init__(self, *, env: Env, process: Process, clock: PlaygroundClock, address: str) -> None:
        self.env = env
        self.clock = clock
        self._process = process
        self._address = address
        owner = env.create_user("owner")
        self.guild: GuildHandle = env.create_guild("Town", owner=owner)
        self.square: ChannelHandle = self.guild.create_text_channel("square")
        admins = self.guild.create_role(
            "admin", permissions=discord.Permissions(administrator=True)
        )
        self.ada = self._member("ada", roles=[admins])
        self.sam = self._member("sam")
        self.lin = self._member("xiaolin")
        self.mia = self._member("mia")
        # Mia is muted: she may read and give commands here, and not write.
        muted = discord.PermissionOverwrite(send_messages=False)
        self.library: ChannelHandle = self.guild.create_text_channel(
            "library", overwrites={self.mia: muted}
        )
        self.drew = env.create_user("drew")  # shares no server with the bot but its own DMs
        self._locales = {self.lin.id: "zh-CN"}
        self._localize()

    def _member(self, name: str, **fields: Any) -> MemberActor:
        return self.guild.add_member(self.env.create_user(name), **fields)

    def _localize(self) -> None:
        localize_interactions(self.bot, self.locale_of)

    @property
    def house(self) -> Foundation:
        return self._process.house

    @property
    def bot(self) -> ScoutBot:
        return self._process.bot

    def locale_of(self, user_id: int) -> str:
        return self._locales.get(user_id, "en-US")

    def speaks(self, actor: MemberActor | UserHandle, tag: str) -> None:
        """Let someone's Discord client be in another language from now on."""
        self._locales[actor.id] = tag

    def words(self, locale: Locale = Locale.EN_US) -> Words:
        return self.house.services.phrasebook.words(locale)

    def words_of(self, actor: MemberActor | UserHandle) -> Words:
        return self.words(Locale.ZH_CN if self.locale_of(actor.id) == "zh-CN" else Locale.EN_US)

    def dm_of(self, actor: MemberActor | UserHandle) -> ChannelHandle:
        return ChannelHandle(self.env, None, self.env.backend.get_dm_channel(actor.id))

    async def kept(self, actor: MemberActor | UserHandle) -> list[Reminder]:
        """What the database holds for someone, the next one first."""
        return await self.house.services.reminders.active(actor.id)

    async def wait(self, length: timedelta) -> None:
        """Let the town's time pass."""
        self.clock.advance(length.total_seconds())
        self.house.alarm()

    async def arrives(self, channel: ChannelHandle, after: timedelta) -> discord.Message:
        """Let time pass, and return the message that the bot then sends there by itself."""
        arrived: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def notice(event: str, payload: Mapping[str, Any]) -> None:
            here = event == "MESSAGE_CREATE" and int(payload["channel_id"]) == channel.id
            if here and not arrived.done():
                arrived.set_result(int(payload["id"]))

        self.env.backend.subscribers.append(notice)
        await self.wait(after)
        async with asyncio.timeout(PATIENCE):
            message_id = await arrived
        await self._process.deliverer.idle()
        self.env.backend.subscribers.remove(notice)
        return next(each for each in channel.history() if each.id == message_id)

    async def posted(self, channel: ChannelHandle) -> discord.Message:
        """Return the first message that the bot sends there by itself, now or a moment ago."""
        for each in channel.history():
            if each.content:
                await self._process.deliverer.idle()
                return each
        return await self.arrives(channel, timedelta())

    async def restart(self) -> None:
        """Stop the bot, and start a fresh one on the same database."""
        old = self._process
        self._process = await start(self._address, self.clock)
        self._localize()
        await self.env.restart_bot(self._process.bot)
        await old.closing.aclose()

    async def close(self) -> None:
        await self.env.shutdown()
        await self.bot.close()
        await self._process.closing.aclose()

    @classmethod
    @asynccontextmanager
    async def built(
        cls, address: str, *, cogs: Sequence[str] = COGS, owner_guild_id: int | None = None
    ) -> AsyncGenerator[Self]:
        clock = PlaygroundClock(start=START, stopwatch=lambda: 0.0)
        process = await start(address, clock, cogs=cogs, owner_guild_id=owner_guild_id)
        # pyright: ignore below: typed as SimCord's own class, of which this has all there is.
        env = Env(process.bot, check_errors=False, shard_count=1)
        env.backend.clock = clock  # pyright: ignore[reportAttributeAccessIssue]
        town = cls(env=env, process=process, clock=clock, address=address)
        localize_commands(env, town.locale_of)
        await env.start()
        try:
            yield town
        finally:
            await town.close()


async def start(
    address: str,
    clock: PlaygroundClock,
    *,
    cogs: Sequence[str] = COGS,
    owner_guild_id: int | None = None,
) -> Process:
    """Build the bot as `gpu-scout run` does, short of its connection."""
    settings = Settings(
        _env_file=None,  # pyright: ignore[reportCallIssue]
        database_url=SecretStr(address),
        owner_guild_id=owner_guild_id,
    )
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(foundation(settings, clock=clock))
        bot = house.bot(cogs=cogs, always_register=True)
        ticker = await stack.enter_async_context(delivering(house, bot))
        deliverer = ticker._deliverer  # pyright: ignore[reportPrivateUsage]
        return Process(house=house, bot=bot, deliverer=deliverer, closing=stack.pop_all())
    raise AssertionError("the stack swallows nothing")


# ------------------------------------------------------------------ what was answered


def answer(result: InteractionResult) -> ResponseMessage:
    """The one message that answered."""
    assert result.response is not None, result
    assert result.followups == []
    return result.response


def said(message: InteractionResult | Sendable) -> str:
    """All text of a message, in its order."""
    if isinstance(message, InteractionResult):
        message = answer(message)
    texts = [each["content"] for each in parts(message) if each["type"] == TEXT]
    return "\n".join([*([message.content] if message.content else []), *texts])


def parts(message: Sendable) -> Iterator[Component]:
    """All components of a message."""
    components = (
        message.components
        if isinstance(message, ResponseMessage)
        else [each.to_dict() for each in message.components]
    )
    yield from walk_components(components)


def labels(message: Sendable) -> list[str]:
    """What stands on its buttons."""
    return [each["label"] for each in parts(message) if each["type"] == BUTTON]


def options(message: Sendable, custom_id: str | None = None) -> dict[str, str]:
    """The choices of its selects, or of the one with this id: value by label."""
    return {
        option["label"]: option["value"]
        for each in parts(message)
        if each["type"] == STRING_SELECT and custom_id in {None, each["custom_id"]}
        for option in each["options"]
    }


def fields(result: InteractionResult) -> dict[str, Component]:
    """The text fields of the form that answered, by id."""
    assert result.modal is not None
    found = walk_components(result.modal["components"])
    return {each["custom_id"]: each for each in found if each["type"] == TEXT_INPUT}


def told_privately(result: InteractionResult) -> str:
    """The sentence that only the one who asked sees, where there is no more than a sentence."""
    response = answer(result)
    assert response.ephemeral
    assert response.components == []
    return response.content
