"""A user erases everything at the worst moment."""

from __future__ import annotations

import pytest

from tests.process.stage import Stage, on_both

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_is_on_its_way_while_all_is_erased_arrives_once_and_nothing_breaks(
    both_stages: tuple[Stage, Stage],
) -> None:
    await on_both(both_stages, erased_on_the_way)


async def erased_on_the_way(stage: Stage) -> None:
    fake, alice, channel = stage.fake, stage.scene.alice, stage.scene.channel
    dm = fake.dm(alice)
    # Discord makes the message, and the bot doesn't learn of it while the user erases everything.
    answer_lost = fake.faults.hang(method="POST", channel_id=dm.id, moment="after")
    await stage.owe(alice, "tea")
    await stage.run()
    await stage.struck(answer_lost)
    await stage.promise(alice, channel, "coffee", when="10 seconds")

    asked = (await fake.slash(alice, channel, "privacy delete")).response
    assert "2 pending reminders are cancelled" in asked.text
    await fake.click(alice, asked, "Erase everything")
    assert "2 pending reminders were cancelled" in asked.text
    assert "One message was already on its way" in asked.text

    answer_lost.release()
    await stage.promise(alice, channel, "water", when="10 seconds")
    await stage.reminder("water", dm, timeout=30)
    said = [each.text for each in stage.told(dm)]
    assert sum("tea" in each for each in said) == 1
    assert not any("coffee" in each for each in said)
    fake.assert_clean()
