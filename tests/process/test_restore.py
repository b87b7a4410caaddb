"""A backup of a working bot, its death, and the bot that goes on from the backup."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.deliveries import DeliveryRepository
from tests.process.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

NONCES_FORGOTTEN = timedelta(minutes=5)


async def db(stage: Stage, *arguments: str, code: int = 0) -> str:
    process = await stage.start("db", *arguments)
    assert await process.ended() == code, process.printed
    if code:
        # Its one line is no JSON, and what the stage looks for in each log is that.
        stage.processes.remove(process)
    return process.printed


async def all_is_delivered(stage: Stage) -> None:
    """Wait until nothing is left to send; what was promised here was due at once."""
    async with asyncio.timeout(30), stage.store() as store:
        deliveries = DeliveryRepository(store=store)
        # Another process delivers, and SQLite tells nobody.
        while await deliveries.next_due() is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_each_reminder_of_a_restored_backup_comes_once(stage: Stage, tmp_path: Path) -> None:
    fake, alice, ming = stage.fake, stage.scene.alice, stage.scene.ming
    backup = tmp_path / "backups" / "scout.sqlite3"
    backup.parent.mkdir()
    bot = await stage.run(DELIVER="off")

    # Written, delivered and backed up at the same time. (A process on SQLite finds what another
    # one wrote within 15 s: the second worker spares the test that.)
    await stage.owe(alice, "note 0")
    worker = await stage.start("worker")
    await asyncio.gather(
        *(stage.owe(alice, f"note {number}") for number in range(1, 4)),
        db(stage, "backup", str(backup)),
        *(stage.owe(ming, f"字条 {number}") for number in range(4)),
    )
    await stage.reminder("note 0", fake.dm(alice))
    await worker.stop()
    worker = await stage.start("worker")
    await all_is_delivered(stage)
    await worker.kill()
    # The next backup holds both as pending; one is sent after it, one is not.
    await stage.owe(alice, "sent after the backup")
    await stage.owe(ming, "not sent before the end")
    backup = backup.with_name("later.sqlite3")
    assert "10 reminders" in await db(stage, "backup", str(backup))
    await stage.owe(alice, "asked after the backup")
    hangs = fake.faults.hang(method="POST", path="/channels/", channel_id=fake.dm(ming).id)
    worker = await stage.start("worker")
    await stage.reminder("sent after the backup", fake.dm(alice))
    await stage.reminder("asked after the backup", fake.dm(alice))
    await stage.struck(hangs)

    assert "is in use" in await db(stage, "restore", str(backup), "--replace", code=1)
    await bot.kill()
    await worker.kill()
    fake.faults.clear()
    assert "--replace" in await db(stage, "restore", str(backup), code=1)
    said = await db(stage, "restore", str(backup), "--replace")
    assert "10 reminders restored" in said
    assert "2 messages may have been sent since" in said

    await stage.pass_time(NONCES_FORGOTTEN)
    # Its id must not be one that the lost reminder had, or Discord would take it for a repeat.
    await stage.owe(alice, "asked after the restore")
    bot = await stage.run(ready=2)
    await all_is_delivered(stage)
    await bot.stop()

    told = [message.text for user in (alice, ming) for message in stage.told(fake.dm(user))]
    notes = [
        *(f"note {number}" for number in range(4)),
        *(f"字条 {number}" for number in range(4)),
        "sent after the backup",
        "not sent before the end",
        "asked after the backup",
        "asked after the restore",
    ]
    assert Counter(note for note in notes for text in told if note in text) == Counter(notes)
    assert fake.nonces.repeats == 0
    # Another version of the bot may have registered others since the backup.
    puts = [r for r in fake.requests if r.method == "PUT" and r.path.endswith("/commands")]
    assert len(puts) == 2
    fake.assert_clean()
