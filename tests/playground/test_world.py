import discord

from bot.discord.playground.clock import PlaygroundClock
from bot.discord.playground.world import World
from tests.playground.standin import StandIn


async def test_the_ids_of_the_world_are_known_before_the_bot_logs_in(
    bot: StandIn, clock: PlaygroundClock
) -> None:
    world = World.build(bot=bot, clock=clock)
    assert bot.user is None
    ids = {world.guild_id, world.channel_id, *(member.id for member in world.members)}
    assert len(ids) == 5


async def test_the_bot_finds_the_server_under_its_own_name(world: World, bot: StandIn) -> None:
    guild = bot.get_guild(world.guild_id)
    assert guild is not None
    assert guild.name == "GPU Scout playground"
    assert guild.me.name == "GPU Scout"
    assert guild.get_channel(world.channel_id) is not None


async def test_one_member_is_an_admin_and_one_reads_chinese(world: World) -> None:
    administrator = discord.Permissions(administrator=True).value
    admins = [
        member.name
        for member in world.members
        if world.env.backend.compute_permissions(world.guild_id, member.id) & administrator
    ]
    assert admins == ["Ada (admin)"]
    assert {world.locale_of(member.id) for member in world.members} == {"en-US", "zh-CN"}
    assert world.locale_of(1) == "en-US"
