from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest_asyncio

ROOT = Path(__file__).parents[2]


class Standalone:
    """A fake Discord in a process of its own, seen through its control routes."""

    def __init__(self, hello: dict[str, Any], session: aiohttp.ClientSession) -> None:
        self.hello = hello
        self._session = session

    async def control(self, method: str, path: str, /, **body: Any) -> Any:
        url = self.hello["control"] + path
        answer = await self._session.request(method, url, json=body or None)
        return await answer.json()

    async def rest(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bot {self.hello['token']}"}
        url = self.hello["api_base"] + path
        async with self._session.request(method, url, json=body, headers=headers) as answer:
            return answer.status, await answer.json()


@pytest_asyncio.fixture
async def standalone() -> AsyncIterator[Standalone]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.discord", "--port", "0"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    hello = json.loads(await process.stdout.readline())
    async with aiohttp.ClientSession() as session:
        yield Standalone(hello, session)
    process.terminate()
    assert await process.wait() == 0


async def test_a_harness_steers_it_over_http(standalone: Standalone) -> None:
    user_id = standalone.hello["users"][0]
    status, channel = await standalone.rest(
        "POST", "/users/@me/channels", {"recipient_id": user_id}
    )
    assert status == 200
    path = f"/channels/{channel['id']}/messages"

    await standalone.control("POST", "/faults", kind="answer", status=503, path=".*/messages")
    assert (await standalone.rest("POST", path, {"content": "due"}))[0] == 503
    due = {"content": "due", "nonce": "r1", "enforce_nonce": True}
    assert (await standalone.rest("POST", path, due))[0] == 200
    assert (await standalone.rest("POST", path, due))[0] == 200

    messages = await standalone.control("GET", f"/messages?channel_id={channel['id']}")
    assert [m["text"] for m in messages] == ["due"]
    assert (await standalone.control("GET", "/faults"))[0]["hits"] == 1

    await standalone.control("PATCH", f"/users/{user_id}", dm_closed=True)
    status, error = await standalone.rest("POST", path, {"content": "again"})
    assert (status, error["code"]) == (403, 50007)

    report = await standalone.control("GET", "/report")
    assert report["nonce_repeats"] == 1
    assert report["messages"] == 1
    assert report["violations"] == report["defects"] == []


async def test_it_says_what_was_wrong_with_an_order(standalone: Standalone) -> None:
    answer = await standalone.control("POST", "/settings", nonce_window=3)
    assert answer == {"error": "KeyError: 'nonce_window'"}
    settings = await standalone.control("POST", "/settings", nonce_window_s=2)
    assert settings["nonce_window_s"] == 2
    answer = await standalone.control(
        "POST",
        "/interactions",
        kind="slash",
        user=standalone.hello["users"][0],
        channel="dm",
        command="gpu compare",
    )
    assert "no command 'gpu compare' is registered" in answer["error"]
    answer = await standalone.control("GET", "/wait?for=ready&timeout=0.01")
    assert "no READY" in answer["error"]
