"""A stage with many promises on it, and the count of what users see of them."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, final

from sqlalchemy import Connection, func, select

from bot.clock import SystemClock
from bot.reminders.models import (
    Destination,
    NewReminder,
    OccurrenceState,
    Origin,
    PlannedOccurrence,
    ReminderKind,
)
from bot.store import tables
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.tables import dm_channels, occurrences
from tests.fakes.discord import Channel, FakeDiscord, Message, User
from tests.faults.row import Row
from tests.process.bot_process import BotProcess
from tests.process.stage import Stage

HOOKS: Final = Path(__file__).with_name("hooks")
PATIENCE_S: Final = 60.0
"""With what a scenario waits for a step of the bot: many processes may share the machine."""
LATE_S: Final = 60.0
"""From when on a message has to say that it is late."""
_SLACK_S: Final = 10.0
"""Between the moment the bot writes a message and that at which Discord has it."""
_LOOK_AGAIN_S: Final = 0.05
_NUMBER: Final = re.compile(r"tally-(\d{5})")
_UNLIMITED: Final = 1_000_000


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What users saw of what they were promised."""

    promised: int
    delivered: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    unmarked: tuple[str, ...]
    """Late by more than a minute, without a word about it."""
    latest_s: float

    def judge(self, row: Row) -> None:
        """Write the figures into a row, and what of them must not be."""
        row.figures |= {
            "reminders": self.promised,
            "lost": len(self.lost),
            "doubled": len(self.doubled),
        }
        row.check(not self.lost, f"lost {self.lost[:5]}")
        row.check(not self.doubled, f"doubled {self.doubled[:5]}")
        row.check(not self.unmarked, f"late and not marked {self.unmarked[:5]}")


