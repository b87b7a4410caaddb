"""The owner's commands, as processes and users see them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import data
from bot.store.migrate import HEAD
from tests.fakes.discord import Channel, Guild
from tests.process.bot_process import BotProcess
from tests.process.stage import Stage, on_both

pytestmark = pytest.mark.asyncio(loop_scope="module")

COMMANDS = ["owner reload", "owner status"]


def edited_catalog(stage: Stage) -> Path:
    folder = stage.folder / f"facts-{stage.database.partition(chr(58))[0]}"
    for part in ("offers", "hardware"):
        shutil.copytree(Path(data.__path__[0]) / part, folder / part)
    return folder


def change(folder: Path, before: str, after: str) -> None:
    file = folder / "offers" / "kaggle.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def own(stage: Stage) -> tuple[Guild, Channel]:
    """A server where the operator is, and where `/owner` is to live."""
    world = stage.fake.world
    guild = world.add_guild("Ops", owner=world.owner)
    return guild, world.add_channel(guild, "ops")


async def start(stage: Stage, guild: Guild, **settings: str) -> BotProcess:
    return await stage.run(ready=1, OWNER_GUILD_ID=str(guild.id), **settings)


def owner_commands(stage: Stage, guild: Guild) -> list[str]:
    return [name for name in stage.fake.commands.names(guild.id) if name.startswith("owner")]


async def test_they_are_in_one_server_alone_and_leave_it_with_the_setting(stage: Stage) -> None:
    home, _ = own(stage)
    bot = await start(stage, home)
    assert owner_commands(stage, home) == COMMANDS
    assert owner_commands(stage, stage.scene.guild) == []
    assert not any(name.startswith("owner") for name in stage.fake.commands.names(None))
    writes = stage.fake.commands.overwrites
    await bot.stop()

    bot = await stage.run(ready=2, OWNER_GUILD_ID=str(home.id))
    assert stage.fake.commands.overwrites == writes  # nothing changed, nothing sent
    await bot.stop()

    bot = await stage.run(ready=3, OWNER_GUILD_ID=str(stage.scene.guild.id))
    assert owner_commands(stage, home) == []
    assert owner_commands(stage, stage.scene.guild) == COMMANDS
    await bot.stop()

    bot = await stage.run(ready=4)
    assert owner_commands(stage, stage.scene.guild) == []
    await bot.stop()
    stage.fake.assert_clean()


async def test_a_server_that_the_bot_is_not_in_is_told_and_ends_nothing(stage: Stage) -> None:
    elsewhere = stage.fake.world.add_guild("Elsewhere", has_bot=False)
    bot = await start(stage, elsewhere)
    await bot.wait_for_line("OWNER_GUILD_ID")
    await stage.fake.slash(stage.scene.alice, stage.scene.channel, "about")
    await bot.stop()


async def test_nobody_but_the_owner_or_the_team_may_use_them(stage: Stage) -> None:
    fake, (home, channel) = stage.fake, own(stage)
    mallory = fake.world.add_user("mallory")
    admin = fake.world.add_role(home, "admin", permissions=1 << 3)
    fake.world.add_member(home, mallory, roles=(admin,))
    bot = await start(stage, home)
    for command in COMMANDS:
        refused = await fake.slash(mallory, channel, command)
        assert refused.ephemeral
        assert "Only the owner of this application" in refused.text
    assert "is well" in (await fake.slash(fake.world.owner, channel, "owner status")).text
    await bot.stop()


async def test_a_reload_says_what_changed_and_a_bad_edit_keeps_the_last_good_one(
    stage: Stage,
) -> None:
    stage.may_fail = True  # the broken file is an error in the log too
    fake, (home, channel) = stage.fake, own(stage)
    owner = fake.world.owner
    folder = edited_catalog(stage)
    bot = await start(stage, home, CATALOG_DIR=str(folder))
    info = await fake.slash(owner, channel, "gpu info", offer="kaggle-notebooks-gpu")
    assert "Kaggle Renamed" not in info.text

    unchanged = await fake.slash(owner, channel, "owner reload")
    assert unchanged.ephemeral
    assert "Nothing changed" in unchanged.text

    change(folder, '"Kaggle Notebooks - free GPU"', '"Kaggle Renamed"')
    told = await fake.slash(owner, channel, "owner reload")
    assert "One change" in told.text
    assert "kaggle-notebooks-gpu: name" in told.text
    info = await fake.slash(owner, channel, "gpu info", offer="kaggle-notebooks-gpu")
    assert "Kaggle Renamed" in info.text

    change(folder, "limit_hours", "limit_ours")
    broken = await fake.slash(owner, channel, "owner reload")
    assert "kaggle.toml:" in broken.text
    assert "limit\\_ours" in broken.text
    assert "last good one stays" in broken.text
    info = await fake.slash(owner, channel, "gpu info", offer="kaggle-notebooks-gpu")
    assert "Kaggle Renamed" in info.text
    await bot.stop()
    fake.assert_clean()


async def test_every_process_hears_of_a_reload_or_the_owner_is_told_that_it_does_not(
    both_stages: tuple[Stage, Stage],
) -> None:
    await on_both(both_stages, reload_beside_a_worker)


async def reload_beside_a_worker(stage: Stage) -> None:
    fake, (home, channel) = stage.fake, own(stage)
    folder = edited_catalog(stage)
    worker = await stage.start("worker", CATALOG_DIR=str(folder))
    await worker.wait_for_line('"logger": "discord.')
    bot = await start(stage, home, CATALOG_DIR=str(folder), DELIVER="off")
    status = await fake.slash(fake.world.owner, channel, "owner status")
    assert "does not deliver" in status.text
    change(folder, "limit_hours = { value = 12", "limit_hours = { value = 11")
    told = await fake.slash(fake.world.owner, channel, "owner reload")
    if stage.database.startswith("postgresql"):
        assert "Each process" in told.text
        await worker.wait_for_line("catalog read again: kaggle")
    else:
        assert "SIGHUP" in told.text
        assert "catalog read again" not in worker.printed
    await bot.stop()
    await worker.stop()


async def test_the_status_counts_what_waits(stage: Stage) -> None:
    fake, (home, channel) = stage.fake, own(stage)
    bot = await start(stage, home, DELIVER="off")
    await stage.promise(stage.scene.alice, stage.scene.channel, "later", when="2h")
    await stage.owe(stage.scene.alice, "now")
    status = await fake.slash(fake.world.owner, channel, "owner status")
    assert "Waiting: **2** · overdue: **1**" in status.text
    assert f"Schema {HEAD}" in status.text
    await bot.stop()
