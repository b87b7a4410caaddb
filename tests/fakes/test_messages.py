from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest
import pytest_asyncio
from discord.http import Route

from tests.fakes.discord import FakeDiscord, Permission
from tests.fakes.fixtures import discordpy_pointed_at, unprivileged_intents
from tests.fakes.sample_bot import SampleBot


@pytest_asyncio.fixture
async def worker(fake_discord: FakeDiscord) -> AsyncIterator[discord.Client]:
    """A client that logged in and has no gateway."""
    with discordpy_pointed_at(fake_discord):
        async with discord.Client(intents=unprivileged_intents()) as client:
            await client.login(fake_discord.token)
            yield client


async def dm(client: discord.Client, user_id: int) -> discord.DMChannel:
    return await client.create_dm(discord.Object(user_id))


async def test_a_wrong_token_is_refused(fake_discord: FakeDiscord) -> None:
    with discordpy_pointed_at(fake_discord):
        async with discord.Client(intents=unprivileged_intents()) as client:
            with pytest.raises(discord.LoginFailure):
                await client.login("wrong")
    assert fake_discord.limits.invalid_requests == 1


async def test_the_same_nonce_gives_one_message_whatever_the_channel(
    fake_discord: FakeDiscord, worker: discord.Client
) -> None:
    scene = fake_discord.populate()
    channel = await dm(worker, scene.alice.id)
    first = await channel.send("due", nonce="r1")
    second = await channel.send("due", nonce="r1")
    other = await worker.get_partial_messageable(scene.channel.id).send("due", nonce="r1")
    assert first.id == second.id == other.id
    assert [m.text for m in fake_discord.messages.from_bot()] == ["due"]
    assert fake_discord.nonces.repeats == 2


async def test_a_nonce_counts_within_its_window_alone(
    fake_discord: FakeDiscord, worker: discord.Client
) -> None:
    scene = fake_discord.populate()
    channel = await dm(worker, scene.alice.id)
    await channel.send("due", nonce="r1")
    fake_discord.nonces.seconds = 0
    await channel.send("due", nonce="r1")
    assert len(fake_discord.messages.in_channel(fake_discord.dm(scene.alice))) == 2


async def test_a_repeat_of_a_deleted_message_is_unknown(
    fake_discord: FakeDiscord, worker: discord.Client
) -> None:
    scene = fake_discord.populate()
    channel = await dm(worker, scene.alice.id)
    await (await channel.send("due", nonce="r1")).delete()
    with pytest.raises(discord.NotFound) as caught:
        await channel.send("due", nonce="r1")
    assert caught.value.code == 10008
    assert [m.text for m in fake_discord.messages.ever()] == ["due"]
    assert not fake_discord.messages.from_bot()


@pytest.mark.parametrize("reset", [False, True])
async def test_a_cut_after_creating_leaves_one_message_after_the_retry(
    fake_discord: FakeDiscord, worker: discord.Client, reset: bool
) -> None:
    scene = fake_discord.populate()
    channel = await dm(worker, scene.alice.id)
    fault = fake_discord.faults.cut(moment="after", reset=reset, path="/channels/.*/messages")
    with pytest.raises((aiohttp.ClientError, OSError)):
        await channel.send("due", nonce="r1")
    assert fault.hits == 1
    assert len(fake_discord.messages.from_bot()) == 1
    await channel.send("due", nonce="r1")
    assert len(fake_discord.messages.from_bot()) == 1


async def test_a_cut_before_creating_leaves_no_message(
    fake_discord: FakeDiscord, worker: discord.Client
) -> None:
    scene = fake_discord.populate()
    channel = await dm(worker, scene.alice.id)
    fake_discord.faults.cut(method="POST", channel_id=channel.id)
    with pytest.raises(aiohttp.ClientError):
        await channel.send("due", nonce="r1")
    assert not fake_discord.messages.from_bot()


async def test_a_hanging_request_holds_its_client_until_released(
    fake_discord: FakeDiscord, worker: discord.Client
) -> None:
    scene = fake_discord.populate()
    channel = await dm(worker, scene.alice.id)
    fault = fake_discord.faults.hang(method="POST")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await channel.send("due")
    fault.release()
    await channel.send("second")
    assert [m.text for m in fake_discord.messages.from_bot()] == ["second"]


