"""What time does: it passes while nothing runs, jumps, and is put forward and back by law."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time
from typing import Final, final

from tests.faults.arena import PATIENCE_S, Arena
from tests.faults.row import Row

MOST_LATE_S: Final = 15.0
_HOUR_S: Final = 3600.0


@final
@dataclass(frozen=True, slots=True)
class SharedClock:
    """A clock of the bot and of Discord that a scenario moves: a file with the seconds ahead."""

    file: Path

    def now(self) -> float:
        """Return the present instant in seconds since 1970, moved."""
        return time() + float(self.file.read_text())

    def set(self, ahead: float) -> None:
        """Move the clock."""
        # In one step: another process reads it at any moment.
        new = self.file.with_suffix(".new")
        new.write_text(str(ahead))
        new.replace(self.file)

    @classmethod
    def at(cls, folder: Path, instant: datetime | None = None) -> SharedClock:
        """Make one that shows `instant` now; by default the machine's time."""
        clock = cls(folder / "clock")
        clock.set(0.0 if instant is None else instant.timestamp() - time())
        return clock


async def down(arena: Arena, *, span: timedelta, reminders: int) -> Row:
    """Be down while reminders and the warnings of sessions come due."""
    await arena.owe(reminders, after=timedelta(seconds=60))
    fake, scene = arena.fake, arena.stage.scene
    bot = await arena.bot()
    people = [fake.world.add_user(f"sleeper{number}") for number in range(4)]
    for person in people:
        fake.world.add_member(scene.guild, person)
        # Warned 4 and 2 min before the end.
        await fake.slash(person, scene.channel, "remind session", duration="5m", leads="4m, 2m")
    await bot.kill()
    passes = span + timedelta(seconds=61)
    await arena.stage.pass_time(passes)
    for note in arena.promised:
        arena.promised[note] -= passes
    worker = await arena.start()
    settled = await arena.all_settled(within=60 + reminders / 8)
    await worker.stop()
    days = span / timedelta(days=1)
    row = Row(
        fault="down across the due time",
        run=f"{days:.0f} days" if days >= 1 else f"{span / timedelta(minutes=1):.0f} min",
        figures={"sessions": len(people)},
    )
    row.check(settled, "some were never settled")
    for person in people:
        told = [message.text for message in arena.stage.told(fake.dm(person))]
        row.check(len(told) == 1 and "is already over" in told[0], f"session: {told}")
    arena.tally().judge(row)
    return row


async def jump(
    arena: Arena,
    clock: SharedClock,
    *,
    hours: float,
    reminders: int,
    rules: dict[str, float] | None = None,
) -> Row:
    """Move the clock by hours under load, a worker dying just before it.

    Lateness is by the clock as it stands: after a jump forward it counts from the jump.
    """
    fake = arena.fake
    # Half has been due for so long that it is so by both clocks, half is due after the jump.
    before = await arena.owe(reminders // 2, after=-timedelta(hours=2))
    hanging = fake.faults.hang(method="POST", path=r"/channels/\d+/messages", times=2)
    hooks = {"clock": str(clock.file), "rules": rules or {}}
    dying = await arena.start(hooks=hooks)
    async with asyncio.timeout(PATIENCE_S):
        while hanging.hits < 2:  # noqa: ASYNC110 - the fake has no signal for it
            await asyncio.sleep(0.05)
    await dying.kill()  # it leaves leases behind
    fake.faults.clear()
    worker = await arena.start(hooks=hooks)
    other = await arena.start(hooks=hooks)
    # By either: whoever wakes first may claim all of it.
    await arena.delivered(len(arena.seen()) + 1, within=PATIENCE_S)
    came_before = arena.seen().keys()
    clock.set(hours * _HOUR_S)
    jumped_at = clock.now()
    due = datetime.fromtimestamp(jumped_at, UTC) - datetime.now(UTC) + timedelta(seconds=10)
    after = await arena.owe(reminders // 2, after=due, over=timedelta(seconds=5))
    settled = await arena.all_settled(within=90 + reminders / 8)
    for process in (worker, other):
        await process.stop()
    seen = arena.seen()
    late = [
        seen[note][0].created - arena.promised[note].timestamp() for note in after if note in seen
    ]
    # What was due before the jump waits for nothing but a dead worker's lease.
    waited = [
        seen[note][0].created - jumped_at for note in before if note in seen.keys() - came_before
    ]
    row = Row(
        fault="clock jumps",
        run=f"{hours:+.0f} h, a worker killed before it",
        figures={"latest s": max(late, default=0.0), "after the jump s": max(waited, default=0.0)},
    )
    row.check(settled, "some were never settled")
    row.check(max(late, default=0.0) <= MOST_LATE_S, "late by the user's clock")
    tally = arena.tally()
    tally.judge(row)
    return row


_DST: Final = {
    "forward": ("2026-03-29T00:55:00+00:00", "03:00", "2026-03-29T01:00:00+00:00"),
    "back": ("2026-10-25T00:55:00+00:00", "02:00", "2026-10-25T01:00:00+00:00"),
}
"""In Berlin: when the bot starts, what a user asks for, and when that is."""
_ASKED_AHEAD_S: Final = 14.0


async def daylight_saving(arena: Arena, clock: SharedClock, *, way: str) -> Row:
    """Ask in Berlin for a time just past the change of its clocks."""
    fake, scene = arena.fake, arena.stage.scene
    _, wish, due = _DST[way]
    bot = await arena.bot(hooks={"clock": str(clock.file)}, TZ="Europe/Berlin")
    clock.set(datetime.fromisoformat(due).timestamp() - _ASKED_AHEAD_S - time())
    await fake.slash(scene.alice, scene.channel, "settings me", zone="Europe/Berlin")
    answer = await fake.slash(
        scene.alice, scene.channel, "remind me", when=wish, about="tally-00000"
    )
    arena.promised["tally-00000"] = datetime.fromisoformat(due)
    due_at = arena.promised["tally-00000"].timestamp()
    row = Row(fault="DST", run=way)
    row.check(f"<t:{due_at:.0f}:" in answer.text, f"confirmed as {answer.text!r}")
    if row.holds:
        await arena.delivered(1, within=60)
        row.figures["latest s"] = arena.tally().latest_s
        row.check(0 <= arena.tally().latest_s <= MOST_LATE_S, "late by the user's clock")
        arena.tally().judge(row)
    await bot.stop()
    return row


def dst_starts(way: str) -> datetime:
    """Return when the scenario of the change `way` begins."""
    return datetime.fromisoformat(_DST[way][0])
