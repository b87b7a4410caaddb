"""A fake Discord, a database, and the bot's processes between them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, final

from sqlalchemy import Connection, Table, select, update

from bot.clock import SystemClock
from bot.reminders.models import Destination, Origin
from bot.reminders.rules import PromiseRules
from bot.reminders.service import Reminders
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.tables import occurrences, reminders
from tests.fakes.discord import Channel, FakeDiscord, Message, Scene, User
from tests.fakes.discord.faults import Fault
from tests.process.bot_process import BotProcess

_INSTANTS: Final[dict[Table, tuple[str, ...]]] = {
    reminders: ("ends_at", "created_at"),
    occurrences: ("due_at", "next_attempt_at", "begun_at", "doubt_since", "settled_at"),
}


_PATIENCE_S: Final = 15.0
_LOOK_AGAIN_S: Final = 0.01


@final
@dataclass(kw_only=True)
class Stage:
    """One installation of the bot: all its processes share the database and the Discord."""

    fake: FakeDiscord
    scene: Scene
    database: str
    folder: Path
    processes: list[BotProcess] = field(default_factory=list[BotProcess])
    may_fail: bool = False
    """Whether errors in the log are what a test is about."""

    async def start(self, *arguments: str, **environment: str) -> BotProcess:
        """Start `gpu-scout` with these arguments, by default `run`; its log is JSON at DEBUG."""
        process = await BotProcess.start(
            *(arguments or ("run",)),
            folder=self.folder,
            environment={
                **self.fake.environment(),
                "DATABASE_URL": self.database,
                "LOG_LEVEL": "DEBUG",
                "LOG_FORMAT": "json",
                **environment,
            },
        )
        self.processes.append(process)
        return process

    async def run(self, *, ready: int = 1, **environment: str) -> BotProcess:
        """Start `gpu-scout run` and wait until it is at the gateway for the `ready`th time."""
        process = await self.start("run", **environment)
        await self.fake.wait_for_ready(count=ready)
        await self.fake.wait_for_commands()
        return process

    async def promise(
        self,
        user: User,
        channel: Channel,
        about: str,
        *,
        when: str = "1h",
        where: Literal["dm", "here"] = "dm",
    ) -> Message:
        """Let a user ask for a reminder, and return the confirmation."""
        answer = await self.fake.slash(
            user, channel, "remind me", when=when, about=about, where=where
        )
        assert "<t:" in answer.text, answer.text
        return answer.response

    async def owe(self, user: User, about: str, *, channel: Channel | None = None) -> None:
        """Store a confirmed promise that is due now: to the user's DM, or to a channel."""
        place = channel or self.scene.channel
        assert place.guild is not None
        async with self.store() as store:
            service = Reminders(
                shelf=ReminderRepository(store=store),
                clock=store.clock,
                wake=lambda _: None,
                rules=PromiseRules(soonest=timedelta()),
            )
            await service.create_custom(
                user.id,
                at=store.clock.now(),
                note=about,
                destination=Destination.channel(channel.id) if channel else Destination.dm(),
                origin=Origin(guild_id=place.guild.id, channel_id=place.id),
                locale=user.locale,
                asked_at=store.clock.now() - timedelta(seconds=1),
            )

    @asynccontextmanager
    async def store(self) -> AsyncGenerator[Store]:
        """Open the database beside the bot's processes."""
        store = await Store.open(self.database, clock=SystemClock())
        try:
            yield store
        finally:
            await store.close()

    async def pass_time(self, span: timedelta) -> None:
        """Let the database see so much time go by at once, while no process runs.

        All that the bot knows of time stands there, so to move its instants back is what a process
        that was down for so long would find. Milliseconds of both databases, so it is exact.
        """
        assert not any(process.is_running for process in self.processes)

        def work(connection: Connection) -> None:
            for table, names in _INSTANTS.items():
                keys = list(table.primary_key)
                for row in connection.execute(select(table)).mappings().all():
                    moved: dict[str, datetime] = {
                        name: row[name] - span for name in names if row[name] is not None
                    }
                    this = [key == row[key.name] for key in keys]
                    connection.execute(update(table).where(*this).values(moved))

        async with self.store() as store:
            await store.write(work)

    def told(self, channel: Channel) -> list[Message]:
        """Return what the bot itself says in a channel: reminders, and no answers to commands."""
        return [m for m in self.fake.messages.from_bot(channel) if m.interaction is None]

    async def reminder(self, about: str, channel: Channel, **wait: Any) -> Message:
        """Wait for a message that the bot sends by itself and that contains `about`."""
        return await self.fake.wait_for_message(
            lambda m: m.interaction is None and about in m.text, channel=channel, **wait
        )

    async def struck(self, *faults: Fault) -> None:
        """Wait until each of these faults has struck a request."""
        async with asyncio.timeout(_PATIENCE_S):
            # The fake has no signal for a request that hangs.
            while not all(fault.hits for fault in faults):  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_AGAIN_S)

    async def close(self) -> None:
        """End all processes, and look once more at what each of them left behind."""
        for process in self.processes:
            await process.kill()
        for process in self.processes:
            assert self.fake.token not in process.printed
            if not self.may_fail:
                bad = [line for line in process.log if line["level"] in {"ERROR", "CRITICAL"}]
                assert not bad, bad


@asynccontextmanager
async def staged(folder: Path, database: str) -> AsyncGenerator[Stage]:
    """Yield a stage with a populated Discord, and close it with its checks."""
    async with FakeDiscord() as fake:
        stage = Stage(fake=fake, scene=fake.populate(), database=database, folder=folder)
        try:
            yield stage
        finally:
            await stage.close()


async def on_both(
    stages: tuple[Stage, Stage], scenario: Callable[[Stage], Coroutine[Any, Any, None]]
) -> None:
    """Play a scenario on both databases side by side; a failure names its database."""

    async def play(stage: Stage) -> None:
        try:
            await scenario(stage)
        except BaseException as error:
            error.add_note(f"on {stage.database.partition(':')[0]}")
            raise

    async with asyncio.TaskGroup() as group:
        for stage in stages:
            group.create_task(play(stage))
