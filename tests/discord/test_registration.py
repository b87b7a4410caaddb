from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from simcord import Env

from bot.app import COGS, Foundation, foundation
from bot.discord.playground.clock import PlaygroundClock
from bot.settings import Settings
from tests.cogs.town import said

CLOCK = PlaygroundClock(start=datetime(2026, 11, 23, tzinfo=UTC), stopwatch=lambda: 0.0)
REGISTER = "/applications/*/commands"


@asynccontextmanager
async def started(
    address: str,
    *,
    cogs: tuple[str, ...] = COGS,
    always: bool = False,
    **settings: object,
) -> AsyncGenerator[tuple[Env, Foundation]]:
    """A first start of the process, as far as Discord's answer to the login."""
    chosen = Settings(_env_file=None, database_url=address, **settings)  # pyright: ignore[reportCallIssue, reportArgumentType] - validated, not typed
    async with foundation(chosen, clock=CLOCK) as house:
        bot = house.bot(cogs=cogs, always_register=always)
        env = Env(bot, check_errors=False, shard_count=chosen.shard_count or 1)
        await env.start()
        try:
            yield env, house
        finally:
            await env.shutdown()
            await bot.close()


def registrations(env: Env) -> int:
    return sum(
        each.method == "PUT" and each.path.endswith("/commands") for each in env.http_requests
    )


@pytest.fixture(autouse=True)
def _quick(read_once: None) -> None: ...


async def test_a_first_start_registers_and_learns_the_ids(address: str) -> None:
    async with started(address) as (env, house):
        assert registrations(env) == 1
        assert house.services.mentions("remind session").startswith("</remind session:")


async def test_a_second_start_sends_nothing_and_knows_the_ids_all_the_same(address: str) -> None:
    async with started(address) as (_, house):
        mention = house.services.mentions("remind session")
    async with started(address) as (env, house):
        assert registrations(env) == 0
        assert house.services.mentions("remind session") == mention


async def test_a_changed_definition_is_registered_again(address: str) -> None:
    async with started(address, cogs=COGS[:2]) as (env, _):
        assert registrations(env) == 1
    async with started(address) as (env, house):
        assert registrations(env) == 1
        assert house.services.mentions("settings me").startswith("</settings me:")


async def test_another_api_base_is_another_discord(address: str) -> None:
    async with started(address):
        pass
    async with started(address, discord_api_base="http://127.0.0.1:9/api/v10") as (env, _):
        assert registrations(env) == 1
    async with started(address) as (env, _):
        assert registrations(env) == 0


async def test_sync_registers_whether_changed_or_not(address: str) -> None:
    for _ in range(2):
        async with started(address, always=True) as (env, _house):
            assert registrations(env) == 1


async def test_a_worker_registers_nothing(address: str) -> None:
    async with started(address, cogs=()) as (env, _):
        assert registrations(env) == 0


async def test_only_the_process_with_shard_0_registers(address: str) -> None:
    async with started(address, shard_ids="1", shard_count=2) as (env, house):
        assert registrations(env) == 0
        assert house.services.mentions("about") == "`/about`"
    async with started(address, shard_ids="0", shard_count=2) as (env, house):
        assert registrations(env) == 1
        mention = house.services.mentions("about")
    async with started(address, shard_ids="1", shard_count=2) as (env, house):
        assert registrations(env) == 0
        assert house.services.mentions("about") == mention


async def test_what_was_sent_are_the_definitions_in_each_language(address: str) -> None:
    async with started(address) as (env, _):
        guild = env.create_guild("Town", owner=env.create_user("owner"))
        channel = guild.create_text_channel("square")
        sam = guild.add_member(env.create_user("sam"))
        commands = env.backend.visible_commands(user_id=sam.id, channel_id=channel.id)
        about = next(each for each in commands if each["name"] == "about")
        assert about["description_localizations"].keys() == {"zh-CN", "zh-TW"}
        assert "GPU Scout" in said(await sam.slash(channel, "about"))
