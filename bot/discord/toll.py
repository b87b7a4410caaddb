"""What each HTTP request of the process passes on its way: the shared request budget.

discord.py repeats a request by itself, up to five times, after 429 and most server errors. For a
delivery that is wrong three times over: the repeats count against Discord's ceiling like any other
request, they hold the reminder's lease while nobody knows what became of the first try, and a
task that is cancelled while discord.py waits out a global limit leaves its HTTP client waiting for
good. So a delivery's request is made once (`tried_once`), and its answer goes straight to the table
in `bot.reminders.policy`.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Final

import aiohttp
import discord

from bot.reminders.budget import Budget

_FREE: Final = ("/interactions/", "/webhooks/")
"""Discord counts answers to interactions towards no global limit."""
_LEAST_SERVER_ERROR: Final = 500
_TOO_MANY: Final = 429

_TRIED_ONCE: ContextVar[bool] = ContextVar("tried_once", default=False)


@contextmanager
def tried_once() -> Generator[None]:
    """Let requests of this task raise what was answered, instead of being repeated.

    They raise `discord.RateLimited` for a 429 that tells how long, and
    `discord.DiscordServerError` for a server error.
    """
    before = _TRIED_ONCE.set(True)
    try:
        yield
    finally:
        _TRIED_ONCE.reset(before)


def toll(budget: Budget) -> aiohttp.TraceConfig:
    """Return what has each request of an HTTP client pay from the budget."""

    async def on_start(
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        request: aiohttp.TraceRequestStartParams,
    ) -> None:
        if not any(part in request.url.path for part in _FREE):
            await budget.charge()

    async def on_end(
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        request: aiohttp.TraceRequestEndParams,
    ) -> None:
        answer = request.response
        if answer.status == _TOO_MANY:
            told = await _told(answer)
            if told is None:
                return  # the proxy's answer, which names no time and discord.py doesn't repeat
            wait, is_global = told
            if is_global:
                budget.pause(wait)
            if _TRIED_ONCE.get():
                raise discord.RateLimited(wait)
        elif _TRIED_ONCE.get() and answer.status >= _LEAST_SERVER_ERROR:
            # Read to its end, so that the connection can be used again.
            raise discord.DiscordServerError(answer, await answer.text(errors="replace"))

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(on_start)
    trace.on_request_end.append(on_end)
    return trace


async def _told(answer: aiohttp.ClientResponse) -> tuple[float, bool] | None:
    """Return the seconds to wait, and whether with all requests, of a 429 of Discord's own."""
    try:
        body = json.loads(await answer.text())
        return float(body["retry_after"]), bool(body.get("global"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
