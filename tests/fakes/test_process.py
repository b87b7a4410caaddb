from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest_asyncio

from tests.fakes.discord import FakeDiscord

ROOT = Path(__file__).parents[2]
Start = Callable[..., Awaitable[asyncio.subprocess.Process]]


@pytest_asyncio.fixture
async def start_bot(fake_discord: FakeDiscord) -> AsyncIterator[Start]:
    running: list[asyncio.subprocess.Process] = []

    async def start(*arguments: object) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.fakes.sample_bot", *map(str, arguments)),
            cwd=ROOT,
            env={**os.environ, **fake_discord.environment()},
        )
        running.append(process)
        return process

    yield start
    for process in running:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_messages_and_commands_outlive_a_killed_process(
    fake_discord: FakeDiscord, start_bot: Start
) -> None:
    scene = fake_discord.populate()
    first = await start_bot(scene.alice.id, "r1")
    await fake_discord.wait_for_ready()
    answer = await fake_discord.slash(scene.ming, scene.channel, "gpu layout")

    first.kill()
    await first.wait()
    await fake_discord.wait_for_disconnect()
    second = await start_bot(scene.alice.id, "r1")
    await fake_discord.wait_for_ready(count=2)

    dm = fake_discord.dm(scene.alice)
    assert [m.text for m in fake_discord.messages.in_channel(dm)] == ["due"]
    assert fake_discord.messages.in_channel(scene.channel) == [answer.response]
    await fake_discord.slash(scene.ming, scene.channel, "whoami")
    assert second.returncode is None
    fake_discord.assert_clean()


async def test_a_process_that_dies_before_it_learns_of_its_message_sends_it_once(
    fake_discord: FakeDiscord, start_bot: Start
) -> None:
    scene = fake_discord.populate()
    fake_discord.faults.cut(moment="after", method="POST", path="/channels/")
    first = await start_bot(scene.alice.id, "r1")
    assert await first.wait() != 0
    assert len(fake_discord.messages.from_bot()) == 1
    await start_bot(scene.alice.id, "r1")
    await fake_discord.wait_for_ready()
    assert len(fake_discord.messages.from_bot()) == 1
    assert fake_discord.nonces.repeats == 1
