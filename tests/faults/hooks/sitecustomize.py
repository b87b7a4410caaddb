"""Puts faults into a bot's process, from inside: Python imports this before the console script.

On PYTHONPATH by `Arena.start` alone. FAULT_HOOKS is a JSON object with any of

    die          {"step": one of STEPS, "count": n}: SIGKILL itself at the nth time
    rules        {name: seconds or number}: other `DeliveryRules`
    clock        path of a file with the seconds that the process's clock is ahead
    max_pages    path of a file with the most pages that the SQLite database may have
    departures   path of a folder; a file in it gets the time of each request that leaves and counts
"""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial, wraps
from pathlib import Path
from time import time
from typing import Any, Final

import aiohttp
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from bot import app, duties, modes
from bot.clock import SystemClock
from bot.reminders.budget import Budget
from bot.reminders.deliver import Deliverer
from bot.reminders.rules import DeliveryRules
from bot.store.deliveries import DeliveryRepository

HOOKS: Final[dict[str, Any]] = json.loads(os.environ.get("FAULT_HOOKS", "{}"))


class Death:
    """Kills the process at one of its steps."""

    def __init__(self, *, step: str, count: int) -> None:
        self._step = step
        self._count = count
        self._reached: Counter[str] = Counter()
        self._committing: str | None = None

    def reach(self, step: str) -> None:
        """Note a step, and end here if it is the one."""
        self._reached[step] += 1
        if step == self._step and self._reached[step] >= self._count:
            os.kill(os.getpid(), signal.SIGKILL)

    def install(self) -> None:
        """Watch the steps: in the statements, around the request, and those told by `trace`."""
        duties.Deliverer = partial(Deliverer, trace=self.reach)  # pyright: ignore[reportAttributeAccessIssue]
        for name, step in (("claim", "claiming"), ("begin", "beginning"), ("settle", "settling")):
            setattr(DeliveryRepository, name, self._watched(name, step))
        event.listen(Engine, "commit", self._on_commit)
        request = "_request"  # where aiohttp's own methods and discord.py's meet
        original = getattr(aiohttp.ClientSession, request)
        setattr(aiohttp.ClientSession, request, self._watched_request(original))

    def _watched(self, name: str, step: str) -> Callable[..., Awaitable[Any]]:
        original: Callable[..., Awaitable[Any]] = getattr(DeliveryRepository, name)

        @wraps(original)
        async def watched(*arguments: Any, **options: Any) -> Any:
            self._committing = step
            return await original(*arguments, **options)

        return watched

    def _on_commit(self, _connection: Connection) -> None:
        if self._committing is not None:
            step, self._committing = self._committing, None
            self.reach(step)  # all is written, and nothing is committed

    def _watched_request(
        self, original: Callable[..., Awaitable[aiohttp.ClientResponse]]
    ) -> Callable[..., Awaitable[aiohttp.ClientResponse]]:
        async def request(
            session: aiohttp.ClientSession, method: str, url: object, **options: Any
        ) -> aiohttp.ClientResponse:
            is_send = method == "POST" and str(url).endswith("/messages")
            if is_send:
                self.reach("sending")
            answer = await original(session, method, url, **options)
            if is_send:
                self.reach("made")
            return answer

        return request


class ShiftedClock(SystemClock):
    """The machine's clock, moved by what a file says."""

    def now(self) -> datetime:
        """Return the present instant, moved."""
        return super().now() + timedelta(seconds=float(Path(HOOKS["clock"]).read_text() or 0))


def changed_rules(*, requests_per_second: float) -> DeliveryRules:
    """Return the rules by the operator's settings, with the changes that were asked for."""
    rules = DeliveryRules(requests_per_second=requests_per_second)
    changes: dict[str, Any] = {}
    for name, value in HOOKS["rules"].items():
        is_span = isinstance(getattr(rules, name), timedelta)
        changes[name] = timedelta(seconds=value) if is_span else value
    return replace(rules, **changes)


def note_departures() -> None:
    """Write down when each request leaves that Discord counts."""
    # A line now and then, to the page cache.
    file = (Path(HOOKS["departures"]) / str(os.getpid())).open("a", buffering=1)
    original = Budget.charge

    async def charge(self: Budget) -> None:
        await original(self)
        file.write(f"{time()}\n")

    Budget.charge = charge


def limit_pages(connection: Connection) -> None:
    """Let SQLite find the disk full; it counts for each connection on its own."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA max_page_count = {int(Path(HOOKS['max_pages']).read_text())}")
    cursor.close()


if "die" in HOOKS:
    Death(**HOOKS["die"]).install()
if "rules" in HOOKS:
    app.DeliveryRules = changed_rules  # pyright: ignore[reportAttributeAccessIssue]
if "clock" in HOOKS:
    modes.SystemClock = ShiftedClock
if "departures" in HOOKS:
    note_departures()
if "max_pages" in HOOKS:
    event.listen(Engine, "begin", limit_pages)
