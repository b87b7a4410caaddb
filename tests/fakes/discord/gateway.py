"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, and all the ways it can fail."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from secrets import token_hex
from typing import Any, Final

from aiohttp import WSMsgType, web

from tests.fakes.discord import payloads
from tests.fakes.discord.session import Compressor, Session, Socket, ZlibStream, ZstdStream
from tests.fakes.discord.signals import Signal
from tests.fakes.discord.wire import PRIVILEGED_INTENTS, Intent, Payload
from tests.fakes.discord.world import Change, Channel, Guild, Member, World

_RECONNECT, _INVALID_SESSION, _HELLO, _ACK = 7, 9, 10, 11
_UNKNOWN_OPCODE, _DECODE_ERROR, _NOT_AUTHENTICATED, _WRONG_TOKEN = 4001, 4002, 4003, 4004
_ALREADY_AUTHENTICATED, _INVALID_SHARD, _DISALLOWED_INTENTS = 4005, 4010, 4014
_FORGET_ON: Final = frozenset({1000, 1001})
"""A client that closes with one of these gives its session up."""

NO_INTENT: Final = Intent(0)
_INTENT_OF: Final = {
    "GUILD_MEMBER_ADD": Intent.GUILD_MEMBERS,
    "GUILD_MEMBER_REMOVE": Intent.GUILD_MEMBERS,
}


