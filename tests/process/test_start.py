from __future__ import annotations

import json

import pytest

from tests.fakes.discord import Guild
from tests.process.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

PUBLIC = {
    "about",
    "gpu ask",
    "gpu changes",
    "gpu compare",
    "gpu fit",
    "gpu follow",
    "gpu info",
    "gpu profile",
    "gpu recommend",
    "gpu report",
    "gpu unlock",
    "privacy delete",
    "privacy export",
    "privacy show",
    "quota import",
    "quota log",
    "quota set",
    "quota show",
    "remind cancel",
    "remind list",
    "remind me",
    "remind quota",
    "remind session",
    "settings me",
    "settings server",
}


def registrations(stage: Stage) -> int:
    return sum(
        request.method == "PUT" and request.template.endswith("/commands")
        for request in stage.fake.requests
    )


async def test_commands_are_registered_once_and_again_only_by_sync(stage: Stage) -> None:
    first = await stage.run()
    assert set(stage.fake.commands.names(None)) == PUBLIC
    assert registrations(stage) == 1
    await first.stop()

    second = await stage.run(ready=2)
    assert registrations(stage) == 1
    about = await stage.fake.slash(stage.scene.alice, stage.scene.channel, "about")
    ids = {root["id"] for root in stage.fake.commands.scope(None)}
    assert any(f"</gpu compare:{each}>" in about.text for each in ids)
    await second.stop()

    sync = await stage.start("sync")
    assert await sync.ended() == 0
    roots = {name.partition(" ")[0] for name in PUBLIC}
    menus = ("Remind me about this",)
    assert sync.out == [f"{len(roots) + len(menus)} commands registered"]
    assert registrations(stage) == 2
    stage.fake.assert_clean()


async def test_each_shard_process_answers_its_own_guilds(stage: Stage) -> None:
    world, alice = stage.fake.world, stage.scene.alice

    def shard_of(guild: Guild) -> int:
        return (guild.id >> 22) % 2

    guilds = {shard_of(stage.scene.guild): stage.scene.guild}
    while len(guilds) < 2:
        guild = world.add_guild("Other", members=[alice])
        guilds.setdefault(shard_of(guild), guild)
    channels = [world.add_channel(guilds[shard]) for shard in (0, 1)]

    await stage.start("run", SHARD_IDS="1", SHARD_COUNT="2")
    await stage.fake.wait_for_ready(shard=1)
    assert registrations(stage) == 0
    assert not stage.fake.gateway.connected(0)

    await stage.start("run", SHARD_IDS="0", SHARD_COUNT="2")
    await stage.fake.wait_for_ready(shard=0)
    await stage.fake.wait_for_commands()
    assert registrations(stage) == 1
    for place in (*channels, stage.fake.dm(alice)):
        answer = await stage.fake.slash(alice, place, "about")
        assert answer.interaction.delivered_to == 1
    # With shards given, discord.py would never ask for it by itself.
    asked = [r for r in stage.fake.requests if r.path == "/gateway/bot"]
    assert len(asked) >= 2
    stage.fake.assert_clean()


async def test_a_database_is_upgraded_by_command(stage: Stage) -> None:
    for _ in range(2):
        upgrade = await stage.start("db", "upgrade")
        assert await upgrade.ended() == 0, upgrade.printed
        assert len(upgrade.out) == 1
        assert upgrade.out[0].startswith("the database has schema version ")


async def test_a_bot_asks_for_no_privileged_intent_and_keeps_its_token_to_itself(
    stage: Stage,
) -> None:
    process = await stage.run()
    (identify,) = stage.fake.gateway.identifies
    guilds, guild_messages, direct_messages = 1 << 0, 1 << 9, 1 << 12
    assert identify["intents"] == guilds | guild_messages | direct_messages

    await stage.promise(stage.scene.alice, stage.scene.channel, "tea")
    await process.stop()
    log = [json.loads(line) for line in process.err]
    assert {"DEBUG", "INFO"} <= {line["level"] for line in log}
    assert {"discord.http", "discord.gateway"} <= {line["logger"] for line in log}
    assert stage.fake.token not in process.printed
    assert not process.out
