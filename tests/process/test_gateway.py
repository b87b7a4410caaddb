"""The gateway comes and goes; users notice nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.process.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_commands_and_reminders_go_on_after_failures(stage: Stage, tmp_path: Path) -> None:
    async with staged(tmp_path, f"sqlite:///{tmp_path / 'other.sqlite3'}") as other:
        # Side by side, for both do nothing but wait.
        await asyncio.gather(survive_the_gateway(stage), survive_an_outage(other))


async def survive_the_gateway(stage: Stage) -> None:
    fake, scene = stage.fake, stage.scene
    bot = await stage.run()
    await stage.promise(scene.alice, scene.channel, "tea", when="10s")

    fake.gateway.drop()
    await fake.wait_for_resumed()
    await fake.slash(scene.alice, scene.channel, "about")

    fake.gateway.ask_reconnect()
    await fake.wait_for_resumed(count=2)
    await fake.slash(scene.ming, scene.channel, "about")

    fake.gateway.invalidate()
    await fake.wait_for_ready(count=2)
    await fake.slash(scene.alice, scene.channel, "about")

    await stage.reminder("tea", fake.dm(scene.alice), timeout=20)
    await bot.stop()
    fake.assert_clean()


async def survive_an_outage(stage: Stage) -> None:
    fake, scene = stage.fake, stage.scene
    stage.may_fail = True  # discord.py logs each vain try to connect as an error
    bot = await stage.run()
    await fake.stop()
    await stage.owe(scene.alice, "tea")
    await bot.wait_for_line("Retry ClientConnectorError")

    await fake.start()
    await fake.wait_for_ready(count=2, timeout=30)
    await fake.slash(scene.ming, scene.channel, "about")
    await stage.reminder("tea", fake.dm(scene.alice), timeout=20)
    await bot.stop()
    assert len(stage.told(fake.dm(scene.alice))) == 1
