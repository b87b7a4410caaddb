"""Steering a fake Discord that runs as a process of its own, over HTTP below `/_fake`.

Bodies and answers are JSON; ids are strings. 400 with `error` says what was wrong, 504 that
something awaited did not come.

    GET    /_fake/report             sessions, counts, violations, defects
    GET    /_fake/messages           standing messages (channel_id=, author=bot, deleted=1)
    GET    /_fake/requests           the last requests (limit=)
    GET    /_fake/wait               for=ready|resumed|commands|messages, shard=, count=, timeout=
    POST   /_fake/settings           see `_SETTINGS`
    POST   /_fake/faults             {"kind": "answer"|"rate_limit"|"cut"|"hang"|"delay", ...} with
                                     the arguments of that method of `Faults`
    GET    /_fake/faults             what is programmed, with hits
    DELETE /_fake/faults             take back one (id=) or all
    POST   /_fake/gateway            {"do": "drop"|"reconnect"|"invalidate"|"forget", "shard", ...}
    POST   /_fake/users              {"name", "locale", "dm_closed", "installed_app", "guilds": []}
    PATCH  /_fake/users/{id}         {"locale", "dm_closed", "installed_app"}
    POST   /_fake/guilds             {"name", "locale", "members": []}
    POST   /_fake/channels           {"guild_id", "name"}, or {"parent_id", "name"} for a thread
    DELETE /_fake/channels/{id}
    POST   /_fake/say                {"user", "channel", "content"}
    POST   /_fake/interactions       {"kind", "user", "channel", ..., "wait"}

The kinds of interactions are those of `Actions`: slash (command, values), autocomplete (command,
focused, typed, values), click (message, button), select (message, menu, picked) and submit_modal
(interaction, values). A channel "dm" is the user's own with the bot. `wait` is "answer" (the
default), "message" (until it is no longer "thinking") or "none".

In `values` and `picked`, `{"user": id}` and `{"channel": id}` stand for such objects.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from tests.fakes.discord.handles import InteractionHandle
from tests.fakes.discord.messages import Message
from tests.fakes.discord.wire import Payload, child
from tests.fakes.discord.world import Channel, User

if TYPE_CHECKING:
    from tests.fakes.discord.server import FakeDiscord

_SETTINGS: Final = {
    "nonce_window_s": ("nonces", "seconds"),
    "callback_timeout_s": ("interactions", "callback_timeout"),
    "token_lifetime_s": ("interactions", "token_lifetime"),
    "date_skew_s": ("state", "date_skew_s"),
    "limits_enforced": ("limits", "enforced"),
    "global_limit": ("limits", "global_limit"),
    "global_mode": ("limits", "global_mode"),
    "invalid_limit": ("limits", "invalid_limit"),
    "heartbeat_interval_ms": ("gateway", "heartbeat_interval_ms"),
    "acknowledges_heartbeats": ("gateway", "acknowledges_heartbeats"),
    "refuses_identify": ("gateway", "refuses_identify"),
    "recommended_shards": ("gateway", "recommended_shards"),
}

_Endpoint = Callable[[Payload, dict[str, str]], Awaitable[Any]]


def add_to(app: web.Application, fake: FakeDiscord) -> None:
    """Serve the control routes of a fake."""
    control = _Control(fake)
    for method, path, endpoint in (
        ("GET", "/report", control.report),
        ("GET", "/messages", control.messages),
        ("GET", "/requests", control.requests),
        ("GET", "/wait", control.wait),
        ("POST", "/settings", control.settings),
        ("POST", "/faults", control.add_fault),
        ("GET", "/faults", control.list_faults),
        ("DELETE", "/faults", control.remove_faults),
        ("POST", "/gateway", control.gateway),
        ("POST", "/users", control.add_user),
        ("PATCH", "/users/{id}", control.change_user),
        ("POST", "/guilds", control.add_guild),
        ("POST", "/channels", control.add_channel),
        ("DELETE", "/channels/{id}", control.delete_channel),
        ("POST", "/say", control.say),
        ("POST", "/interactions", control.interact),
    ):
        app.router.add_route(method, f"/_fake{path}", _handler(endpoint))


def _handler(endpoint: _Endpoint) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            body: Payload = await request.json() if request.can_read_body else {}
            answer = await endpoint(body, {**request.query, **request.match_info})
        except TimeoutError as error:
            return web.json_response({"error": str(error)}, status=504)
        except (LookupError, TypeError, ValueError) as error:
            text = f"{type(error).__name__}: {error}"
            return web.json_response({"error": text}, status=400)
        return web.json_response(answer)

    return handle


class _Control:
    def __init__(self, fake: FakeDiscord) -> None:
        self._fake = fake

    # -- looking

    async def report(self, _body: Payload, _query: dict[str, str]) -> Payload:
        fake, gateway = self._fake, self._fake.gateway
        return {
            "schemas": fake.schema_status,
            "sessions": [
                {"shard": [s.shard_id, s.shard_count], "connected": s.connected, "seq": s.sequence}
                for s in gateway.sessions.values()
            ],
            "ready_counts": gateway.ready_counts,
            "resumed_counts": gateway.resumed_counts,
            "commands": fake.commands.names(),
            "command_overwrites": fake.commands.overwrites,
            "messages": sum(1 for _ in fake.messages.from_bot()),
            "interactions": len(fake.interactions),
            "nonce_repeats": fake.nonces.repeats,
            "global_exceeded": fake.limits.global_exceeded,
            "global_peak": fake.limits.global_peak,
            "rate_limited": fake.limits.refused,
            "invalid_requests": fake.limits.invalid_requests,
            "violations": [
                {"method": v.method, "path": v.path, "code": v.code, "reasons": v.reasons}
                for v in fake.violations
            ],
            "defects": fake.defects,
        }

    async def messages(self, _body: Payload, query: dict[str, str]) -> list[Payload]:
        channel = self._channel(query["channel_id"]) if "channel_id" in query else None
        every = self._fake.messages.ever() if query.get("deleted") else iter(self._fake.messages)
        return [
            _written(message)
            for message in every
            if channel in {None, message.channel}
            and (query.get("author") != "bot" or message.author is self._fake.world.bot)
        ]

    async def requests(self, _body: Payload, query: dict[str, str]) -> list[Payload]:
        limit = int(query.get("limit", "100"))
        return [
            {"at": r.at, "method": r.method, "path": r.path, "status": r.status, "body": r.body}
            for r in list(self._fake.requests)[-limit:]
        ]

    async def wait(self, _body: Payload, query: dict[str, str]) -> Payload:
        fake, count = self._fake, int(query.get("count", "1"))
        shard, timeout = int(query.get("shard", "0")), float(query.get("timeout", "10"))
        match query.get("for"):
            case "ready":
                await fake.wait_for_ready(shard, count=count, timeout=timeout)
            case "resumed":
                await fake.wait_for_resumed(shard, count=count, timeout=timeout)
            case "commands":
                return {"commands": await fake.wait_for_commands(timeout=timeout)}
            case "messages":
                channel = self._channel(query["channel_id"]) if "channel_id" in query else None
                found = await fake.wait_for_messages(count, channel=channel, timeout=timeout)
                return {"messages": [_written(message) for message in found]}
            case other:
                raise ValueError(f"for={other}")
        return {}

    # -- steering

    async def settings(self, body: Payload, _query: dict[str, str]) -> Payload:
        for name, value in body.items():
            part, attribute = _SETTINGS[name]
            setattr(getattr(self._fake, part), attribute, value)
        return {
            name: getattr(getattr(self._fake, part), attribute)
            for name, (part, attribute) in _SETTINGS.items()
        }

    async def add_fault(self, body: Payload, _query: dict[str, str]) -> Payload:
        kinds: dict[str, Callable[..., Any]] = {
            "answer": self._fake.faults.answer,
            "rate_limit": self._fake.faults.rate_limit,
            "cut": self._fake.faults.cut,
            "hang": self._fake.faults.hang,
            "delay": self._fake.faults.delay,
        }
        arguments = {k: v for k, v in body.items() if k != "kind"}
        if "channel_id" in arguments:
            arguments["channel_id"] = int(arguments["channel_id"])
        return {"id": kinds[body["kind"]](**arguments).id}

    async def list_faults(self, _body: Payload, _query: dict[str, str]) -> list[Payload]:
        return [
            {"id": f.id, "kind": f.kind, "moment": f.moment, "times": f.times, "hits": f.hits}
            for f in self._fake.faults.programmed
        ]

    async def remove_faults(self, _body: Payload, query: dict[str, str]) -> Payload:
        if "id" not in query:
            self._fake.faults.clear()
        for fault in self._fake.faults.programmed:
            if str(fault.id) == query.get("id"):
                self._fake.faults.remove(fault)
        return {}

    async def gateway(self, body: Payload, _query: dict[str, str]) -> Payload:
        gateway, shard = self._fake.gateway, body.get("shard")
        match body.get("do"):
            case "drop":
                gateway.drop(shard, code=body.get("code"))
            case "reconnect":
                gateway.ask_reconnect(shard)
            case "invalidate":
                gateway.invalidate(shard, resumable=bool(body.get("resumable")))
            case "forget":
                gateway.forget_sessions()
            case other:
                raise ValueError(f"do: {other}")
        return {}

    # -- the world

    async def add_user(self, body: Payload, _query: dict[str, str]) -> Payload:
        guild_ids: list[str] = body.pop("guilds", [])
        user = self._fake.world.add_user(**body)
        for guild_id in guild_ids:
            self._fake.world.add_member(self._fake.world.guilds[int(guild_id)], user)
        return {"id": str(user.id), "dm": str(self._fake.dm(user).id)}

    async def change_user(self, body: Payload, query: dict[str, str]) -> Payload:
        user = self._user(query["id"])
        for name in body.keys() & {"locale", "dm_closed", "installed_app"}:
            setattr(user, name, body[name])
        return {"id": str(user.id)}

    async def add_guild(self, body: Payload, _query: dict[str, str]) -> Payload:
        members = [self._user(one) for one in body.pop("members", [])]
        return {"id": str(self._fake.world.add_guild(members=members, **body).id)}

    async def add_channel(self, body: Payload, _query: dict[str, str]) -> Payload:
        world, name = self._fake.world, str(body.get("name") or "general")
        if "parent_id" in body:
            channel = world.add_thread(self._channel(body["parent_id"]), name)
        else:
            channel = world.add_channel(world.guilds[int(body["guild_id"])], name)
        return {"id": str(channel.id)}

    async def delete_channel(self, _body: Payload, query: dict[str, str]) -> Payload:
        self._fake.world.delete_channel(self._channel(query["id"]))
        return {}

    # -- users

    async def say(self, body: Payload, _query: dict[str, str]) -> Payload:
        user = self._user(body["user"])
        return _written(
            self._fake.say(user, self._place(body["channel"], user), str(body["content"]))
        )

    async def interact(self, body: Payload, _query: dict[str, str]) -> Payload:
        handle = self._act(body)
        match body.get("wait", "answer"):
            case "answer":
                await handle
            case "message":
                await handle.message()
            case _:
                pass
        return _answer(handle)

    def _act(self, body: Payload) -> InteractionHandle:
        fake, user = self._fake, self._user(body["user"])
        values: Payload = {k: self._value(v) for k, v in child(body, "values").items()}
        match body["kind"]:
            case "slash":
                return fake.slash(user, self._place(body["channel"], user), body["command"], values)
            case "autocomplete":
                channel = self._place(body["channel"], user)
                typed = str(body.get("typed", ""))
                return fake.autocomplete(
                    user, channel, body["command"], body["focused"], typed, **values
                )
            case "click":
                return fake.click(user, self._message(body["message"]), body["button"])
            case "select":
                picked = [self._value(one) for one in body["picked"]]
                return fake.select(user, self._message(body["message"]), body.get("menu"), *picked)
            case "submit_modal":
                opened = fake.interactions.get(int(body["interaction"]))
                if opened is None:
                    raise LookupError(f"interaction {body['interaction']}")
                patience = fake.interactions.callback_timeout
                handle = InteractionHandle(opened, callback_timeout=patience)
                return fake.submit_modal(handle, values)
            case other:
                raise ValueError(f"kind: {other}")

    def _user(self, user_id: str) -> User:
        return self._fake.world.users[int(user_id)]

    def _channel(self, channel_id: str) -> Channel:
        return self._fake.world.channels[int(channel_id)]

    def _place(self, channel_id: str, user: User) -> Channel:
        return self._fake.dm(user) if channel_id == "dm" else self._channel(channel_id)

    def _message(self, message_id: str) -> Message:
        message = self._fake.messages.get(int(message_id))
        if message is None:
            raise LookupError(f"message {message_id}")
        return message

    def _value(self, value: Any) -> Any:
        match value:
            case {"user": str(user_id)}:
                return self._user(user_id)
            case {"channel": str(channel_id)}:
                return self._channel(channel_id)
            case _:
                return value


def _written(message: Message) -> Payload:
    return message.payload() | {
        "text": message.text,
        "deleted": message.deleted,
        "ephemeral": message.ephemeral,
        "created": message.created,
    }


def _answer(handle: InteractionHandle) -> Payload:
    record = handle.interaction
    return {
        "interaction": str(record.id),
        "type": None if record.callback is None else int(record.callback),
        "latency": record.latency,
        "ephemeral": record.ephemeral,
        "choices": record.choices,
        "modal": record.modal,
        "message": None if record.response is None else _written(record.response),
        "followups": [_written(message) for message in record.followups],
    }
