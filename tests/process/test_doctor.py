"""`gpu-scout doctor` as an operator runs it, on machines with all kinds of trouble."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

import data
from bot.store.migrate import HEAD
from tests.fakes.discord import Permission
from tests.fakes.discord.wire import DEFAULT_PERMISSIONS
from tests.process.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUIET = {"LOG_LEVEL": "INFO", "LOG_FORMAT": "text"}


def file_of(stage: Stage) -> Path:
    return Path(stage.database.removeprefix("sqlite:///"))


def content(stage: Stage) -> bytes:
    return file_of(stage).read_bytes()


def write(stage: Stage, instead: bytes) -> None:
    file_of(stage).write_bytes(instead)


def listing(stage: Stage) -> set[str]:
    return {each.name for each in stage.folder.iterdir()}


async def doctor(stage: Stage, **settings: str) -> tuple[int, dict[str, list[str]]]:
    """Run it; return the exit code and its lines by their subject."""
    process = await stage.start("doctor", **QUIET | settings)
    code = await process.ended(within=30)
    assert process.err == []
    found: dict[str, list[str]] = {}
    for line in process.out:
        level, subject, _ = line.split(maxsplit=2)
        assert level in {"ok", "warning", "failure"}, line
        found.setdefault(subject, []).append(line)
    assert (code == 1) == any(line.startswith("failure") for line in process.out)
    return code, found


async def test_all_is_well_and_stays_as_it_was(stage: Stage) -> None:
    async with stage.store():
        pass
    before = content(stage)
    code, found = await doctor(stage)
    assert code == 0, found
    assert {line.split()[0] for lines in found.values() for line in lines} == {"ok"}
    assert list(found) == [
        "settings", "catalog", "words", "database", "disk", "network", "clock", "token", "intents",
        "permissions", "shards", "connections",
    ]  # fmt: skip
    assert f"schema version {HEAD}" in found["database"][0]
    assert content(stage) == before
    assert {request.method for request in stage.fake.requests} == {"GET"}
    assert stage.fake.commands.overwrites == 0
    stage.fake.assert_clean()


async def test_nothing_set_is_no_failure_and_makes_no_database(stage: Stage) -> None:
    code, found = await doctor(stage, DISCORD_TOKEN="", DATABASE_URL="")
    assert code == 0, found
    assert found["token"][0].startswith("warning")
    assert "playground" in found["token"][0]
    assert "not there yet" in found["database"][0]
    assert "var" not in listing(stage)


async def test_a_wrong_token_is_named_and_not_shown(stage: Stage) -> None:
    wrong = stage.fake.token[:-1] + "y"
    code, found = await doctor(stage, DISCORD_TOKEN=wrong)
    assert code == 1
    assert found["token"][0].startswith("failure")
    assert "Reset Token" in found["token"][0]
    # Asked once: each further try would count towards a ban.
    assert len([r for r in stage.fake.requests if r.status == 401]) == 1
    assert wrong not in str(found)


async def test_an_unreachable_network(stage: Stage) -> None:
    with socket.socket() as taken:  # bound, and never listening
        taken.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{taken.getsockname()[1]}/api/v10"
        code, found = await doctor(stage, DISCORD_API_BASE=base)
        assert code == 1
        assert base in found["network"][0]
        code, found = await doctor(stage, DISCORD_API_BASE=base, DISCORD_TOKEN="")
        assert code == 0
        assert found["network"][0].startswith("warning")
        assert "token" in found


async def test_an_address_that_is_not_discords(stage: Stage) -> None:
    code, found = await doctor(stage, DISCORD_API_BASE=stage.fake.address)
    assert code == 1
    assert "DISCORD_API_BASE" in found["network"][0]


async def test_discord_in_trouble(stage: Stage) -> None:
    stage.fake.faults.answer(503, path="/gateway/bot", times=None)
    code, found = await doctor(stage)
    assert code == 1
    assert "503" in found["discord"][0]
    stage.fake.faults.clear()
    stage.fake.faults.cut(path="/users/@me/guilds", times=None)
    code, found = await doctor(stage)
    assert code == 1
    assert any("stopped" in line for line in found["network"])


async def test_servers_where_permissions_are_missing(stage: Stage) -> None:
    world = stage.fake.world
    poor = world.add_guild("Poor", bot_permissions=0)
    poor.everyone.permissions = int(DEFAULT_PERMISSIONS & ~Permission.ATTACH_FILES)
    root = world.add_guild("Root", bot_permissions=int(Permission.ADMINISTRATOR))
    root.everyone.permissions = 0
    code, found = await doctor(stage, OWNER_GUILD_ID=str(root.id))
    assert code == 0
    (line,) = found["permissions"]
    assert line.startswith("warning")
    assert f"Poor ({poor.id}) lacks attach files ->" in line
    assert "oauth2/authorize?client_id=" in line
    assert "Root" in found["owner"][0]

    _, found = await doctor(stage, OWNER_GUILD_ID="1")
    assert found["owner"][0].startswith("warning")


async def test_two_hundred_servers_are_two_pages(stage: Stage) -> None:
    for number in range(250):
        stage.fake.world.add_guild(f"g{number}")
    _, found = await doctor(stage)
    assert "251 of 251" in found["permissions"][0]


@pytest.mark.parametrize(
    ("skew", "level", "words"),
    [(-30, "warning", "ahead of"), (30, "warning", "behind"), (3600, "failure", "behind")],
)
async def test_a_clock_that_is_wrong(stage: Stage, skew: float, level: str, words: str) -> None:
    stage.fake.date_skew_s = skew
    _, found = await doctor(stage)
    assert found["clock"][0].startswith(level)
    assert words in found["clock"][0]
    assert "NTP" in found["clock"][0]


async def test_fewer_shards_than_discord_wants(stage: Stage) -> None:
    stage.fake.gateway.recommended_shards = 4
    code, found = await doctor(stage, SHARD_IDS="0,1", SHARD_COUNT="2")
    assert code == 0
    assert found["shards"][0].startswith("warning")
    assert "set SHARD_COUNT to 4" in found["shards"][0]
    assert "a start takes 2" in found["connections"][0]


async def test_a_newer_database_is_left_as_it_is(stage: Stage) -> None:
    def be_newer(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    async with stage.store() as store:
        await store.write(be_newer)
    code, found = await doctor(stage)
    assert code == 1
    assert found["database"][0].startswith("failure")
    assert "9999" in found["database"][0]


async def test_a_database_without_tables_or_of_an_older_version(stage: Stage) -> None:
    write(stage, b"")
    _, found = await doctor(stage)
    assert "empty" in found["database"][0]
    assert content(stage) == b""

    def be_older(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    async with stage.store() as store:
        await store.write(be_older)
    code, found = await doctor(stage)
    assert code == 0
    assert found["database"][0].startswith("warning")
    assert "backup" in found["database"][0]


async def test_a_file_that_is_no_database(stage: Stage) -> None:
    write(stage, b"nothing of the kind\n" * 99)
    code, found = await doctor(stage)
    assert code == 1
    assert "not a database" in found["database"][0]


async def test_a_postgresql_in_use_and_one_that_is_away(stage: Stage, postgresql_url: str) -> None:
    _, found = await doctor(stage, DATABASE_URL=postgresql_url)
    assert "is empty" in found["database"][0]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://scout:hunter2@127.0.0.1:{taken.getsockname()[1]}/scout"
        code, found = await doctor(stage, DATABASE_URL=url)
    assert code == 1
    assert found["database"][0].startswith("failure")
    assert "hunter2" not in str(found)


async def test_a_broken_catalog(stage: Stage) -> None:
    folder = stage.folder / "facts"
    for part in ("offers", "hardware"):
        shutil.copytree(Path(data.__path__[0]) / part, folder / part)
    file = folder / "offers" / "kaggle.toml"
    file.write_text(file.read_text().replace("limit_hours", "limit_ours", 1))
    code, found = await doctor(stage, CATALOG_DIR=str(folder))
    assert code == 1
    assert "kaggle.toml:" in found["catalog"][0]
    code, found = await doctor(stage, CATALOG_DIR=str(stage.folder / "nowhere"))
    assert code == 1
    assert found["catalog"][0].startswith("failure")


async def test_settings_that_can_not_be_read(stage: Stage) -> None:
    code, found = await doctor(stage, SHARD_COUNT="none")
    assert code == 1
    assert "SHARD_COUNT" in found["settings"][0]
    (stage.folder / ".env").write_text('DISCORD_TOKEN="secret-and-unclosed\n')
    code, found = await doctor(stage)
    assert code == 1
    assert "Line 1 of the file .env" in found["settings"][0]
    assert "secret-and-unclosed" not in str(found)
