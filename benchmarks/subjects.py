"""The two bots that are measured: processes of their own, each at a fake Discord of its own."""

import asyncio
import os
import sys
import sysconfig
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, final

from bot.settings import Settings
from tests.fakes.discord import Channel, FakeDiscord, User

USERS: Final = 1000
OUR_DATABASE: Final = "ours.sqlite3"
_PATIENCE_S: Final = 60.0
_PRINTED: Final = "printed.txt"


@final
@dataclass(frozen=True, slots=True)
class Launch:
    """How a bot is started in a folder of its own."""

    arguments: Sequence[str]
    environment: Mapping[str, str]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A command, and a part of its right answer: a complaint would be quick to send too."""

    command: str
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    says: str


def ours(folder: Path) -> Launch:
    """Return how `gpu-scout run` is started."""
    script = Path(sysconfig.get_path("scripts")) / "gpu-scout"
    return Launch([str(script), "run"], {"DATABASE_URL": f"sqlite:///{folder / OUR_DATABASE}"})


def floor(folder: Path) -> Launch:
    """Return how the bare bot is started."""
    script = Path(__file__).with_name("bare_bot.py")
    return Launch([sys.executable, str(script)], {"DATABASE": str(folder / "floor.sqlite3")})


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A bot at the gateway, with its commands registered."""

    fake: FakeDiscord
    process: asyncio.subprocess.Process
    folder: Path
    """Where it runs."""
    channel: Channel
    users: Sequence[User]
    start_s: float
    """From the start of the process until the bot was at the gateway with its commands."""

    async def ask(self, ask: Ask, user: User) -> float:
        """Let a user give a command; return the seconds until the first answer."""
        handle = await self.fake.slash(user, self.channel, ask.command, ask.values)
        _check(handle.text, ask)
        assert handle.latency is not None
        return handle.latency

    async def ask_at_once(self, asks: Sequence[Ask], first: int) -> float:
        """Let users from the `first` on ask; return the seconds until the last answer."""
        began = time.perf_counter()
        handles = [
            self.fake.slash(user, self.channel, ask.command, ask.values)
            for user, ask in zip(self.users[first : first + len(asks)], asks, strict=True)
        ]
        await asyncio.gather(*(handle.answered() for handle in handles))
        took = time.perf_counter() - began
        for handle, ask in zip(handles, asks, strict=True):
            _check(handle.text, ask)
        return took


def _check(answer: str, ask: Ask) -> None:
    if ask.says not in answer:
        raise RuntimeError(f"/{ask.command} answered {answer!r}")


@asynccontextmanager
async def running(launch: Callable[[Path], Launch], *, users: int = 1) -> AsyncGenerator[Subject]:
    """Start a bot with a new database, and end it.

    The fake Discord runs in this process, and the bot in another: so that a thousand interactions
    can be sent in one go.
    """
    with TemporaryDirectory(prefix="gpu-scout-bench-") as name:
        folder = Path(name)
        # A folder is no document: to check a body takes longer than to send some of them.
        fake = FakeDiscord(openapi=folder)
        fake.limits.enforced = False
        fake.interactions.callback_timeout = _PATIENCE_S  # what is late is measured, not refused
        people = [fake.world.add_user(f"user{number}") for number in range(users)]
        guild = fake.world.add_guild("Lab", members=people)
        channel = fake.world.add_channel(guild, "general")
        async with fake:
            began = time.perf_counter()
            process = await _started(launch(folder), fake, folder)
            try:
                await _at_the_gateway(fake, process, folder)
                yield Subject(
                    fake=fake,
                    process=process,
                    folder=folder,
                    channel=channel,
                    users=people,
                    start_s=time.perf_counter() - began,
                )
                if fake.violations or fake.defects:
                    raise RuntimeError(f"Discord refused: {fake.violations} {fake.defects}")
            finally:
                if process.returncode is None:
                    process.terminate()
                await process.wait()


async def _started(launch: Launch, fake: FakeDiscord, folder: Path) -> asyncio.subprocess.Process:
    # Neither an operator's settings, nor what would have each start compile all modules anew.
    unwanted = {name.upper() for name in Settings.model_fields} | {"PYTHONDONTWRITEBYTECODE"}
    inherited = {k: v for k, v in os.environ.items() if k.upper() not in unwanted}
    with (folder / _PRINTED).open("wb") as printed:
        return await asyncio.create_subprocess_exec(
            *launch.arguments,
            cwd=folder,
            env={**inherited, **fake.environment(), **launch.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=printed,
            stderr=printed,
        )


async def _at_the_gateway(
    fake: FakeDiscord, process: asyncio.subprocess.Process, folder: Path
) -> None:
    arrived = asyncio.gather(
        fake.wait_for_ready(timeout=_PATIENCE_S), fake.wait_for_commands(timeout=_PATIENCE_S)
    )
    ended = asyncio.ensure_future(process.wait())
    await asyncio.wait([arrived, ended], return_when=asyncio.FIRST_COMPLETED)
    if ended.done():
        arrived.cancel()
        raise RuntimeError((folder / _PRINTED).read_text(encoding="utf-8"))
    ended.cancel()
    await arrived