async def test_429_with_via_is_obeyed_and_without_is_an_error(
    fake_discord: FakeDiscord, worker: discord.Client
) -> None:
    scene = fake_discord.populate()
    channel = await dm(worker, scene.alice.id)
    fault = fake_discord.faults.rate_limit(0.05, is_global=True, method="POST")
    await channel.send("due")
    assert fault.exhausted
    fake_discord.faults.rate_limit(0.05, via=False, method="POST")
    with pytest.raises(discord.HTTPException) as caught:
        await channel.send("again")
    assert caught.value.status == 429
    assert fake_discord.limits.invalid_requests == 2


async def test_limits_are_told_in_headers_and_enforced(fake_discord: FakeDiscord) -> None:
    scene = fake_discord.populate()
    url = f"{fake_discord.api_base}/channels/{scene.channel.id}/messages"
    headers = {"Authorization": f"Bot {fake_discord.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        answers = [await session.post(url, json={"content": str(n)}) for n in range(6)]
        assert [a.headers["X-RateLimit-Remaining"] for a in answers] == [*"432100"]
        assert answers[0].headers["Content-Type"] == "application/json"
        assert answers[5].status == 429
        assert answers[5].headers["Via"]
        assert 0 < (await answers[5].json())["retry_after"] <= 5


async def test_the_global_ceiling_counts_or_refuses(fake_discord: FakeDiscord) -> None:
    fake_discord.limits.global_limit = 3
    headers = {"Authorization": f"Bot {fake_discord.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        url = f"{fake_discord.api_base}/users/@me"
        assert [(await session.get(url)).status for _ in range(5)] == [200] * 5
        assert fake_discord.limits.global_exceeded == 2
        fake_discord.limits.global_mode = "refuse"
        answer = await session.get(url)
        assert answer.status == 429
        assert (await answer.json())["global"] is True


async def test_too_many_invalid_requests_are_banned(fake_discord: FakeDiscord) -> None:
    fake_discord.limits.invalid_limit = 2
    async with aiohttp.ClientSession() as session:
        statuses = [
            (await session.get(f"{fake_discord.api_base}/users/@me")).status for _ in range(3)
        ]
    assert statuses == [401, 401, 429]


async def test_refusals_follow_the_world(fake_discord: FakeDiscord, worker: discord.Client) -> None:
    scene, world = fake_discord.populate(), fake_discord.world

    async def refused(channel: discord.abc.Messageable) -> int:
        with pytest.raises(discord.HTTPException) as caught:
            await channel.send("due")
        return caught.value.code

    closed = world.add_user("closed", dm_closed=True)
    world.add_member(scene.guild, closed)
    stranger = world.add_user("stranger")
    assert await refused(await dm(worker, closed.id)) == 50007
    assert await refused(await dm(worker, stranger.id)) == 50278
    with pytest.raises(discord.HTTPException) as caught:
        await dm(worker, 1)
    assert caught.value.code == 50033

    quiet = world.add_channel(scene.guild, "quiet")
    world.overwrite(quiet, scene.guild.everyone, deny=Permission.SEND_MESSAGES)
    hidden = world.add_channel(scene.guild, "hidden")
    world.overwrite(hidden, scene.guild.everyone, deny=Permission.VIEW_CHANNEL)
    for_role = next(role for role in scene.guild.roles.values() if role.name == world.bot.name)
    world.overwrite(quiet, for_role, deny=Permission.SEND_MESSAGES)
    gone = world.add_channel(scene.guild, "gone")
    world.delete_channel(gone)
    locked = world.add_thread(scene.channel, archived=True, locked=True)
    expected = {quiet.id: 50013, hidden.id: 50001, gone.id: 10003, locked.id: 50083}
    for channel_id, code in expected.items():
        assert await refused(worker.get_partial_messageable(channel_id)) == code
    asleep = world.add_thread(scene.channel, archived=True)
    await worker.get_partial_messageable(asleep.id).send("wakes it")
    assert not asleep.archived
    world.remove_member(scene.guild, scene.alice)
    assert await refused(await dm(worker, scene.alice.id)) == 50278


async def test_history_is_paged_as_discord_does(
    fake_discord: FakeDiscord, worker: discord.Client
) -> None:
    scene = fake_discord.populate()
    said = [fake_discord.say(scene.alice, scene.channel, str(n)) for n in range(7)]
    channel = worker.get_partial_messageable(scene.channel.id)

    async def contents(**where: object) -> list[str]:
        return [m.content async for m in channel.history(**where)]  # pyright: ignore[reportArgumentType] - forwarded

    third = discord.Object(said[3].id)
    assert await contents(limit=2) == ["6", "5"]
    assert await contents(limit=2, before=third) == ["2", "1"]
    assert await contents(limit=2, after=third) == ["4", "5"]
    assert await contents(limit=3, around=third) == ["4", "3", "2"]
    fetched = await channel.fetch_message(said[0].id)
    assert fetched.content == "0"


async def test_edits_attachments_and_mentions_are_kept(
    fake_discord: FakeDiscord, worker: discord.Client
) -> None:
    scene = fake_discord.populate()
    channel = worker.get_partial_messageable(scene.channel.id)
    quiet = discord.AllowedMentions(
        everyone=False, roles=False, users=[discord.Object(scene.alice.id)]
    )
    text = f"@everyone <@{scene.alice.id}> <@{scene.ming.id}> `@here`"
    sent = await channel.send(text, allowed_mentions=quiet)
    message = fake_discord.messages.get(sent.id)
    assert message is not None
    assert message.mentioned_users == (scene.alice,)
    assert not message.mentions_everyone
    await sent.edit(content="short")
    assert message.versions == [text]
    assert message.text == "short"
    file = discord.File(__file__, filename="data.json")
    with_file = await channel.send("your data", file=file)
    assert with_file.attachments[0].filename == "data.json"
    assert fake_discord.state.uploads[str(with_file.attachments[0].id)].startswith(b"from")
    fake_discord.assert_clean()


async def test_the_date_header_can_be_wrong(fake_discord: FakeDiscord) -> None:
    fake_discord.date_skew_s = 86_400 * 400
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"{fake_discord.api_base}/gateway")
    sent_year = int(answer.headers["Date"].split()[3])
    assert sent_year > discord.utils.utcnow().year


async def test_what_the_bot_does_wrong_is_kept_for_the_test(
    fake_discord: FakeDiscord, worker: discord.Client
) -> None:
    scene = fake_discord.populate()
    channel = worker.get_partial_messageable(scene.channel.id)
    with pytest.raises(discord.HTTPException) as caught:
        await channel.send("x" * 2001)
    assert caught.value.code == 50035
    assert "content: Must be 2000 or fewer in length." in str(caught.value)
    with pytest.raises(discord.HTTPException):
        await worker.http.request(Route("GET", "/nowhere"))
    assert [v.code for v in fake_discord.violations] == [50035]
    assert fake_discord.defects == ["GET /api/v10/nowhere: no such route"]
    with pytest.raises(AssertionError, match="nowhere"):
        fake_discord.assert_clean()


async def test_messages_outlive_an_outage(
    fake_discord: FakeDiscord, worker: discord.Client
) -> None:
    scene = fake_discord.populate()
    channel = await dm(worker, scene.alice.id)
    await channel.send("before")
    await fake_discord.stop()
    with pytest.raises(aiohttp.ClientError):
        await channel.send("meanwhile")
    await fake_discord.start()
    await channel.send("after")
    texts = [m.text for m in fake_discord.messages.in_channel(fake_discord.dm(scene.alice))]
    assert texts == ["before", "after"]


async def test_messages_are_what_intents_let_the_bot_read(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene = fake_discord.populate()
    fake_discord.say(scene.alice, scene.channel, "not for you")
    fake_discord.say(scene.alice, scene.channel, f"{fake_discord.world.bot.mention} hello")
    fake_discord.say(scene.alice, fake_discord.dm(scene.alice), "in private")
    heard = [await bot.heard.get() for _ in range(3)]
    assert [m.content for m in heard] == ["", f"<@{fake_discord.world.bot.id}> hello", "in private"]
    assert [m.mentions == [bot.user] for m in heard] == [False, True, False]


async def test_a_private_thread_is_there_for_who_was_added_to_it(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene, world = fake_discord.populate(), fake_discord.world
    closed = world.add_thread(scene.channel, "closed", private_to=[scene.alice])
    joined = world.add_thread(scene.channel, "joined", private_to=[scene.alice, world.bot])
    with pytest.raises(discord.Forbidden) as caught:
        await bot.get_partial_messageable(closed.id).send("hello")
    assert caught.value.code == 50001
    assert (await bot.get_partial_messageable(joined.id).send("hello")).content == "hello"
    thread = await bot.fetch_channel(joined.id)
    assert isinstance(thread, discord.Thread)
    assert (await thread.fetch_member(scene.alice.id)).id == scene.alice.id
    with pytest.raises(discord.NotFound):
        await thread.fetch_member(scene.ming.id)
    guild = bot.get_guild(scene.guild.id)
    assert guild is not None
    assert guild.get_thread(closed.id) is None
    fake_discord.assert_clean()
