"""The fake Discord as tests hold it: a server on loopback, its world, and what happened."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from aiohttp import web

from tests.fakes.discord import control, routes_bot, routes_channels, routes_interactions, uploads
from tests.fakes.discord.actions import Actions
from tests.fakes.discord.messages import Message
from tests.fakes.discord.openapi import RequestSchemas
from tests.fakes.discord.rest import Rest
from tests.fakes.discord.session import Session
from tests.fakes.discord.state import RequestRecord, State
from tests.fakes.discord.wire import API_PREFIX
from tests.fakes.discord.world import Channel, Guild, User

_PATIENCE_S: Final = 10.0
_BODY_LIMIT: Final = 32 * 1024 * 1024
_BACKLOG: Final = 4096
"""Pending connections: a thousand clients may connect at once."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A small world to begin with."""

    guild: Guild
    channel: Channel
    admin: User
    alice: User
    """A member whose client speaks English."""
    ming: User
    """A member whose client speaks Chinese."""


class FakeDiscord(Actions):
    """Discord on loopback. `async with FakeDiscord() as fake:` serves it.

    The world and the messages outlive `stop()`; `start()` serves them again on the same port.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        now: Callable[[], float] = time.time,
        openapi: Path | None = None,
    ) -> None:
        self.state = State(now=now, schemas=RequestSchemas(openapi))
        super().__init__(self.state)
        self.world = self.state.world
        self.messages = self.state.messages
        self.commands = self.state.commands
        self.interactions = self.state.interactions
        self.gateway = self.state.gateway
        self.faults = self.state.faults
        self.limits = self.state.limits
        self.nonces = self.state.nonces
        self.violations = self.state.violations
        self.defects = self.state.defects
        self.requests = self.state.requests
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    # -- life

    async def start(self) -> Self:
        """Serve; afterwards `api_base` and `gateway_url` are known."""
        app = web.Application(client_max_size=_BODY_LIMIT)
        app.router.add_get("/gateway", self.gateway.serve)
        control.add_to(app, self)
        uploads.add_to(app, self.state)
        rest = Rest(self.state)
        rest.add_to(
            app,
            [*routes_bot.routes(), *routes_channels.routes(), *routes_interactions.routes()],
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, self._host, self._port, backlog=_BACKLOG).start()
        self._runner = runner
        self._port = int(runner.addresses[0][1])
        self.state.gateway_url = f"ws://{self._host}:{self._port}/gateway"
        self.state.cdn_url = f"http://{self._host}:{self._port}"
        return self

    async def stop(self) -> None:
        """Break all connections and stop serving, as in an outage."""
        self.faults.clear()
        self.gateway.drop()
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # -- what a bot needs to find it

    @property
    def address(self) -> str:
        """Where it serves, without a path."""
        return f"http://{self._host}:{self._port}"

    @property
    def api_base(self) -> str:
        """For DISCORD_API_BASE, or discord.py's `Route.BASE`."""
        return self.address + API_PREFIX

    @property
    def gateway_url(self) -> str:
        """The address that GET /gateway/bot answers."""
        return self.state.gateway_url

    @property
    def token(self) -> str:
        """The one token that is accepted."""
        return self.state.token

    def environment(self) -> dict[str, str]:
        """Return the variables with which a bot's process finds this Discord."""
        return {"DISCORD_TOKEN": self.token, "DISCORD_API_BASE": self.api_base}

    @property
    def date_skew_s(self) -> float:
        """Seconds that the `Date` header of answers is ahead."""
        return self.state.date_skew_s

    @date_skew_s.setter
    def date_skew_s(self, seconds: float) -> None:
        self.state.date_skew_s = seconds

    @property
    def checks_bodies(self) -> bool:
        """False where Discord's OpenAPI document is absent; `schema_status` says it in words."""
        return self.state.schemas.available

    @property
    def schema_status(self) -> str:
        """One line about what request bodies are checked against."""
        return self.state.schemas.status

    # -- the world

    def populate(self) -> Scene:
        """Add a guild with a channel, an admin and two members."""
        admin = self.world.add_user("admin")
        alice = self.world.add_user("alice")
        ming = self.world.add_user("ming", locale="zh-CN")
        guild = self.world.add_guild("Lab", owner=admin, members=(alice, ming))
        channel = self.world.add_channel(guild, "general")
        return Scene(guild=guild, channel=channel, admin=admin, alice=alice, ming=ming)

    def dm(self, user: User) -> Channel:
        """Return the DM channel between the bot and a user."""
        return self.world.dm(user)

    # -- waiting

    async def wait_for_message(
        self,
        predicate: Callable[[Message], bool] = lambda _message: True,
        *,
        channel: Channel | None = None,
        timeout: float = _PATIENCE_S,  # noqa: ASYNC109 - handed to Signal.wait_for
    ) -> Message:
        """Wait for a message of the bot, new or edited, that the predicate accepts.

        What stands already counts. Ephemeral messages do not.
        """
        return await self.messages.changed.wait_for(
            lambda m: self._counts(m, channel) and predicate(m),
            already=self.messages.from_bot(channel),
            timeout=timeout,
            describe=self.report,
        )

    async def wait_for_messages(
        self,
        count: int,
        predicate: Callable[[Message], bool] = lambda _message: True,
        *,
        channel: Channel | None = None,
        timeout: float = _PATIENCE_S,  # noqa: ASYNC109 - handed to Signal.wait_for
    ) -> list[Message]:
        """Wait until so many messages of the bot stand; return all that the predicate accepts."""
        accepted = {m.id: m for m in self.messages.from_bot(channel) if predicate(m)}

        def enough(message: Message) -> bool:
            if self._counts(message, channel) and predicate(message):
                accepted[message.id] = message
            else:
                accepted.pop(message.id, None)
            return len(accepted) >= count

        if len(accepted) < count:
            await self.messages.changed.wait_for(enough, timeout=timeout, describe=self.report)
        return list(accepted.values())

    async def wait_for_ready(
        self,
        shard: int = 0,
        *,
        count: int | None = None,
        timeout: float = _PATIENCE_S,  # noqa: ASYNC109 - handed to Signal.wait_for
    ) -> Session:
        """Wait until a shard has got READY and is connected.

        With `count`: until it got READY that often, e.g. 2 after a restart of the bot.
        """
        gateway = self.gateway
        return await gateway.ready.wait_for(
            lambda s: (
                s.shard_id == shard
                and s.connected
                and gateway.ready_counts.get(shard, 0) >= (count or 1)
            ),
            already=gateway.connected(shard),
            timeout=timeout,
            describe=self.report,
        )

    async def wait_for_resumed(
        self,
        shard: int = 0,
        *,
        count: int = 1,
        timeout: float = _PATIENCE_S,  # noqa: ASYNC109 - handed to Signal.wait_for
    ) -> Session:
        """Wait until a shard has resumed, so many times in all."""
        gateway = self.gateway
        return await gateway.resumed.wait_for(
            lambda s: s.shard_id == shard and gateway.resumed_counts.get(shard, 0) >= count,
            already=gateway.connected(shard),
            timeout=timeout,
            describe=self.report,
        )

    async def wait_for_disconnect(
        self,
        shard: int = 0,
        *,
        timeout: float = _PATIENCE_S,  # noqa: ASYNC109 - handed to Signal.wait_for
    ) -> None:
        """Wait until a shard has no connection, e.g. after the bot's process was killed."""
        gateway = self.gateway
        if gateway.connected(shard):
            await gateway.disconnected.wait_for(
                lambda _session: not gateway.connected(shard),
                timeout=timeout,
                describe=self.report,
            )

    async def wait_for_commands(
        self,
        guild: Guild | None = None,
        *,
        timeout: float = _PATIENCE_S,  # noqa: ASYNC109 - handed to Signal.wait_for
    ) -> list[str]:
        """Wait until the bot registered commands; return their full names."""
        scope = guild.id if guild is not None else None
        await self.commands.registered.wait_for(
            lambda where: where == scope,
            already=[scope] if self.commands.scope(scope) else [],
            timeout=timeout,
            describe=self.report,
        )
        return self.commands.names(scope)

    async def wait_for_request(
        self,
        predicate: Callable[[RequestRecord], bool],
        *,
        timeout: float = _PATIENCE_S,  # noqa: ASYNC109 - handed to Signal.wait_for
    ) -> RequestRecord:
        """Wait for a request, past ones included, that the predicate accepts."""
        return await self.state.answered.wait_for(
            predicate, already=self.requests, timeout=timeout, describe=self.report
        )

    # -- looking back

    def report(self) -> str:
        """Say what happened, for a failed assertion: last requests, sessions, violations."""
        last = [f"{r.method} {r.template} -> {r.status}" for r in list(self.requests)[-8:]]
        return (
            f"gateway sessions: {len(self.gateway.connected())} connected, "
            f"requests: {last or 'none'}, "
            f"violations: {[*map(str, self.violations)]}, defects: {self.defects}"
        )

    def assert_clean(self) -> None:
        """Fail if the bot sent anything that Discord would refuse or that nobody serves."""
        if self.violations or self.defects:
            raise AssertionError(self.report())

    def _counts(self, message: Message, channel: Channel | None) -> bool:
        return (
            message.author is self.world.bot
            and not message.deleted
            and not message.ephemeral
            and channel in {None, message.channel}
        )
