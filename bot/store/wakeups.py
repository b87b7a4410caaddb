"""Telling other processes that something is due soon, or that the catalog changed (PostgreSQL).

On SQLite they find what is due by themselves within the ticker's longest sleep.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol, cast, final

from sqlalchemy import URL, Connection, text

_log = logging.getLogger(__name__)

DUE = "gpu_scout_due"
CATALOG = "gpu_scout_catalog"

_SOON = timedelta(seconds=30)
"""What is due later is found in time by the ticker's own look at the table, every 15 s at most; a
notice takes a lock of the whole server at each commit."""

_LONGEST_PAUSE = 5.0


def announce(connection: Connection, due_at: datetime, *, now: datetime) -> None:
    """Wake the tickers of other processes once this transaction is committed, if it is soon."""
    if connection.dialect.name == "postgresql" and due_at - now < _SOON:
        connection.execute(text(f"SELECT pg_notify('{DUE}', '')"))


def announce_catalog(connection: Connection) -> None:
    """Have each process look at its catalog files once this transaction is committed."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_notify('{CATALOG}', '')"))


class _Connection(Protocol):
    """What is used of asyncpg's connection, which has no types of its own."""

    def add_termination_listener(self, callback: Callable[..., None]) -> None: ...
    async def add_listener(self, channel: str, callback: Callable[..., None]) -> None: ...
    def terminate(self) -> None: ...


@final
class Wakeups:
    """Listens for other processes' announcements, on a connection of its own."""

    def __init__(self, *, url: URL, wake: Callable[[], None], channel: str = DUE) -> None:
        """Call `wake` for each announcement, and once after each connection: some were missed."""
        self._url = url
        self._wake = wake
        self._channel = channel
        self._task: asyncio.Task[None] | None = None
        self.listening = asyncio.Event()
        """Set while announcements arrive."""

    def start(self) -> None:
        """Start listening, before login; does nothing on SQLite."""
        if self._url.get_backend_name() == "postgresql":
            self._task = asyncio.create_task(self._run(), name="wakeups")

    async def stop(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        pause = 0.1
        while True:
            try:
                await self._listen()
                pause = 0.1
            except Exception as error:  # noqa: BLE001 - it must come back whatever happened
                _log.warning("can't listen for other processes on %s: %s", self._channel, error)
                pause = min(2 * pause, _LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _listen(self) -> None:
        """Listen until the connection ends."""
        # Not needed on SQLite.
        import asyncpg  # noqa: PLC0415
        from sqlalchemy.dialects.postgresql.asyncpg import (  # noqa: PLC0415
            dialect as asyncpg_dialect,
        )

        def on_end(*_: object) -> None:
            ended.set()

        def on_notice(*_: object) -> None:
            self._wake()

        ended = asyncio.Event()
        _, arguments = asyncpg_dialect().create_connect_args(self._url)
        connect = cast(
            "Callable[..., Awaitable[_Connection]]",
            asyncpg.connect,  # pyright: ignore[reportUnknownMemberType] - untyped
        )
        connection = await connect(**arguments, timeout=5)
        try:
            connection.add_termination_listener(on_end)
            await connection.add_listener(self._channel, on_notice)
            self.listening.set()
            self._wake()
            await ended.wait()
        finally:
            self.listening.clear()
            # No good-bye to a server that may be gone: it could take as long as TCP does.
            connection.terminate()
