import asyncio
import signal
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.discord.playground.clock import PlaygroundClock
from bot.discord.playground.run import run_playground
from bot.discord.playground.world import World
from bot.errors import StartupError
from tests.playground.conftest import Browser, texts
from tests.playground.standin import StandIn
from tests.playground.visitor import playground


class Session:
    """A playground that runs within the test."""

    def __init__(self, bot: StandIn, clock: PlaygroundClock) -> None:
        self.bot = bot
        self.stop = asyncio.Event()
        self.address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.world: World | None = None
        self.logged_in_at_prepare = True
        self._clock = clock

    async def run(self, port: int = 0) -> None:
        await run_playground(
            bot=self.bot,
            clock=self._clock,
            prepare=self._prepare,
            greet=self.bot.greeting,
            announce=self.address.set_result,
            port=port,
            stop=self.stop,
            zone="UTC",
        )

    async def _prepare(self, world: World) -> None:
        self.world = world
        self.logged_in_at_prepare = self.bot.user is not None


@pytest.fixture
async def session(bot: StandIn, clock: PlaygroundClock) -> Session:
    return Session(bot, clock)


@asynccontextmanager
async def running(session: Session) -> AsyncGenerator[asyncio.Task[None]]:
    async with asyncio.timeout(30):
        task = asyncio.create_task(session.run())
        await asyncio.wait([task, session.address], return_when=asyncio.FIRST_COMPLETED)
        yield task
        session.stop.set()
        await task


async def test_the_greeting_of_the_bot_stands_on_the_page(
    session: Session, http: aiohttp.ClientSession
) -> None:
    async with running(session):
        state = await Browser(http, await session.address).open()
    assert "Try these:" in texts(state)
    assert "/gpu info" in texts(state)
    assert [viewer["name"] for viewer in state["viewers"]] == ["Ada (admin)", "Sam", "小林 (中文)"]


async def test_the_world_can_be_prepared_before_the_bot_logs_in(session: Session) -> None:
    async with running(session):
        assert session.world is not None
        assert not session.logged_in_at_prepare


async def test_stopping_closes_the_bot_and_frees_the_port(
    session: Session, http: aiohttp.ClientSession
) -> None:
    async with running(session):
        address = await session.address
    assert session.bot.is_closed()
    with pytest.raises(aiohttp.ClientConnectorError):
        await http.get(address)


async def test_nothing_of_a_world_is_left_for_the_next_one(
    session: Session, clock: PlaygroundClock
) -> None:
    async with running(session):
        pass
    async with running(Session(StandIn(clock), clock)) as task:
        assert not task.done()


async def test_ending_the_preview_from_its_page_ends_the_playground(
    session: Session, http: aiohttp.ClientSession
) -> None:
    async with running(session) as task:
        browser = Browser(http, await session.address)
        await browser.open()
        await browser.act("close")
        await task


async def test_a_taken_port_is_one_clear_sentence(session: Session) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StartupError, match=rf"port {port}: .+ SCOUT_PLAYGROUND_PORT"):
            await session.run(port)
    assert session.bot.is_closed()


async def test_a_chosen_port_is_the_one_that_is_served(session: Session) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    session.stop.set()
    await session.run(port)
    assert f":{port}/" in await session.address


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_process_without_a_traceback(how: signal.Signals) -> None:
    with playground((sys.executable, "-m", "tests.playground.standin")) as process:
        assert process.address
        assert process.end(how) == 0
        assert process.said.count("\n") == 1, process.said
