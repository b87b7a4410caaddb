"""Discord's REST API asked with nothing but reads, and without discord.py.

Its client would retry, log and hide the `Date` header; a doctor wants each answer as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Self, TypeVar, final

import aiohttp
from pydantic import BaseModel, TypeAdapter

from bot.clock import Clock

M = TypeVar("M")

UNREACHABLE: Final = (aiohttp.ClientError, OSError, TimeoutError)
_PATIENCE: Final = aiohttp.ClientTimeout(total=10)


class Me(BaseModel):
    """The bot's user."""

    id: str
    username: str


class Application(BaseModel):
    """The bot's application."""

    id: str
    flags: int = 0


class PartialGuild(BaseModel):
    """A server as the list of the bot's servers has it."""

    id: int
    name: str
    permissions: int
    """Of the bot over the whole server, channel overwrites left aside."""


class SessionStartLimit(BaseModel):
    """How often the bot may still connect."""

    total: int
    remaining: int
    reset_after: int
    """Milliseconds."""


class Gateway(BaseModel):
    """What Discord says of the bot's connection."""

    shards: int
    session_start_limit: SessionStartLimit


class RefusedError(Exception):
    """Discord answered something else than what was asked for."""

    def __init__(self, status: int) -> None:
        super().__init__(f"Discord answered {status}")
        self.status = status


@final
class Rest:
    """One API base, with one token or none. Use as an asynchronous context manager."""

    def __init__(
        self,
        *,
        api_base: str,
        token: str | None,
        clock: Clock,
        session: Callable[[], aiohttp.ClientSession] = aiohttp.ClientSession,
    ) -> None:
        self.api_base = api_base.rstrip("/")
        self.token = token
        self._clock = clock
        self._open = session
        self.clock_ahead_s: float | None = None
        """Seconds that this machine's clock is ahead of Discord's; None before an answer.

        The header has whole seconds, and the way back takes time: good to about one second.
        """

    async def __aenter__(self) -> Self:
        self._session = self._open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def get(self, path: str, kind: type[M], *, with_token: bool = True) -> M:
        """Return an answer, read as `kind`.

        Raises:
            RefusedError: Discord answered with an error, or with something else.
            aiohttp.ClientError, OSError, TimeoutError: nobody answered.
        """
        headers = {"User-Agent": "DiscordBot (https://github.com/, doctor)"}
        if with_token and self.token is not None:
            headers["Authorization"] = f"Bot {self.token}"
        asking = self._session.get(self.api_base + path, headers=headers, timeout=_PATIENCE)
        async with asking as answer:
            self._note_date(answer.headers.get("Date"))
            if answer.status != 200:
                raise RefusedError(answer.status)
            body = await answer.read()
        try:
            return TypeAdapter(kind).validate_json(body)
        except ValueError as error:
            raise RefusedError(answer.status) from error

    def _note_date(self, date: str | None) -> None:
        try:
            theirs = parsedate_to_datetime(date or "")
        except ValueError:
            return
        if theirs.tzinfo is None:
            theirs = theirs.replace(tzinfo=UTC)
        self.clock_ahead_s = _seconds(self._clock.now(), theirs)


def _seconds(ours: datetime, theirs: datetime) -> float:
    return (ours - theirs).total_seconds()