class Gateway:
    """All sessions of the bot. Switches may be set at any time."""

    def __init__(self, *, world: World, token: str, url: Callable[[], str]) -> None:
        self._world = world
        self._token = token
        self._url = url
        self.sessions: dict[str, Session] = {}
        self.heartbeat_interval_ms = 41_250
        self.session_lifetime_s = 180.0
        """How long a session without a socket can be resumed."""
        self.acknowledges_heartbeats = True
        """False: a zombie connection, which a client must notice and leave."""
        self.refuses_identify = 0
        """So many of the next IDENTIFYs get "invalid session" (op 9) instead of READY."""
        self.allowed_privileged = NO_INTENT
        self.recommended_shards = 1
        self.identifies: list[Payload] = []
        self.ready_counts: dict[int, int] = {}
        self.resumed_counts: dict[int, int] = {}
        self.heartbeats = 0
        self.ready: Signal[Session] = Signal("READY")
        self.resumed: Signal[Session] = Signal("RESUMED")
        self.disconnected: Signal[Session] = Signal("disconnect")
        world.on_change = self._tell_change

    def connected(self, shard: int | None = None) -> list[Session]:
        """Return the sessions with a live socket, of one shard or of all."""
        return [
            session
            for session in self.sessions.values()
            if session.connected and shard in {None, session.shard_id}
        ]

    # -- what a test does to it

    def drop(self, shard: int | None = None, *, code: int | None = None) -> None:
        """Break the connection, or close it with a code; the session can be resumed."""
        for session in self.connected(shard):
            self._detach(session, code)

    def ask_reconnect(self, shard: int | None = None) -> None:
        """Send op 7: the client is to reconnect and resume."""
        for session in self.connected(shard):
            _socket(session).send(_RECONNECT)

    def invalidate(self, shard: int | None = None, *, resumable: bool = False) -> None:
        """Send op 9. Unless resumable the session is gone and the client must identify anew."""
        for session in self.connected(shard):
            _socket(session).send(_INVALID_SESSION, resumable)
            if not resumable:
                del self.sessions[session.id]

    def forget_sessions(self) -> None:
        """Lose all sessions: each RESUME from now on gets op 9, as after a long outage."""
        for session in list(self.sessions.values()):
            if not session.connected:
                del self.sessions[session.id]
            else:
                session.id = token_hex(16)
        self.sessions = {session.id: session for session in self.sessions.values()}

    def dispatch(
        self,
        name: str,
        data: Payload,
        *,
        guild_id: int | None,
        intent: Intent = NO_INTENT,
        shape: Callable[[Session], Payload] | None = None,
    ) -> int:
        """Send an event to each session of the shard that asked for it; return to how many.

        `shape` makes the data for one session, where intents decide what it may read.
        """
        self._expire()
        told = 0
        for session in self.sessions.values():
            if session.owns_guild(guild_id) and session.intents & intent == intent:
                session.dispatch(name, data if shape is None else shape(session))
                told += 1
        return told

    # -- what the client does

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Talk to one gateway client until either side closes."""
        compressor = _compressor(request.query.get("compress"))
        ws = web.WebSocketResponse(compress=False, max_msg_size=1 << 16)
        await ws.prepare(request)
        socket = Socket(ws, request, compressor)
        session: Session | None = None
        try:
            socket.send(_HELLO, {"heartbeat_interval": self.heartbeat_interval_ms})
            async for message in ws:
                if message.type is not WSMsgType.TEXT:
                    continue
                try:
                    frame: Payload = json.loads(message.data)
                    op = int(frame["op"])
                except (ValueError, KeyError, TypeError):
                    socket.close(_DECODE_ERROR)
                    continue
                session = self._receive(socket, session, op, frame.get("d"))
        finally:
            if session is not None and session.socket is socket:
                if ws.close_code in _FORGET_ON and not socket.closed_by_us:
                    self.sessions.pop(session.id, None)
                self._lose_socket(session)
            await socket.stop()
        return ws

    def _receive(
        self, socket: Socket, session: Session | None, op: int, data: Any
    ) -> Session | None:
        match op:
            case 1:
                self.heartbeats += 1
                if self.acknowledges_heartbeats:
                    socket.send(_ACK)
            case 2 if session is None:
                return self._identify(socket, data)
            case 6 if session is None:
                return self._resume(socket, data)
            case 2 | 6:
                socket.close(_ALREADY_AUTHENTICATED)
            case 3 | 4 | 8 if session is None:
                socket.close(_NOT_AUTHENTICATED)
            case 8 if session is not None:
                self._send_members(session, data)
            case 3 | 4:
                pass
            case _:
                socket.close(_UNKNOWN_OPCODE)
        return session

    def _identify(self, socket: Socket, data: Payload) -> Session | None:
        self.identifies.append({k: v for k, v in data.items() if k != "token"})
        if data.get("token") != self._token:
            socket.close(_WRONG_TOKEN)
            return None
        if self.refuses_identify > 0:
            self.refuses_identify -= 1
            socket.send(_INVALID_SESSION, data=False)
            return None
        shard_id, shard_count = data.get("shard") or (0, 1)
        if not 0 <= shard_id < shard_count:
            socket.close(_INVALID_SHARD)
            return None
        intents = Intent(int(data.get("intents") or 0))
        if intents & PRIVILEGED_INTENTS & ~self.allowed_privileged:
            socket.close(_DISALLOWED_INTENTS)
            return None
        session = Session(
            id=token_hex(16),
            shard_id=shard_id,
            shard_count=shard_count,
            intents=intents,
            identify=self.identifies[-1],
            socket=socket,
        )
        self.sessions[session.id] = session
        guilds = [g for g in self._world.guilds.values() if g.has_bot and session.owns_guild(g.id)]
        bot = self._world.bot
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": payloads.user(bot) | {"verified": True, "mfa_enabled": True, "flags": 0},
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "private_channels": [],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": self._url(),
                "shard": [shard_id, shard_count],
                "application": {"id": str(bot.id), "flags": 1 << 23},
            },
        )
        if intents & Intent.GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", payloads.guild_create(guild, self._world))
        self.ready_counts[shard_id] = self.ready_counts.get(shard_id, 0) + 1
        self.ready.emit(session)
        return session

    def _resume(self, socket: Socket, data: Payload) -> Session | None:
        if data.get("token") != self._token:
            socket.close(_WRONG_TOKEN)
            return None
        self._expire()
        session = self.sessions.get(str(data.get("session_id")))
        sequence = int(data.get("seq") or 0)
        if session is None or not session.can_resume(sequence):
            socket.send(_INVALID_SESSION, data=False)
            return None
        if session.socket is not None:
            session.socket.close(4000)
        session.socket, session.disconnected_at = socket, None
        session.resumes += 1
        session.replay(sequence)
        session.dispatch("RESUMED", {})
        self.resumed_counts[session.shard_id] = self.resumed_counts.get(session.shard_id, 0) + 1
        self.resumed.emit(session)
        return session

    def _send_members(self, session: Session, data: Payload) -> None:
        guild = self._world.guilds.get(int(data["guild_id"]))
        if guild is None:
            return
        asked = data.get("user_ids")
        wanted = {int(one) for one in ([asked] if isinstance(asked, str) else asked or ())}
        prefix = str(data.get("query") or "").lower()
        found = [
            member
            for user_id, member in guild.members.items()
            if (user_id in wanted if wanted else member.user.name.lower().startswith(prefix))
        ]
        session.dispatch(
            "GUILD_MEMBERS_CHUNK",
            {
                "guild_id": str(guild.id),
                "members": [
                    payloads.member(member) for member in found[: data.get("limit") or None]
                ],
                "chunk_index": 0,
                "chunk_count": 1,
                "not_found": [str(one) for one in wanted - guild.members.keys()],
                "nonce": data.get("nonce"),
            },
        )

    # -- what the world tells

    def _tell_change(self, change: Change) -> None:
        if not change.guild.has_bot and change.kind != "GUILD_DELETE":
            return
        match change.thing:
            case Guild() as guild if change.kind == "GUILD_DELETE":
                data: Payload = {"id": str(guild.id), "unavailable": False}
            case Guild() as guild:
                data = payloads.guild_create(guild, self._world)
            case Channel() as channel:
                data = payloads.channel(channel)
            case Member() as member:
                data = payloads.member(member) | {"guild_id": str(change.guild.id)}
        intent = _INTENT_OF.get(change.kind, Intent.GUILDS)
        self.dispatch(change.kind, data, guild_id=change.guild.id, intent=intent)

    def _detach(self, session: Session, code: int | None) -> None:
        """Take the socket from a session at once, so that what follows is kept for the resume."""
        _socket(session).close(code)
        self._lose_socket(session)

    def _lose_socket(self, session: Session) -> None:
        session.socket = None
        session.disconnected_at = time.monotonic()
        self.disconnected.emit(session)

    def _expire(self) -> None:
        oldest = time.monotonic() - self.session_lifetime_s
        for session in list(self.sessions.values()):
            if session.disconnected_at is not None and session.disconnected_at < oldest:
                del self.sessions[session.id]


def _socket(session: Session) -> Socket:
    if session.socket is None:
        raise RuntimeError(f"session {session.id} has no socket")
    return session.socket


def _compressor(asked: str | None) -> Compressor | None:
    """Return the transport compression that the client asked for."""
    match asked:
        case None:
            return None
        case "zlib-stream":
            return ZlibStream()
        case "zstd-stream":
            return ZstdStream()
        case _:
            raise web.HTTPBadRequest(text=f"compress={asked} is not spoken here")
