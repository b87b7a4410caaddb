"""Health and metrics as a monitor sees them, of the bot as a process."""

from __future__ import annotations

import asyncio
import re
import socket
import sqlite3
from typing import Any

import aiohttp
import pytest

from tests.process.bot_process import BotProcess
from tests.process.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "the-name-of-my-secret-project"


async def port_of(process: BotProcess) -> int:
    line = await process.wait_for_line("health and metrics are served")
    found = re.search(r'"port": (\d+)', line)
    assert found is not None, line
    return int(found[1])


async def ask(port: int, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def health(port: int) -> tuple[int, dict[str, Any]]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/healthz") as answer,
    ):
        return answer.status, await answer.json()


def value(metrics: str, series: str) -> float:
    """The value of one series, written as in the exposition."""
    found = re.search(rf"^{re.escape(series)} (\S+)$", metrics, re.MULTILINE)
    assert found is not None, f"{series} is not in:\n{metrics}"
    return float(found[1])


async def until_ready(port: int) -> dict[str, Any]:
    """Ask until it is connected and has looked at the reminders."""
    status, told = await health(port)
    async with asyncio.timeout(10):
        while not told["ready"]:
            status, told = await health(port)
    assert status == 200
    return told


async def test_a_bot_at_work_is_live_and_ready_and_counts_what_it_does(stage: Stage) -> None:
    scene, fake = stage.scene, stage.fake
    bot = await stage.run(HTTP_PORT="0")
    port = await port_of(bot)
    told = await until_ready(port)
    assert told["live"]
    assert told["delivers"]
    assert told["problems"] == []
    assert told["oldest_overdue_s"] == 0
    assert 0 <= told["since_tick_s"] < 60

    await fake.slash(scene.alice, scene.channel, "gpu info", offer="kaggle-notebooks-gpu")
    await fake.slash(scene.alice, scene.channel, "gpu info", offer=SECRET)
    await fake.autocomplete(scene.alice, scene.channel, "gpu info", "offer", "kag")
    await stage.promise(scene.alice, scene.channel, SECRET, when="10s")
    arrived = await stage.reminder(SECRET, fake.dm(scene.alice), timeout=20)
    await bot.wait_for_line("reminder 1/1 attempt 1: Settle")
    await fake.click(scene.alice, arrived, arrived.buttons[0].label)

    _, metrics = await ask(port, "/metrics")
    info = 'kind="command"'
    assert value(metrics, f'gpu_scout_answer_seconds_count{{command="gpu info",{info}}}') == 2
    assert value(metrics, f'gpu_scout_errors_total{{command="gpu info",{info},why="user"}}') == 1
    assert value(metrics, 'gpu_scout_deliveries_total{result="sent"}') == 1
    assert value(metrics, 'gpu_scout_deliveries_total{result="given_up"}') == 0
    assert value(metrics, "gpu_scout_delivery_lateness_seconds_count") == 1
    assert value(metrics, 'gpu_scout_answer_seconds_count{command="other",kind="component"}') == 1
    assert value(metrics, "gpu_scout_queue_age_seconds") == 0
    assert value(metrics, "gpu_scout_live") == 1
    assert value(metrics, "process_resident_memory_bytes") > 0
    assert SECRET not in metrics
    await bot.stop()


async def test_a_worker_has_them_too_and_nobody_has_without_a_port(stage: Stage) -> None:
    worker = await stage.start("worker", HTTP_PORT="0")
    port = await port_of(worker)
    told = await until_ready(port)
    assert told["delivers"]
    assert (await ask(port, "/"))[0] == 404
    await worker.stop()

    silent = await stage.start("worker")
    await silent.wait_for_line('"logger": "discord.')
    await silent.stop()
    assert "health and metrics" not in silent.printed


async def test_a_refused_token_is_no_life_for_a_worker(stage: Stage) -> None:
    stage.may_fail = True
    worker = await stage.start("worker", HTTP_PORT="0")
    port = await port_of(worker)
    await until_ready(port)
    stage.fake.state.token = stage.fake.token[:-1] + "y"
    await stage.owe(stage.scene.alice, "tea")
    await worker.wait_for_line("Discord refuses the token")
    status, told = await health(port)
    assert status == 503
    assert told["problems"] == ["token"]
    assert not told["live"]
    assert told["oldest_overdue_s"] > 0
    assert [line["level"] for line in worker.log].count("CRITICAL") == 1
    await worker.stop()


async def test_a_database_that_is_locked_is_waited_for_and_seen(stage: Stage) -> None:
    bot = await stage.run(HTTP_PORT="0")
    port = await port_of(bot)
    await until_ready(port)
    other = sqlite3.connect(stage.database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    # Readers of WAL need no lock: who only asks, is answered.
    status, told = await health(port)
    assert (status, told["live"]) == (200, True)
    other.execute("ROLLBACK")
    other.close()
    await bot.stop()


@pytest.mark.parametrize("command", ["run", "worker"])
async def test_a_port_that_is_taken_is_one_sentence(stage: Stage, command: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = await stage.start(command, HTTP_PORT=port, LOG_LEVEL="ERROR", LOG_FORMAT="text")
        assert await process.ended() == 1
    (line,) = process.err
    process.err.clear()
    assert line.startswith(f"gpu-scout: HTTP_PORT {port}")
    assert "something else listens there" in line
