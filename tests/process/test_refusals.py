from __future__ import annotations

import shutil
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

import data
from bot.clock import SystemClock
from bot.store.store import Store
from tests.process.bot_process import BotProcess
from tests.process.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUIET = {"LOG_LEVEL": "ERROR", "LOG_FORMAT": "text"}


@pytest.fixture(autouse=True)
def errors_are_what_this_is_about(stage: Stage) -> None:
    stage.may_fail = True


async def sentence_of(process: BotProcess) -> str:
    """Return what an operator reads of a start that failed: one line, and no traceback."""
    assert await process.ended(within=30) == 1
    assert process.out == []
    assert len(process.err) == 1, process.printed
    (line,) = process.err
    assert line.startswith("gpu-scout: ")
    return line


async def test_a_wrong_token(stage: Stage) -> None:
    wrong = stage.fake.token[:-1] + "y"
    process = await stage.start("worker", DISCORD_TOKEN=wrong, **QUIET)
    sentence = await sentence_of(process)
    assert "refused the token" in sentence
    assert wrong not in sentence


async def test_a_token_that_the_gateway_refuses(stage: Stage) -> None:
    # From here on REST takes another token than the gateway, which answers 4004.
    stage.fake.state.token = stage.fake.token[:-1] + "y"
    assert "refused the token" in await sentence_of(await stage.start("run", **QUIET))
    assert len(stage.fake.gateway.identifies) == 1


async def test_nobody_listens_at_discords_address(stage: Stage) -> None:
    with socket.socket() as taken:  # bound, and never listening
        taken.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{taken.getsockname()[1]}/api/v10"
        sentence = await sentence_of(await stage.start("run", DISCORD_API_BASE=base, **QUIET))
    assert base in sentence
    assert "network" in sentence


@pytest.mark.parametrize("path", ["/users/@me", "/gateway/bot"])
async def test_discord_is_down_at_the_start(stage: Stage, path: str) -> None:
    stage.fake.faults.answer(503, path=path, times=None)
    assert "503" in await sentence_of(await stage.start("run", **QUIET))


async def test_the_commands_were_registered_too_often_today(stage: Stage) -> None:
    stage.fake.faults.rate_limit(3600, path="/applications/", method="PUT", times=None)
    assert "3600 s" in await sentence_of(await stage.start("run", **QUIET))


async def test_a_database_of_a_newer_version(stage: Stage) -> None:
    def be_newer(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    store = await Store.open(stage.database, clock=SystemClock())
    await store.write(be_newer)
    await store.close()
    for command in (("run",), ("db", "upgrade")):
        sentence = await sentence_of(await stage.start(*command, **QUIET))
        assert "9999" in sentence
        assert "newer version" in sentence


async def test_a_postgresql_that_is_not_there_is_named_without_its_password(stage: Stage) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}/scout"
        url = f"postgresql://scout:hunter2@{address}"
        process = await stage.start("run", DATABASE_URL=url, **QUIET | {"LOG_LEVEL": "DEBUG"})
        assert await process.ended() == 1
    assert address in process.err[-1]
    assert "can't be reached" in process.err[-1]
    assert "hunter2" not in process.printed
    assert "Traceback" not in process.printed


async def test_a_database_folder_that_cannot_be_written(stage: Stage) -> None:
    (stage.folder / "file").write_text("")
    url = f"sqlite:///{stage.folder / 'file' / 'scout.sqlite3'}"
    sentence = await sentence_of(await stage.start("run", DATABASE_URL=url, **QUIET))
    assert "can't be reached" in sentence


@pytest.mark.parametrize("command", [("run",), ("catalog", "check")])
async def test_a_broken_catalog(stage: Stage, command: Sequence[str]) -> None:
    folder = stage.folder / "edited"
    shutil.copytree(Path(data.__path__[0]), folder / "data")
    broken = folder / "data" / "offers" / "kaggle.toml"
    broken.write_text(broken.read_text().replace("limit_hours", "limit_ours", 1))
    # A folder on PYTHONPATH comes before the installed package.
    process = await stage.start(*command, PYTHONPATH=str(folder), **QUIET)
    assert await process.ended() == 1
    assert "Traceback" not in process.printed
    assert process.err[0].startswith("gpu-scout: ")
    assert "kaggle.toml" in process.printed
    assert "limit_ours" in process.printed


async def test_a_quote_that_is_not_closed_in_the_env_file(stage: Stage) -> None:
    # The settings' reader skips the line, and without a token the playground would start.
    (stage.folder / ".env").write_text('LOG_LEVEL=ERROR\nDISCORD_TOKEN="abc\n')
    sentence = await sentence_of(await stage.start("run", DISCORD_TOKEN="", **QUIET))
    assert "Line 2 of the file .env" in sentence
    assert "abc" not in sentence


@pytest.mark.parametrize(
    ("file", "broken"),
    [
        ("when/zones.toml", "popular = ["),
        ("when/zones.toml", ""),
        ("locales/zh-CN/gpu.ftl", None),
        ("locales/en-US/gpu.ftl", "this is no message"),
    ],
)
async def test_broken_words(stage: Stage, file: str, broken: str | None) -> None:
    folder = stage.folder / "edited"
    shutil.copytree(Path(data.__path__[0]), folder / "data")
    if broken is None:
        (folder / "data" / file).unlink()
    else:
        (folder / "data" / file).write_text(broken)
    process = await stage.start("run", PYTHONPATH=str(folder), **QUIET)
    assert file.rpartition("/")[2] in await sentence_of(process)


async def test_a_sentence_that_is_broken_is_named_in_the_log_and_the_rest_is_said(
    stage: Stage,
) -> None:
    folder = stage.folder / "edited"
    shutil.copytree(Path(data.__path__[0]), folder / "data")
    with (folder / "data/locales/en-US/gpu.ftl").open("a") as file:
        file.write("gpu-broken = { $a\n")
    process = await stage.run(PYTHONPATH=str(folder))
    await process.wait_for_line("gpu-broken")
    answer = await stage.fake.slash(stage.scene.alice, stage.scene.channel, "about")
    assert "GPU Scout" in answer.text


async def test_settings_that_make_no_sense(stage: Stage) -> None:
    shards = await sentence_of(await stage.start("run", SHARD_IDS="2", SHARD_COUNT="2", **QUIET))
    assert "SHARD_IDS" in shards
    base = "http://discord.example/api/v10"
    clear = await sentence_of(await stage.start("run", DISCORD_API_BASE=base, **QUIET))
    assert "in clear" in clear


async def test_a_playground_port_that_is_taken(stage: Stage) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = await stage.start("playground", SCOUT_PLAYGROUND_PORT=port, **QUIET)
        assert port in await sentence_of(process)
