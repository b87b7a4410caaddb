"""Several processes on one database, and processes that are told to stop."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from random import Random
from time import monotonic

from bot.reminders.models import OccurrenceState
from tests.faults.arena import PATIENCE_S, Arena
from tests.faults.bad_discord import SENDS, load_on
from tests.faults.kills import came_up
from tests.faults.row import Row
from tests.process.bot_process import GRACE_S


async def share(
    arena: Arena,
    *,
    reminders: int,
    over_s: float,
    heartbeat_s: float,
    workers: int = 3,
    bots: int = 0,
) -> Row:
    """Let workers, and bots that deliver too, share the work; one leaves early."""
    rules = {"heartbeat": heartbeat_s}
    processes = await arena.delivering(workers, rules=rules)
    processes += [
        await arena.start(
            "run", hooks={"rules": rules}, SHARD_IDS=str(shard), SHARD_COUNT=str(bots)
        )
        for shard in range(bots)
    ]
    everyone = workers + bots
    await arena.heartbeats(everyone)
    # By then all of them know of each other, and none holds back as a newcomer.
    await asyncio.sleep(2 * heartbeat_s)
    await arena.owe(
        reminders,
        people=reminders,
        after=timedelta(seconds=2),
        over=timedelta(seconds=over_s),
        opened=True,
    )
    began = monotonic() + 2
    await arena.delivered(reminders * 2 // 3, within=120)
    await processes[0].stop()
    settled = await arena.all_settled(within=60 + reminders / 4)
    took = monotonic() - began
    parts = [sum("Settle" in line["message"] for line in process.log) for process in processes]
    for process in processes[1:]:
        await process.stop()
    row = Row(
        fault="several machines",
        run=f"{workers} workers" + (f", {bots} sharded bots" if bots else ""),
        figures={"shares": "/".join(map(str, parts)), "messages/s": reminders / took},
    )
    row.check(settled, "some were never settled")
    # Whoever wakes first takes what is due, so parts differ; but nobody stands by.
    row.check(min(parts) >= reminders / everyone / 10, "the work was not shared")
    arena.tally().judge(row)
    load_on(arena, row)
    return row


async def stops(arena: Arena, *, times: int, reminders: int, seed: int = 0) -> Row:
    """Send SIGTERM under load, with sends that hang: it ends in time and holds nothing back."""
    random = Random(seed)
    await arena.owe(reminders, over=timedelta(seconds=1))
    longest = 0.0
    held = 0
    for _ in range(times):
        hung = arena.fake.faults.hang(
            method="POST",
            path=SENDS,
            moment=random.choice(("before", "after")),
            times=2,
            probability=0.3,
        )
        worker = await arena.start()
        await worker.wait_for_line("logging in", within=PATIENCE_S)
        await asyncio.sleep(random.random() * 2)
        began = monotonic()
        await worker.stop()
        longest = max(longest, monotonic() - began)
        held += (await arena.states())[OccurrenceState.CLAIMED]
        arena.fake.faults.remove(hung)
    worker = await arena.start()
    settled = await arena.all_settled(within=60 + reminders / 8)
    await came_up(worker)  # what hung is over by now, and there may be nothing left
    await worker.stop()
    row = Row(
        fault="SIGTERM",
        run=f"{times} times under load, sends hanging",
        figures={"longest s": longest, "claims left": held},
    )
    row.check(longest <= GRACE_S, "too slow")
    row.check(held == 0, f"{held} claims were kept")
    row.check(settled, "some were never settled")
    arena.tally().judge(row)
    return row
