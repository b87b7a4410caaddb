from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeAlias

import aiohttp
import discord
import pytest
from aiohttp import web

from bot.discord.toll import toll, tried_once
from bot.reminders.budget import Budget

Serve: TypeAlias = Callable[[Callable[[], web.Response]], Awaitable[str]]


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    runners: list[web.AppRunner] = []

    async def start(answer: Callable[[], web.Response]) -> str:
        async def handle(_request: web.Request) -> web.Response:
            return answer()

        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", handle)
        runner = web.AppRunner(app)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


def limited(*, is_global: bool = False) -> web.Response:
    return web.json_response({"retry_after": 7.5, "global": is_global}, status=429)


async def test_each_request_pays_but_for_answers_to_interactions(serve: Serve) -> None:
    base = await serve(web.Response)
    watch = Stopwatch()
    budget = Budget(per_second=1, now=watch.now, sleep=watch.sleep)
    async with aiohttp.ClientSession(trace_configs=[toll(budget)]) as session:
        for _ in range(5):
            await session.get(f"{base}/channels/1")
        assert watch.seconds == pytest.approx(2)  # three went at once
        await session.post(f"{base}/interactions/1/token/callback")
        await session.post(f"{base}/webhooks/1/token")
    assert watch.seconds == pytest.approx(2)


async def test_a_delivery_that_was_let_through_pays_nothing_more(serve: Serve) -> None:
    base = await serve(web.Response)
    watch = Stopwatch()
    budget = Budget(per_second=1, now=watch.now, sleep=watch.sleep)
    async with aiohttp.ClientSession(trace_configs=[toll(budget)]) as session:
        for _ in range(4):
            await budget.take()
            await session.get(base)
        assert watch.seconds == pytest.approx(1)  # three went at once
        await budget.take()
        watch.seconds += 0.5  # held up
        await session.get(base)
        assert watch.seconds == pytest.approx(2.5)


async def test_a_delivery_is_not_repeated_by_the_library(serve: Serve) -> None:
    answers = iter([limited(), web.Response(status=502), limited(is_global=True)])
    base = await serve(lambda: next(answers))
    watch = Stopwatch()
    budget = Budget(per_second=100, now=watch.now, sleep=watch.sleep)
    async with aiohttp.ClientSession(trace_configs=[toll(budget)]) as session:
        with tried_once():
            with pytest.raises(discord.RateLimited) as told:
                await session.get(base)
            assert told.value.retry_after == 7.5
            with pytest.raises(discord.DiscordServerError):
                await session.get(base)
        before = watch.seconds
        async with session.get(base) as others:
            assert others.status == 429  # what is no delivery is left to the library
        await budget.take()
    assert watch.seconds - before >= 7.5  # nothing goes while Discord refuses everything
