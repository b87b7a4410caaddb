import discord
from simcord import ChannelHandle, MemberActor

from cogs._ask import MOST_OF_CHANNEL, MOST_OF_USER
from tests.cogs.town import Town, said


async def thread_in(town: Town, channel: ChannelHandle) -> ChannelHandle:
    place = town.bot.get_channel(channel.id)
    assert isinstance(place, discord.TextChannel)
    thread = await place.create_thread(name="homework", type=discord.ChannelType.public_thread)
    return next(each for each in channel.threads if each.id == thread.id)


async def answered(town: Town, who: MemberActor, place: ChannelHandle) -> discord.Message | None:
    """What the bot answers in a place to somebody who mentions it there, if anything."""
    assert town.bot.user is not None
    before = len(place.history())
    await who.send(place, f"<@{town.bot.user.id}> how long is a kaggle session?")
    later = place.history()[before + 1 :]
    return later[0] if later else None


async def test_a_mention_in_a_thread_is_answered_in_the_thread(town: Town) -> None:
    thread = await thread_in(town, town.square)
    outside = len(town.square.history())
    found = await answered(town, town.sam, thread)
    assert found is not None
    assert "12 h" in said(found)
    assert found.channel.id == thread.id
    assert len(town.square.history()) == outside


async def test_who_asks_all_the_time_is_not_answered_more_often_in_threads(town: Town) -> None:
    thread = await thread_in(town, town.square)
    for place in [thread, town.square] * (MOST_OF_USER // 2):
        assert await answered(town, town.sam, place) is not None
    assert await answered(town, town.sam, thread) is None
    assert await answered(town, town.lin, thread) is not None


async def test_a_thread_has_the_limit_of_a_channel(town: Town) -> None:
    thread = await thread_in(town, town.square)
    everybody = [town.sam, town.lin, town.mia, town.ada]
    asked = [who for who in everybody for _ in range(MOST_OF_USER)][: MOST_OF_CHANNEL + 1]
    answers = [await answered(town, who, thread) for who in asked]
    assert [each is not None for each in answers] == [True] * MOST_OF_CHANNEL + [False]
    assert await answered(town, town.ada, town.square) is not None


async def test_mentions_that_an_admin_switched_off_stay_off_in_threads(town: Town) -> None:
    thread = await thread_in(town, town.square)
    await town.ada.slash(town.square, "settings server", mentions=False)
    assert await answered(town, town.sam, thread) is None
    await town.ada.slash(town.square, "settings server", mentions=True)
    assert await answered(town, town.sam, thread) is not None
