"""One gateway session: its numbered events, kept for a resume, and the socket that it has now."""

from __future__ import annotations

import asyncio
import importlib
import json
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

from aiohttp import WSCloseCode, web

from tests.fakes.discord.wire import Intent, Payload

REPLAY_LIMIT: Final = 20_000
"""Events kept for a resume; a session that fell further behind is invalid."""


class Compressor(Protocol):
    """A compression stream that lasts as long as the socket."""

    def __call__(self, data: bytes, /) -> bytes: ...


class ZlibStream:
    """`compress=zlib-stream`: one deflate stream, flushed after each event."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def __call__(self, data: bytes, /) -> bytes:
        """Return the bytes that bring one more event to the client."""
        return self._stream.compress(data) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """`compress=zstd-stream`, which discord.py prefers from Python 3.14 on."""

    def __init__(self) -> None:
        # Only there where a client can ask for it: compression.zstd came with Python 3.14.
        module = importlib.import_module("compression.zstd")
        self._stream = module.ZstdCompressor()
        self._mode: int = self._stream.FLUSH_BLOCK

    def __call__(self, data: bytes, /) -> bytes:
        """Return the bytes that bring one more event to the client."""
        return self._stream.compress(data, self._mode)


@dataclass(frozen=True, slots=True)
class _Close:
    code: int | None
    """None: the connection breaks without a close frame."""


_Outgoing: TypeAlias = bytes | _Close


class Socket:
    """A gateway connection with a queue, so that events can be sent from anywhere, in order."""

    def __init__(
        self, ws: web.WebSocketResponse, request: web.Request, compressor: Compressor | None
    ) -> None:
        self._ws = ws
        self._request = request
        self._compressor = compressor
        self._outbox: asyncio.Queue[_Outgoing] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())
        self.closed_by_us = False

    def send(self, op: int, data: object = None) -> None:
        """Queue a frame that is no event."""
        self.send_raw(json.dumps({"op": op, "d": data, "s": None, "t": None}).encode())

    def send_raw(self, frame: bytes) -> None:
        """Queue a frame that is written already."""
        self._outbox.put_nowait(frame)

    def close(self, code: int | None) -> None:
        """Close after what is queued; with None break the connection without a word."""
        self.closed_by_us = True
        self._outbox.put_nowait(_Close(code))

    async def stop(self) -> None:
        """End the writer; the socket is gone."""
        self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)

    async def _write(self) -> None:
        while True:
            item = await self._outbox.get()
            if isinstance(item, _Close):
                if item.code is None:
                    if self._request.transport is not None:
                        self._request.transport.abort()
                else:
                    await self._ws.close(code=item.code or WSCloseCode.OK)
                return
            try:
                if self._compressor is None:
                    await self._ws.send_str(item.decode())
                else:
                    await self._ws.send_bytes(self._compressor(item))
            except (ConnectionError, RuntimeError):
                return  # the client went away; the session keeps the event for a resume


@dataclass(kw_only=True, eq=False)
class Session:
    """What IDENTIFY opened. It outlives its socket until it is invalidated."""

    id: str
    shard_id: int
    shard_count: int
    intents: Intent
    identify: Payload
    socket: Socket | None = None
    sequence: int = 0
    resumes: int = 0
    disconnected_at: float | None = None
    """Of `time.monotonic()`; None while connected."""
    _events: deque[tuple[int, bytes]] = field(
        default_factory=lambda: deque[tuple[int, bytes]](maxlen=REPLAY_LIMIT)
    )

    @property
    def connected(self) -> bool:
        """True while a socket is there to send to."""
        return self.socket is not None

    def owns_guild(self, guild_id: int | None) -> bool:
        """Tell whether events of this guild (None: direct messages) go to this shard."""
        return ((guild_id or 0) >> 22) % self.shard_count == self.shard_id

    def dispatch(self, name: str, data: Payload) -> None:
        """Number an event, keep it, and send it if the socket is there."""
        self.sequence += 1
        frame = json.dumps({"op": 0, "t": name, "s": self.sequence, "d": data}).encode()
        self._events.append((self.sequence, frame))
        if self.socket is not None:
            self.socket.send_raw(frame)

    def can_resume(self, sequence: int) -> bool:
        """Tell whether all events after `sequence` are still there."""
        oldest = self._events[0][0] if self._events else 1
        return oldest - 1 <= sequence <= self.sequence

    def replay(self, sequence: int) -> None:
        """Send again what came after `sequence`."""
        if self.socket is None:
            return
        for number, frame in self._events:
            if number > sequence:
                self.socket.send_raw(frame)
