"""What the database does wrong."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass, field
from random import Random
from typing import Final, final

from tests.faults.arena import Arena
from tests.faults.postgresql import Server
from tests.faults.row import Row

_LONG: Final = "x" * 400
_PLENTY: Final = 1_000_000
_ASKERS: Final = 8
_LONGEST_LIFE_S: Final = 0.4
_STORE_AWAY: Final = "I could not store that just now"


async def postgresql_restarts(
    arena: Arena,
    server: Server,
    *,
    reminders: int,
    restarts: int,
    workers: int = 3,
    rules: dict[str, float] | None = None,
) -> Row:
    """Cut all connections and restart the server, in turns, while reminders are due."""
    await arena.owe(reminders)
    processes = await arena.delivering(workers, rules=rules)
    for number in range(1, restarts + 1):
        await arena.delivered(reminders * number // (restarts + 2), within=60)
        if number % 2:
            await server.cut_connections()
        else:
            await server.restart()
    settled = await arena.all_settled(within=90 + reminders / 8)
    ended = [process for process in processes if not process.is_running]
    for process in processes:
        await process.stop()
    row = Row(
        fault="PostgreSQL restarted, connections cut",
        run=f"{restarts} in turns under load, {workers} processes",
    )
    row.check(settled, "some were never settled")
    row.check(not ended, f"{len(ended)} processes ended")
    arena.tally().judge(row)
    return row


@final
@dataclass(kw_only=True)
class Wishes:
    """What users asked for by command, and what they were told."""

    arena: Arena
    when: str = "20s"
    """Within a minute: so that what is stored is delivered too, and counted."""
    count: int = 0
    confirmed: set[str] = field(default_factory=set[str])
    refused: list[str] = field(default_factory=list[str])
    """Texts of answers that are no confirmation; empty where none came."""

    async def ask(self, times: int) -> None:
        """Ask so many times, from several users at once."""
        first, self.count = self.count, self.count + times
        await asyncio.gather(*(self._ask(number) for number in range(first, self.count)))

    async def _ask(self, number: int) -> None:
        fake, scene = self.arena.fake, self.arena.stage.scene
        user = self.arena.crowd(_ASKERS)[number % _ASKERS]
        note = f"tally-{number:05d}"
        handle = fake.slash(
            user, scene.channel, "remind me", when=self.when, about=f"{note} {_LONG}"
        )
        try:
            text = (await handle.message(within=40)).text
        except TimeoutError:
            self.refused.append("")
            return
        if "<t:" in text:
            self.confirmed.add(note)
        else:
            self.refused.append(text)

    def judge(self, row: Row) -> None:
        """Each one confirmed came once, and what was not confirmed came at most once."""
        seen = self.arena.seen()
        lost = sorted(self.confirmed - seen.keys())
        doubled = [note for note, messages in seen.items() if len(messages) > 1]
        row.figures |= {
            "asked": self.count,
            "confirmed": len(self.confirmed),
            "lost": len(lost),
            "doubled": len(doubled),
        }
        row.check(not lost, f"confirmed and lost: {lost[:5]}")
        row.check(not doubled, f"doubled: {doubled[:5]}")
        row.check(bool(self.confirmed), "nothing was confirmed at all")


async def sqlite_full(arena: Arena, *, wishes: int, when: str = "20s") -> Row:
    """Let the disk be full for a while: what can't be stored is refused in words."""
    most_pages = arena.stage.folder / "max_pages"
    most_pages.write_text(str(_PLENTY))
    bot = await arena.bot(hooks={"max_pages": str(most_pages)})
    users = Wishes(arena=arena, when=when)
    await users.ask(wishes // 4)
    most_pages.write_text("1")  # SQLite takes the present size instead
    await users.ask(wishes)
    refused = list(users.refused)
    most_pages.write_text(str(_PLENTY))
    await users.ask(wishes // 4)
    settled = await arena.all_settled(within=90)
    await bot.stop()
    row = Row(fault="SQLite full", run="`max_page_count` in the middle, then room again")
    row.figures["refused in words"] = len(refused)
    row.check(bool(refused), "the disk was never full")
    row.check(all(_STORE_AWAY in text for text in refused), f"said {set(refused)}")
    row.check(len(users.refused) == len(refused), "refused with room, too")
    row.check(settled, "some were never settled")
    users.judge(row)
    return row


async def sqlite_locked(arena: Arena, *, seconds: float, wishes: int, due_s: int = 20) -> Row:
    """Let another process hold the write lock, while reminders are due and are asked for."""
    bot = await arena.bot()
    users = Wishes(arena=arena, when=f"{due_s}s")
    await users.ask(wishes)
    await asyncio.sleep(due_s - 4)  # the first ones are due while the lock is held
    other = sqlite3.connect(arena.stage.database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    asking = asyncio.create_task(users.ask(wishes))
    await asyncio.sleep(seconds)
    other.execute("ROLLBACK")
    other.close()
    await asking
    settled = await arena.all_settled(within=90)
    await bot.stop()
    row = Row(fault="SQLite locked by another process", run=f"{seconds:.0f} s")
    row.figures["refused in words"] = len(users.refused)
    row.check(all(_STORE_AWAY in text for text in users.refused), f"said {set(users.refused)}")
    row.check(settled, "some were never settled")
    users.judge(row)
    return row


async def killed_between_commits(
    arena: Arena, *, kills: int, when: str = "20s", seed: int = 0
) -> Row:
    """Kill the bot while users ask: before a commit, between two, and before the answer."""
    random = Random(seed)
    users = Wishes(arena=arena, when=when)
    for number in range(1, kills + 1):
        bot = await arena.bot(times=number)
        asking = asyncio.create_task(users.ask(8))
        await asyncio.sleep(random.random() * _LONGEST_LIFE_S)
        await bot.kill()
        # What it still said is on its way here; nothing else will come.
        await asyncio.wait([asking], timeout=1)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    bot = await arena.bot(times=kills + 1)
    settled = await arena.all_settled(within=120)
    await bot.stop()
    row = Row(
        fault="SQLite killed between commits", run="while users ask", figures={"kills": kills}
    )
    row.check(settled, "some were never settled")
    users.judge(row)
    return row
