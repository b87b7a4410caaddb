import discord

from bot.discord.client import PERMISSIONS, intents
from tests.cogs.town import Town


def test_guilds_and_messages_are_listened_to_and_nothing_privileged() -> None:
    assert {name for name, on in intents() if on} == {
        "guilds", "guild_messages", "dm_messages",
    }  # fmt: skip


def test_the_permissions_asked_for_are_the_six_that_are_needed() -> None:
    six = discord.Permissions(
        read_messages=True,
        send_messages=True,
        send_messages_in_threads=True,
        embed_links=True,
        attach_files=True,
        read_message_history=True,
    )
    assert six == PERMISSIONS


async def test_no_message_may_ping_unless_it_says_whom(town: Town) -> None:
    allowed = town.bot.allowed_mentions
    assert allowed is not None
    assert allowed.to_dict() == discord.AllowedMentions.none().to_dict()


async def test_neither_members_nor_messages_are_kept_in_memory(town: Town) -> None:
    await town.sam.send(town.square, "hello @GPU Scout")
    await town.sam.slash(town.square, "about")
    guild = town.bot.get_guild(town.guild.id)
    assert guild is not None
    assert [each.id for each in guild.members if each != guild.me] == []
    assert list(town.bot.cached_messages) == []


async def test_what_people_type_is_not_answered(town: Town) -> None:
    for typed in ("!help", "about", "remind me"):
        await town.sam.send(town.square, typed)
    assert {each.author.id for each in town.square.history()} == {town.sam.id}
