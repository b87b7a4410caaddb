"""What the log never holds, whatever its level."""

from __future__ import annotations

import sqlite3

import pytest

from tests.process.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTE = "call-the-lawyer-about-7391"


async def test_no_line_at_debug_has_a_note_or_a_token_and_each_delivery_names_its_reminder(
    stage: Stage,
) -> None:
    scene, fake = stage.scene, stage.fake
    bot = await stage.run(HTTP_PORT="0")
    await stage.promise(scene.alice, scene.channel, NOTE, when="10s")
    listed = await fake.slash(scene.alice, scene.channel, "remind list")
    assert NOTE in listed.text
    # Refused by DM, and so sent to the channel where it was made.
    fake.faults.answer(403, 50007, method="POST", channel_id=fake.dm(scene.alice).id)
    await bot.wait_for_line("reminder 1/1 attempt 1: FallBack")
    await bot.wait_for_line("reminder 1/1 attempt 2: Settle")
    await bot.stop()

    assert NOTE not in bot.printed
    assert fake.token not in bot.printed
    tokens = [i.token for i in fake.interactions]
    assert tokens
    for token in tokens:
        assert token not in bot.printed
    delivered = [line for line in bot.log if line.get("step")]
    assert [(each["reminder"], each["occurrence"], each["step"]) for each in delivered] == [
        (1, 1, "FallBack"),
        (1, 1, "Settle"),
    ]
    assert {"discord.http", "discord.gateway"} <= {line["logger"] for line in bot.log}
    assert any("INTERACTION_CREATE" in line["message"] for line in bot.log)


async def test_a_failing_statement_is_logged_without_what_it_held(stage: Stage) -> None:
    stage.may_fail = True
    scene, fake = stage.scene, stage.fake
    bot = await stage.run()
    # Somebody who was asked for before: else the question for their settings comes first.
    await fake.slash(scene.alice, scene.channel, "remind list")
    database = sqlite3.connect(stage.database.removeprefix("sqlite:///"))
    database.execute(
        "CREATE TRIGGER broken BEFORE INSERT ON occurrences "
        "BEGIN SELECT RAISE(ABORT, 'no luck today'); END"
    )
    database.close()
    answer = await fake.slash(
        scene.alice, scene.channel, "remind me", when="2h", about=NOTE, where="dm"
    )
    assert "<t:" not in answer.text
    await bot.wait_for_line("no luck today")
    assert NOTE not in bot.printed
    await bot.stop()
