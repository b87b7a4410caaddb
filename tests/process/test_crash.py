"""A process that is killed loses nothing and repeats nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.process.stage import Stage, on_both

pytestmark = pytest.mark.asyncio(loop_scope="module")

LEASE_OVER = timedelta(seconds=31)
NONCES_FORGOTTEN = timedelta(minutes=5)
SENDS = "/channels/"


Stages = tuple[Stage, Stage]


async def test_what_was_confirmed_before_a_kill_comes_once_and_says_how_late(
    both_stages: Stages,
) -> None:
    await on_both(both_stages, kill_after_the_confirmation)


async def kill_after_the_confirmation(stage: Stage) -> None:
    scene = stage.scene
    bot = await stage.run()
    await stage.promise(scene.alice, scene.channel, "tea", when="55m")
    await stage.promise(scene.ming, scene.channel, "喝茶", when="1h", where="here")
    visitor = stage.fake.world.add_user("visitor")
    stage.fake.world.add_member(scene.guild, visitor)
    await stage.fake.slash(visitor, scene.channel, "remind session", duration="45m")
    await bot.kill()

    await stage.pass_time(timedelta(hours=1))
    bot = await stage.run(ready=2)
    tea = await stage.reminder("tea", stage.fake.dm(scene.alice))
    assert "5 min late" in tea.text
    on_time = await stage.reminder("喝茶", scene.channel)
    assert "抱歉" not in on_time.text
    # Both of its warnings come too late: one message tells it, and none says to save a checkpoint.
    over = await stage.reminder("is already over", stage.fake.dm(visitor))
    assert "checkpoint" not in over.text

    await bot.stop()
    assert len(stage.told(stage.fake.dm(scene.alice))) == 1
    assert len(stage.told(scene.channel)) == 1
    assert len(stage.told(stage.fake.dm(visitor))) == 1
    assert stage.fake.nonces.repeats == 0
    stage.fake.assert_clean()


@pytest.mark.parametrize("down", [LEASE_OVER, NONCES_FORGOTTEN], ids=["lease", "nonce"])
async def test_a_kill_during_a_send_costs_no_message_and_doubles_none(
    both_stages: Stages, down: timedelta
) -> None:
    await on_both(both_stages, lambda stage: kill_during_a_send(stage, down))


async def kill_during_a_send(stage: Stage, down: timedelta) -> None:
    fake = stage.fake
    alice, ming = stage.scene.alice, stage.scene.ming
    await stage.owe(alice, "made, but nobody heard")
    await stage.owe(ming, "not even made")
    dms = {user: fake.dm(user) for user in (alice, ming)}
    made = fake.faults.hang(method="POST", path=SENDS, channel_id=dms[alice].id, moment="after")
    unmade = fake.faults.hang(method="POST", path=SENDS, channel_id=dms[ming].id)
    worker = await stage.start("worker")
    await stage.reminder("made, but", dms[alice])
    await stage.struck(made, unmade)
    await worker.kill()
    fake.faults.clear()

    await stage.pass_time(down)
    if down is NONCES_FORGOTTEN:
        fake.nonces.seconds = 0.0
    worker = await stage.start("worker")
    await stage.reminder("not even made", dms[ming])
    for number in (1, 2):
        await worker.wait_for_line(f"reminder {number}/1 attempt 2: Settle")
    await worker.stop()

    assert len(stage.told(dms[alice])) == 1
    assert len(stage.told(dms[ming])) == 1
    looked = [r for r in fake.requests if r.method == "GET" and r.path.endswith("/messages")]
    assert (
        len(looked) == 2
    )  # in the history of both channels, for nobody knows what nonces are worth
    assert fake.nonces.repeats == 0
    fake.assert_clean()
