"""Everything one fake Discord consists of, put together."""

from __future__ import annotations

import base64
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tests.fakes.discord import payloads
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.errors import Problem
from tests.fakes.discord.faults import Faults
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.interactions import Interactions
from tests.fakes.discord.limits import RateLimits
from tests.fakes.discord.messages import Message, Messages
from tests.fakes.discord.nonce import NonceWindow
from tests.fakes.discord.openapi import RequestSchemas
from tests.fakes.discord.session import Session
from tests.fakes.discord.signals import Signal
from tests.fakes.discord.snowflake import Snowflakes
from tests.fakes.discord.wire import Intent, Payload
from tests.fakes.discord.world import World

NONCE_WINDOW_S: Final = 180.0
"""Discord says "the past few minutes"."""
_KEPT_REQUESTS: Final = 100_000


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One request as it came in and how it was answered; `status` 0 is no answer at all."""

    at: float
    method: str
    path: str
    template: str
    body: Any
    status: int
    code: int


@dataclass(frozen=True, slots=True)
class Violation:
    """A request that Discord would refuse: a defect of the bot."""

    method: str
    path: str
    code: int
    reasons: tuple[str, ...]
    body: Any

    def __str__(self) -> str:
        return f"{self.method} {self.path}: {self.code} {'; '.join(self.reasons)}"

    @staticmethod
    def of(
        method: str, path: str, body: Any, *, code: int, problems: tuple[Problem, ...], text: str
    ) -> Violation:
        """Write down why a request was refused."""
        return Violation(method, path, code, tuple(map(str, problems)) or (text,), body)


class State:
    """The parts of the fake, and what they remember for the test to look at."""

    def __init__(self, *, now: Callable[[], float] = time.time, schemas: RequestSchemas) -> None:
        self.now = now
        self.snowflakes = Snowflakes(now=now)
        self.world = World(now=now, snowflakes=self.snowflakes)
        self.messages = Messages(world=self.world, snowflakes=self.snowflakes, now=now)
        self.interactions = Interactions(
            world=self.world, messages=self.messages, snowflakes=self.snowflakes, now=now
        )
        self.commands = Commands(application_id=self.world.bot.id, snowflakes=self.snowflakes)
        self.nonces = NonceWindow(now=now, seconds=NONCE_WINDOW_S)
        # Not `now`: a window of seconds lasts no hour because a test sets the clock back.
        self.limits = RateLimits(now=time.time)
        self.faults = Faults()
        self.schemas = schemas
        self.token = _token(self.world.bot.id)
        self.gateway_url = ""
        self.cdn_url = ""
        self.gateway = Gateway(world=self.world, token=self.token, url=lambda: self.gateway_url)
        self.date_skew_s = 0.0
        """Added to the `Date` header of REST answers."""
        self.requests: deque[RequestRecord] = deque(maxlen=_KEPT_REQUESTS)
        self.answered: Signal[RequestRecord] = Signal("request")
        self.violations: list[Violation] = []
        self.defects: list[str] = []
        """Requests for routes that this fake does not know."""
        self.uploads: dict[str, bytes] = {}
        """Uploaded files by attachment id."""
        self.messages.on_event = self._tell_message

    @property
    def application_id(self) -> int:
        """The application's id, which is the bot user's id as well."""
        return self.world.bot.id

    def _tell_message(self, name: str, message: Message) -> None:
        if message.ephemeral:
            return
        guild = message.channel.guild
        if guild is not None and not guild.has_bot:
            return
        if guild is None and self.world.bot not in message.channel.recipients:
            return
        data: Payload = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if guild is not None:
            data["guild_id"] = str(guild.id)
        if name != "MESSAGE_DELETE":
            data = message.payload() | data
            member = guild.members.get(message.author.id) if guild is not None else None
            if member is not None:
                data["member"] = payloads.member(member, with_user=False)
        self.gateway.dispatch(
            name,
            data,
            guild_id=None if guild is None else guild.id,
            intent=Intent.DIRECT_MESSAGES if guild is None else Intent.GUILD_MESSAGES,
            shape=lambda session: self._readable(message, data, session),
        )

    def _readable(self, message: Message, data: Payload, session: Session) -> Payload:
        """Blank what a bot without the message content intent must not read."""
        bot = self.world.bot
        if (
            session.intents & Intent.MESSAGE_CONTENT
            or message.channel.guild is None
            or message.author is bot
            or bot in message.mentioned_users
            or "content" not in data
        ):
            return data
        return data | {"content": "", "embeds": [], "components": [], "attachments": []}


def _token(bot_id: int) -> str:
    """Make a token of the usual form: id in base64, time, signature. It is worth nothing."""
    head = base64.urlsafe_b64encode(str(bot_id).encode()).decode().rstrip("=")
    return f"{head}.GfAkE0.{'x' * 38}"
