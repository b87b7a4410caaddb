"""Several processes on one database."""

from __future__ import annotations

import pytest

from tests.process.stage import Stage, on_both

pytestmark = pytest.mark.asyncio(loop_scope="module")


Stages = tuple[Stage, Stage]


async def test_a_worker_delivers_what_a_bot_that_does_not_deliver_was_asked_for(
    both_stages: Stages,
) -> None:
    await on_both(both_stages, divide_the_work)


async def divide_the_work(stage: Stage) -> None:
    scene = stage.scene
    bot = await stage.run(DELIVER="off")
    worker = await stage.start("worker")
    await worker.wait_for_line('"logger": "discord.')
    await stage.promise(scene.alice, scene.channel, "tea", when="10s")

    await stage.reminder("tea", stage.fake.dm(scene.alice), timeout=20)
    await worker.wait_for_line("reminder 1/1 attempt 1: Settle")
    assert not any("Settle" in line["message"] for line in bot.log)
    assert len(stage.fake.gateway.identifies) == 1
    await worker.stop()
    await bot.stop()
    assert len(stage.told(stage.fake.dm(scene.alice))) == 1
    stage.fake.assert_clean()


async def test_two_workers_share_what_is_due_and_a_lost_answer_doubles_nothing(
    both_stages: Stages,
) -> None:
    await on_both(both_stages, share_the_work)


async def share_the_work(stage: Stage) -> None:
    fake = stage.fake
    users = [fake.world.add_user(f"user{number}") for number in range(8)]
    for user in users:
        fake.world.add_member(stage.scene.guild, user)
        await stage.owe(user, "tea")
    fake.faults.cut(method="POST", path="/channels/", moment="after")
    # Slow enough that neither has done it all before the other has come.
    fake.faults.delay(0.5, method="POST", path="/channels/")
    workers = [await stage.start("worker") for _ in range(2)]
    await fake.wait_for_messages(8, timeout=20)
    await fake.wait_for_request(lambda r: r.method == "GET" and r.path.endswith("/messages"))
    for worker in workers:
        await worker.stop()
    assert [len(stage.told(fake.dm(user))) for user in users] == [1] * 8
    assert fake.nonces.repeats == 0  # it was found in the channel
    fake.assert_clean()


async def test_a_worker_that_is_told_to_stop_gives_its_claims_back(
    both_stages: Stages,
) -> None:
    await on_both(both_stages, stop_during_a_send)


async def stop_during_a_send(stage: Stage) -> None:
    fake, channel = stage.fake, stage.scene.channel
    for number in range(3):
        await stage.owe(stage.scene.alice, f"tea {number}", channel=channel)
    hanging = fake.faults.hang(method="POST", path="/channels/", channel_id=channel.id)
    first = await stage.start("worker")
    await stage.struck(hanging)  # one send hangs, the others wait for their turn
    await first.stop()
    assert stage.told(channel) == []

    fake.faults.clear()
    second = await stage.start("worker")
    # At once: a lease would last for 30 s.
    await fake.wait_for_messages(3, channel=channel, timeout=10)
    await second.stop()
    assert len(stage.told(channel)) == 3
    fake.assert_clean()
