"""A series through kills: each of its messages once, and always exactly one to come."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import Connection, func, select

from bot.clock import SystemClock
from bot.reminders.models import (
    Destination,
    NewReminder,
    Origin,
    PlannedOccurrence,
    ReminderKind,
)
from bot.store.reminders import ReminderRepository
from bot.store.tables import occurrences
from bot.when.recurrence import EachLength, Recurrence
from tests.faults.arena import Arena
from tests.faults.kills import AT_RANDOM, came_up, die_once, endless
from tests.faults.row import Row

_EVERY: Final = timedelta(hours=6)
_LIMIT: Final = 50


async def series(
    arena: Arena,
    *,
    count: int,
    rounds: int,
    kills: int,
    workers: int,
    rules: dict[str, float] | None = None,
    seed: int = 0,
) -> Row:
    """Kill workers while each series has a message due; then let its pause go by, and again.

    Args:
        arena: where.
        count: series, each with an owner of its own.
        rounds: messages of each.
        kills: in each round, one after another.
        workers: that finish a round.
        rules: of delivery, where they are not the bot's own.
        seed: of what is random.
    """
    random = Random(seed)
    hooks: dict[str, Any] = {"rules": {"newcomer_per_second": 15.0, **(rules or {})}}
    await _promise(arena, count)
    steps = endless(random)
    deaths: Counter[str] = Counter()
    row = Row(
        fault="series (`every:`) through kill -9",
        run=f"{rounds} messages of {count} series, {arena.stage.database.partition(':')[0]}",
    )
    for number in range(1, rounds + 1):
        for _ in range(kills):
            deaths[await die_once(arena, hooks, steps, random)] += 1
        survivors = [await arena.start(hooks=hooks) for _ in range(workers)]
        settled = await arena.all_settled(within=60 + count / 4, coming_within=_EVERY / 2)
        for process in survivors:
            await came_up(process)
            await process.stop()
        row.check(settled, f"round {number}: some were never settled")
        to_come = await _to_come(arena)
        row.check(
            len(to_come) == count and set(to_come.values()) == {1},
            f"round {number}: to come {sorted(to_come.values())}",
        )
        await arena.stage.pass_time(_EVERY)
    seen = {note: len(messages) for note, messages in arena.seen().items()}
    lost = sum(max(0, rounds - times) for times in (seen.get(n, 0) for n in arena.promised))
    doubled = sum(max(0, times - rounds) for times in seen.values())
    row.figures |= {
        "kills": deaths.total(),
        "at a step": deaths.total() - deaths[AT_RANDOM],
        "messages": rounds * count,
        "lost": lost,
        "doubled": doubled,
    }
    row.check(not lost, f"{lost} lost")
    row.check(not doubled, f"{doubled} doubled")
    return row


async def _promise(arena: Arena, count: int) -> None:
    """Store series whose first message is due now."""
    place = arena.stage.scene.channel
    assert place.guild is not None
    origin = Origin(guild_id=place.guild.id, channel_id=place.id)
    now = SystemClock().now()
    async with arena.stage.store() as store:
        shelf = ReminderRepository(store=store)
        for number, owner in enumerate(arena.crowd(count)):
            note = f"tally-{number:05d}"
            arena.promised[note] = now
            new = NewReminder(
                owner_id=owner.id,
                kind=ReminderKind.CUSTOM,
                destination=Destination.dm(),
                origin=origin,
                locale="en-US",
                zone="UTC",
                recurrence=Recurrence(rule=EachLength(_EVERY, now), zone="UTC"),
                occurrences=(PlannedOccurrence(due_at=now),),
                note=note,
            )
            await shelf.add(new, limit=_LIMIT)


async def _to_come(arena: Arena) -> dict[int, int]:
    """Return how many messages of each series are to come."""

    def work(connection: Connection) -> dict[int, int]:
        rows = connection.execute(
            select(occurrences.c.reminder_id, func.count().label("live"))
            .where(occurrences.c.next_attempt_at.is_not(None))
            .group_by(occurrences.c.reminder_id)
        )
        return {row.reminder_id: row.live for row in rows}

    async with arena.stage.store() as store:
        return await store.read(work)
