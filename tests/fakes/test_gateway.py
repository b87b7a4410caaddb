from __future__ import annotations

import asyncio

import discord
import pytest

from tests.fakes.discord import FakeDiscord, Intent
from tests.fakes.fixtures import discordpy_pointed_at, unprivileged_intents
from tests.fakes.sample_bot import SampleBot


async def test_ready_tells_guilds_and_their_channels(fake_discord: FakeDiscord) -> None:
    scene = fake_discord.populate()
    thread = fake_discord.world.add_thread(scene.channel)
    with discordpy_pointed_at(fake_discord):
        async with SampleBot() as bot:
            await bot.login(fake_discord.token)
            connection = asyncio.create_task(bot.connect())
            session = await fake_discord.wait_for_ready()
            await bot.wait_until_ready()
            guild = bot.get_guild(scene.guild.id)
            assert guild is not None
            assert guild.get_channel_or_thread(thread.id) is not None
            assert guild.me.guild_permissions.send_messages
            assert session.intents == Intent.GUILDS | Intent.GUILD_MESSAGES | Intent.DIRECT_MESSAGES
            await bot.close()
            await connection
    await fake_discord.wait_for_disconnect()
    assert not fake_discord.gateway.connected()


@pytest.mark.parametrize("code", [None, 4000, 1000])
async def test_a_dropped_connection_is_resumed_and_what_was_missed_is_replayed(
    fake_discord: FakeDiscord, bot: SampleBot, code: int | None
) -> None:
    scene = fake_discord.populate()
    fake_discord.gateway.drop(code=code)
    fake_discord.say(scene.alice, fake_discord.dm(scene.alice), "missed")
    await fake_discord.wait_for_resumed()
    assert (await bot.heard.get()).content == "missed"
    assert len(fake_discord.gateway.identifies) == 1


async def test_a_reconnect_request_is_followed_by_a_resume(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    fake_discord.gateway.ask_reconnect()
    await fake_discord.wait_for_resumed()
    assert len(fake_discord.gateway.identifies) == 1


async def test_an_invalid_session_that_can_be_resumed_is_resumed(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    fake_discord.gateway.invalidate(resumable=True)
    await fake_discord.wait_for_resumed()


async def test_an_invalid_session_is_identified_anew(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    fake_discord.gateway.invalidate()
    await fake_discord.wait_for_ready(count=2)
    assert len(fake_discord.gateway.identifies) == 2


async def test_forgotten_sessions_are_identified_anew(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    fake_discord.gateway.forget_sessions()
    fake_discord.gateway.drop()
    await fake_discord.wait_for_ready(count=2)
    assert not fake_discord.gateway.resumed_counts


async def test_a_wrong_token_closes_with_4004(fake_discord: FakeDiscord) -> None:
    with discordpy_pointed_at(fake_discord):
        async with discord.Client(intents=unprivileged_intents()) as client:
            await client.login(fake_discord.token)
            client.http.token = "stale"
            with pytest.raises(discord.ConnectionClosed) as caught:
                await client.connect()
            assert caught.value.code == 4004


async def test_privileged_intents_are_refused_unless_allowed(fake_discord: FakeDiscord) -> None:
    intents = unprivileged_intents()
    intents.message_content = True
    with discordpy_pointed_at(fake_discord):
        async with discord.Client(intents=intents) as client:
            await client.login(fake_discord.token)
            with pytest.raises(discord.PrivilegedIntentsRequired):
                await client.connect()


async def test_shards_get_their_own_guilds_and_direct_messages_go_to_the_first(
    fake_discord: FakeDiscord,
) -> None:
    world = fake_discord.world
    user = world.add_user("user")
    guilds = {number: world.add_guild(guild_id=(2 + number) << 22) for number in (0, 1)}
    heard: asyncio.Queue[int] = asyncio.Queue()
    with discordpy_pointed_at(fake_discord):
        first, second = (
            discord.AutoShardedClient(
                intents=unprivileged_intents(),
                shard_ids=[shard],
                shard_count=2,
                guild_ready_timeout=0.1,
            )
            for shard in (0, 1)
        )

        @first.event
        async def on_message(message: discord.Message) -> None:
            await heard.put(message.id)

        async with first, second:
            tasks: list[asyncio.Task[None]] = []
            for client in (first, second):
                await client.login(fake_discord.token)
                tasks.append(asyncio.create_task(client.connect()))
            for shard in (0, 1):
                await fake_discord.wait_for_ready(shard)
            said = fake_discord.say(user, fake_discord.dm(user), "hello")
            assert await heard.get() == said.id
            await first.wait_until_ready()
            await second.wait_until_ready()
            assert [g.id for g in first.guilds] == [guilds[0].id]
            assert [g.id for g in second.guilds] == [guilds[1].id]
            await first.close()
            await second.close()
            await asyncio.gather(*tasks)


async def test_changes_of_the_world_reach_the_bot(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene = fake_discord.populate()
    deleted: asyncio.Queue[int] = asyncio.Queue()

    @bot.event
    async def on_guild_channel_delete(channel: discord.abc.GuildChannel) -> None:
        await deleted.put(channel.id)

    @bot.event
    async def on_guild_remove(guild: discord.Guild) -> None:
        await deleted.put(guild.id)

    fake_discord.world.delete_channel(scene.channel)
    fake_discord.world.remove_member(scene.guild, fake_discord.world.bot)
    assert await deleted.get() == scene.channel.id
    assert await deleted.get() == scene.guild.id
