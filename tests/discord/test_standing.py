from datetime import timedelta

import discord
import pytest
from simcord import ChannelHandle, MemberActor

from bot.discord.standing import REMEMBER, Standing
from tests.cogs.town import Town


@pytest.fixture
def standing(town: Town) -> Standing:
    return Standing(client=town.bot, clock=town.clock)


async def may(standing: Standing, town: Town, actor: MemberActor, channel: ChannelHandle) -> bool:
    return await standing.may_speak(user_id=actor.id, guild_id=town.guild.id, channel_id=channel.id)


async def test_a_member_speaks_where_nothing_forbids_it(town: Town, standing: Standing) -> None:
    assert await may(standing, town, town.sam, town.library)
    assert await may(standing, town, town.mia, town.square)


async def test_a_muted_member_does_not(town: Town, standing: Standing) -> None:
    assert not await may(standing, town, town.mia, town.library)


async def test_a_member_who_left_does_not_at_once(town: Town, standing: Standing) -> None:
    assert await may(standing, town, town.sam, town.square)
    town.guild.remove_member(town.sam)
    assert not await may(standing, town, town.sam, town.square)


async def test_a_member_in_a_time_out_does_not(town: Town, standing: Standing) -> None:
    # discord.py compares with the machine's own clock.
    until = discord.utils.utcnow() + timedelta(hours=1)
    members = town.env.backend.get_guild(town.guild.id).members
    members[town.sam.id].timed_out_until = until.isoformat()
    assert not await may(standing, town, town.sam, town.square)


async def test_a_channel_that_is_gone_is_an_answer_of_discords(
    town: Town, standing: Standing
) -> None:
    with pytest.raises(discord.HTTPException):
        await standing.may_speak(user_id=town.sam.id, guild_id=town.guild.id, channel_id=1)


async def test_nobody_speaks_in_a_channel_that_holds_no_messages(
    town: Town, standing: Standing
) -> None:
    # A media channel is as a forum, and Discord's document doesn't even know its number.
    for kind in (discord.ChannelType.forum, discord.ChannelType.media):
        channel = town.guild.create_forum_channel(kind.name)
        town.env.backend.channels[channel.id].type = kind.value
        assert not await may(standing, town, town.ada, channel)
    category = town.guild.create_category("corner")
    assert not await may(standing, town, town.ada, category)


async def test_nobody_speaks_in_a_kind_of_channel_that_is_unknown(
    town: Town, standing: Standing
) -> None:
    channel = town.guild.create_text_channel("from-the-future")
    town.env.backend.channels[channel.id].type = 99  # pyright: ignore[reportAttributeAccessIssue]
    assert not await may(standing, town, town.ada, channel)


async def test_a_channel_is_remembered_for_a_minute_and_a_member_never(
    town: Town, standing: Standing
) -> None:
    def asked(what: str) -> int:
        return sum(what in each.path for each in town.env.http_requests)

    for _ in range(3):
        await may(standing, town, town.sam, town.square)
    assert asked("/members/") == 3
    channels = asked(f"/channels/{town.square.id}") + asked(f"/guilds/{town.guild.id}/channels")
    town.clock.advance(REMEMBER.total_seconds())
    await may(standing, town, town.sam, town.square)
    again = asked(f"/channels/{town.square.id}") + asked(f"/guilds/{town.guild.id}/channels")
    assert (channels, again) == (1, 2)