@final
@dataclass(kw_only=True)
class Arena:
    """A stage, who was promised what on it, and processes with faults in them."""

    stage: Stage
    promised: dict[str, datetime] = field(default_factory=dict[str, datetime])
    """When each numbered note is due."""
    people: list[User] = field(default_factory=list[User])

    @property
    def fake(self) -> FakeDiscord:
        """The Discord of this arena."""
        return self.stage.fake

    async def start(
        self, mode: str = "worker", *, hooks: Mapping[str, Any] | None = None, **environment: str
    ) -> BotProcess:
        """Start the console script, with hooks in it; its log is JSON at INFO."""
        self.departures.mkdir(exist_ok=True)
        hooks = {"departures": str(self.departures), **(hooks or {})}
        environment |= {"PYTHONPATH": str(HOOKS), "FAULT_HOOKS": json.dumps(hooks)}
        return await self.stage.start(mode, **{"LOG_LEVEL": "INFO", **environment})

    @property
    def departures(self) -> Path:
        """The folder in which each process notes when its requests leave."""
        return self.stage.folder / "departures"

    def most_in_a_second(self) -> int:
        """Return the most requests that left all processes in any one second."""
        left = sorted(
            float(line) for file in self.departures.iterdir() for line in file.read_text().split()
        )
        most = begin = 0
        for end, instant in enumerate(left):
            while instant - left[begin] >= 1:
                begin += 1
            most = max(most, end - begin + 1)
        return most

    async def delivering(
        self, workers: int, *, rules: Mapping[str, float] | None = None
    ) -> list[BotProcess]:
        """Start workers, and wait until each of them delivers."""
        hooks = {"rules": rules} if rules else None
        processes = [await self.start(hooks=hooks) for _ in range(workers)]
        await self.heartbeats(workers)
        return processes

    async def heartbeats(self, count: int) -> None:
        """Wait until so many processes deliver, as their heartbeats tell."""

        def work(connection: Connection) -> int:
            return connection.execute(select(func.count()).select_from(tables.workers)).scalar_one()

        async with self.stage.store() as store, asyncio.timeout(PATIENCE_S):
            while await store.read(work) < count:  # noqa: ASYNC110 - another process beats
                await asyncio.sleep(_LOOK_AGAIN_S)

    async def bot(
        self, *, times: int = 1, hooks: Mapping[str, Any] | None = None, **environment: str
    ) -> BotProcess:
        """Start `run`, and wait until it is at the gateway for the `times`th time."""
        # How soon commands are answered is measured elsewhere, with nothing else running.
        self.fake.interactions.callback_timeout = PATIENCE_S
        bot = await self.start("run", hooks=hooks, **environment)
        await self.fake.wait_for_ready(count=times, timeout=PATIENCE_S)
        await self.fake.wait_for_commands(timeout=PATIENCE_S)
        return bot

    def crowd(self, count: int) -> list[User]:
        """Return so many members of the scene's server, the same ones each time."""
        world = self.fake.world
        while len(self.people) < count:
            person = world.add_user(f"person{len(self.people)}")
            world.add_member(self.stage.scene.guild, person)
            self.people.append(person)
        return self.people[:count]

    async def owe(
        self,
        count: int,
        *,
        people: int | None = None,
        owners: Sequence[User] | None = None,
        over: timedelta = timedelta(),
        after: timedelta = timedelta(),
        channel: Channel | None = None,
        origin: Channel | None = None,
        opened: bool = False,
    ) -> list[str]:
        """Store so many confirmed promises, each with a number in its note.

        Args:
            count: how many.
            people: to how many owners in turn; by default one for every four.
            owners: to whom, instead.
            over: over how long their due times are spread.
            after: from now to the first of them.
            channel: where they go; None is the owners' DMs.
            origin: where they were asked for; by default there, or in the scene's channel.
            opened: whether the bot has opened those DMs before.
        """
        owners = owners or self.crowd(people or max(1, count // 4))
        place = origin or channel or self.stage.scene.channel
        assert place.guild is not None
        came_from = Origin(guild_id=place.guild.id, channel_id=place.id)
        first = len(self.promised)
        start = SystemClock().now() + after
        numbered: list[str] = []
        async with self.stage.store() as store:
            if opened:
                await self._open_dms(store, owners)
            shelf = ReminderRepository(store=store)

            async def add(index: int) -> None:
                note = f"tally-{first + index:05d}"
                due_at = start + over * (index / count)
                numbered.append(note)
                self.promised[note] = due_at
                await shelf.add(
                    NewReminder(
                        owner_id=owners[index % len(owners)].id,
                        kind=ReminderKind.CUSTOM,
                        destination=Destination.channel(channel.id)
                        if channel
                        else Destination.dm(),
                        origin=came_from,
                        locale="en-US",
                        occurrences=(PlannedOccurrence(due_at=due_at),),
                        note=note,
                    ),
                    limit=_UNLIMITED,
                )

            for begin in range(0, count, 200):
                await asyncio.gather(*map(add, range(begin, min(begin + 200, count))))
        return numbered

    def seen(self) -> dict[str, list[Message]]:
        """Return the messages that carry each number, deleted ones included."""
        found: dict[str, list[Message]] = {}
        for message in self.fake.messages.ever():
            if message.author is self.fake.world.bot and message.interaction is None:
                for number in _NUMBER.findall(message.text):
                    found.setdefault(f"tally-{number}", []).append(message)
        return found

    def tally(self, *, only: Iterable[str] | None = None) -> Tally:
        """Count what was delivered."""
        wanted = self.promised if only is None else {n: self.promised[n] for n in only}
        seen = self.seen()
        counts = Counter({note: len(seen.get(note, ())) for note in wanted})
        late = {
            note: seen[note][0].created - due_at.timestamp()
            for note, due_at in wanted.items()
            if note in seen
        }
        return Tally(
            promised=len(wanted),
            delivered=sum(count > 0 for count in counts.values()),
            lost=tuple(note for note, count in counts.items() if count == 0),
            doubled=tuple(note for note, count in counts.items() if count > 1),
            unmarked=tuple(
                note
                for note, by in late.items()
                if by > LATE_S + _SLACK_S and " late" not in seen[note][0].text
            ),
            latest_s=max(late.values(), default=0.0),
        )

    async def all_settled(
        self, *, within: float, coming_within: timedelta = timedelta(days=999)
    ) -> bool:
        """Wait until no occurrence is to come any more; False where some still are by then.

        What comes later than `coming_within` may stay.
        """
        until = time.monotonic() + within
        before = SystemClock().now() + coming_within
        async with self.stage.store() as store:
            while await self._live(store, before):
                if time.monotonic() > until:
                    return False
                await asyncio.sleep(0.25)
        return True

    async def delivered(self, count: int, *, within: float) -> bool:
        """Wait until so many of the promises were seen."""
        until = time.monotonic() + within
        while len(self.seen()) < count:
            if time.monotonic() > until:
                return False
            await asyncio.sleep(_LOOK_AGAIN_S)
        return True

    async def states(self) -> Counter[OccurrenceState]:
        """Return how many occurrences stand where."""

        def work(connection: Connection) -> Counter[OccurrenceState]:
            rows = connection.execute(
                select(occurrences.c.state, func.count()).group_by(occurrences.c.state)
            )
            return Counter({OccurrenceState(state): count for state, count in rows})

        async with self.stage.store() as store:
            return await store.read(work)

    @staticmethod
    async def _live(store: Store, before: datetime) -> int:
        def work(connection: Connection) -> int:
            return connection.execute(
                select(func.count()).where(occurrences.c.next_attempt_at < before)
            ).scalar_one()

        return await store.read(work)

    async def _open_dms(self, store: Store, owners: Iterable[User]) -> None:
        rows = [{"user_id": each.id, "channel_id": self.fake.dm(each).id} for each in owners]

        def work(connection: Connection) -> None:
            known = set(connection.execute(select(dm_channels.c.user_id)).scalars())
            connection.execute(
                dm_channels.insert(), [row for row in rows if row["user_id"] not in known]
            )

        await store.write(work)


@asynccontextmanager
async def arena(
    folder: Path, database: str, *, migrating: asyncio.Lock, fake: FakeDiscord | None = None
) -> AsyncGenerator[Arena]:
    """Yield an arena whose processes may log errors: faults are what it is about.

    `migrating` is held while the database is made: alembic's context is one for this process.
    """
    async with fake or FakeDiscord() as discord:
        stage = Stage(fake=discord, scene=discord.populate(), database=database, folder=folder)
        stage.may_fail = True
        async with migrating, stage.store():
            pass
        try:
            yield Arena(stage=stage)
        finally:
            await stage.close()
