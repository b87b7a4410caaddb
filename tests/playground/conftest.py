import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.discord.playground.clock import PlaygroundClock
from bot.discord.playground.languages import localize_commands, localize_interactions
from bot.discord.playground.page import LivePage
from bot.discord.playground.world import World
from tests.playground.standin import StandIn

START = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


class Browser:
    """What the page's own script says to the preview, without a browser."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        parts = urlsplit(url)
        self._http = http
        self._base = f"{parts.scheme}://{parts.netloc}"
        self._headers = {"X-Simcord-Capability": parts.fragment}
        self._sequence = count(1)

    async def open(self, viewer_id: int | None = None) -> dict[str, Any]:
        body = {} if viewer_id is None else {"viewer_id": str(viewer_id)}
        state = await self._ask("POST", "/api/pages", body)
        self._headers["X-Simcord-Context"] = state["context"]["id"]
        return state

    async def state(self) -> dict[str, Any]:
        return await self._ask("GET", "/api/state")

    async def commands(self) -> dict[str, dict[str, Any]]:
        catalog = await self._ask("GET", "/api/commands")
        return {entry["invocation"]: entry for entry in catalog["entries"]}

    async def file(self, path: str) -> str:
        async with self._http.get(self._base + path) as response:
            assert response.status == 200
            return await response.text()

    async def run(self, command: str, **options: str) -> dict[str, Any]:
        entry = (await self.commands())[command]
        return await self.act(
            "run_command",
            command_id=entry["commandId"],
            path=entry["path"],
            schema_fingerprint=entry["schemaFingerprint"],
            options=options,
        )

    async def act(self, kind: str, **extra: object) -> dict[str, Any]:
        state = await self.state()
        sequence = next(self._sequence)
        body = {
            "protocol_version": 3,
            "request_id": f"request-{sequence}",
            "sequence": sequence,
            "generation": state["context"]["generation"],
            "bot_generation": state["botGeneration"],
            "published_revision": state["publishedRevision"],
            "kind": kind,
            **extra,
        }
        return await self._ask("POST", "/api/action", body)

    async def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        async with self._http.request(
            method, self._base + path, json=body, headers=self._headers
        ) as response:
            assert response.status == 200, await response.text()
            return await response.json()


def texts(state: dict[str, Any]) -> str:
    return json.dumps(state["messages"], ensure_ascii=False)


def arrival(world: World, text: str) -> asyncio.Future[datetime]:
    """Resolves, with the world's time, once a message that contains `text` is posted."""
    arrived: asyncio.Future[datetime] = asyncio.get_running_loop().create_future()

    def notice(event: str, payload: Mapping[str, Any]) -> None:
        if event == "MESSAGE_CREATE" and text in payload["content"] and not arrived.done():
            arrived.set_result(world.env.now())

    world.env.backend.subscribers.append(notice)
    return arrived


@pytest.fixture
async def http() -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def clock() -> PlaygroundClock:
    return PlaygroundClock(start=START)


@pytest.fixture
async def bot(clock: PlaygroundClock) -> AsyncGenerator[StandIn]:
    bot = StandIn(clock)
    ticker = asyncio.create_task(bot.promises.run())
    yield bot
    ticker.cancel()


@pytest.fixture
async def world(bot: StandIn, clock: PlaygroundClock) -> AsyncGenerator[World]:
    """A world whose bot has logged in."""
    world = World.build(bot=bot, clock=clock)
    localize_interactions(bot, world.locale_of)
    localize_commands(world.env, world.locale_of)
    await world.env.start()
    yield world
    await world.env.shutdown()
    await bot.close()


@pytest.fixture
async def live_page(world: World, clock: PlaygroundClock) -> AsyncGenerator[LivePage]:
    page = LivePage(world=world, clock=clock, port=0, zone="UTC")
    async with page:
        yield page


@pytest.fixture
async def browser(live_page: LivePage, http: aiohttp.ClientSession) -> Browser:
    return Browser(http, live_page.url)
