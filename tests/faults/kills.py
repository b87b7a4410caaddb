"""Kill -9: at random, at each step of a delivery, and while what is in doubt can't be repeated."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterator, Mapping
from datetime import timedelta
from random import Random
from typing import Any, Final

from tests.faults.arena import PATIENCE_S, Arena
from tests.faults.row import Row
from tests.process.bot_process import BotProcess

STEPS: Final = (
    "claiming",
    "claimed",
    "beginning",
    "begun",
    "sending",
    "made",
    "answered",
    "settling",
    "marked",
)
"""What a worker can die at, in the order of a delivery. Those in -ing are before the commit, or
before the request leaves; "made" is after Discord made the message and before it is known."""

AT_RANDOM: Final = "at random"

_AT_A_STEP: Final = 0.6
_LONGEST_LIFE_S: Final = 2.5
_PATIENCE_S: Final = 15.0
"""For a process to come to its step: a second, but many may start at once."""
_LIFE_S: Final = 4.0
"""How long a process lives, about: reminders come due for as long as there are some to kill."""
_MOST_REPEATS: Final = 4
_AWAY: Final = timedelta(minutes=5)


async def kills(
    arena: Arena,
    *,
    workers: int,
    kills: int,
    reminders: int,
    rules: dict[str, float] | None = None,
    seed: int = 0,
) -> Row:
    """Kill workers until so many died, every other one by its own hand at a step; then deliver."""
    random = Random(seed)
    hooks: dict[str, Any] = {
        # What a worker may send at once after another died is not what this is about.
        "rules": {"newcomer_per_second": 15.0, **(rules or {})}
    }
    await arena.owe(reminders, over=timedelta(seconds=_LIFE_S * kills / workers))
    deaths: Counter[str] = Counter()
    steps = endless(random)

    async def die_again_and_again() -> None:
        while deaths.total() < kills:
            deaths[await die_once(arena, hooks, steps, random)] += 1

    await asyncio.gather(*(die_again_and_again() for _ in range(workers)))
    survivors = [await arena.start(hooks=hooks) for _ in range(workers)]
    settled = await arena.all_settled(within=60 + reminders / 8)
    for process in survivors:
        await came_up(process)  # a process that has hardly begun knows no SIGTERM
        await process.stop()
    database = arena.stage.database.partition(":")[0]
    row = Row(
        fault="kill -9 at random and at each step",
        run=f"{workers} process{'es' if workers > 1 else ''}, {database}",
        figures={"kills": deaths.total(), "at a step": deaths.total() - deaths[AT_RANDOM]},
    )
    row.check(settled, "some were never settled")
    arena.tally().judge(row)
    row.check(not arena.fake.violations, f"{arena.fake.violations[:2]}")
    return row


async def die_once(
    arena: Arena, hooks: Mapping[str, Any], steps: Iterator[str], random: Random
) -> str:
    """Start a worker and see it die, by its own hand at the next of `steps` or at random."""
    if random.random() < _AT_A_STEP:
        step = next(steps)
        # An idle worker claims too, but not as often.
        count = 1 if step == "claiming" else random.randint(1, _MOST_REPEATS)
        process = await arena.start(hooks={**hooks, "die": {"step": step, "count": count}})
        return step if await _died(process) else AT_RANDOM
    process = await arena.start(hooks=hooks)
    await came_up(process)
    await asyncio.sleep(random.random() * _LONGEST_LIFE_S)
    await process.kill()
    return AT_RANDOM


async def doubt(arena: Arena, *, rounds: int, reminders: int, seed: int = 0) -> Row:
    """Kill all workers while messages stand that nobody heard of, and forget their nonces.

    Discord keeps a nonce for 2 s. What the database knows of time is moved by 5 min, so that each
    lease has run out; the rules are the bot's own.
    """
    random = Random(seed)
    fake = arena.fake
    fake.nonces.seconds = 2.0
    unheard = 0
    for _ in range(rounds):
        await arena.owe(reminders)
        unanswered = fake.faults.hang(
            method="POST",
            path=r"/channels/\d+/messages",
            moment=random.choice(("after", "after", "before")),
            times=reminders,
            probability=0.3,
        )
        processes = [await arena.start() for _ in range(2)]
        async with asyncio.timeout(PATIENCE_S):
            # The fake has no signal for a request that hangs.
            while unanswered.hits < max(2, reminders // 8):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await asyncio.gather(*(process.kill() for process in processes))
        unheard += unanswered.hits
        fake.faults.clear()
        await asyncio.sleep(fake.nonces.seconds)
        await arena.stage.pass_time(_AWAY)
        for note in arena.promised.keys() - arena.seen().keys():
            arena.promised[note] -= _AWAY
    worker = await arena.start()
    settled = await arena.all_settled(within=60 + rounds * reminders / 8)
    await worker.stop()
    row = Row(
        fault="nonces forgotten after 2 s while rows are in doubt",
        run=f"{rounds} rounds, 2 processes killed in each",
        figures={"kills": 2 * rounds, "sends without an answer": unheard},
    )
    row.check(settled, "some were never settled")
    arena.tally().judge(row)
    return row


def endless(random: Random) -> Iterator[str]:
    """Yield the steps again and again, each time in another order."""
    while True:
        yield from random.sample(STEPS, len(STEPS))


async def came_up(process: BotProcess) -> None:
    """Wait until a process has logged in, or has ended."""
    await _either(process.wait_for_line("logging in", within=PATIENCE_S), process.ended(within=60))


async def _died(process: BotProcess) -> bool:
    """Wait for a process to kill itself; where its step doesn't come in time, do it."""
    try:
        await process.ended(within=_PATIENCE_S)
    except TimeoutError:
        await process.kill()
        return False
    return True


async def _either(*waits: Awaitable[object]) -> None:
    tasks = [asyncio.ensure_future(each) for each in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
