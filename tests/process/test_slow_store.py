from __future__ import annotations

import sqlite3

import pytest

from tests.fakes.discord import CallbackType
from tests.process.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_locked_database_delays_the_confirmation_and_loses_nothing(stage: Stage) -> None:
    await stage.run()
    scene = stage.scene
    # Somebody who was asked for before: else the question for their settings comes first.
    await (await stage.fake.slash(scene.alice, scene.channel, "remind list")).message()
    other = sqlite3.connect(stage.database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    asked = await stage.fake.slash(
        scene.alice, scene.channel, "remind me", when="2h", about="locked out"
    )
    assert asked.type is CallbackType.DEFERRED_MESSAGE
    assert asked.ephemeral
    other.execute("ROLLBACK")
    other.close()
    assert "locked out" in (await asked.message()).text
    listed = await stage.fake.slash(scene.alice, scene.channel, "remind list")
    assert listed.text.count("**locked out**") == 1
    stage.fake.assert_clean()
