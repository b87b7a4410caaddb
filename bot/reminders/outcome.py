"""What a courier answers to a send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import final


@final
@dataclass(frozen=True, slots=True)
class Delivered:
    """The message stands in the channel, made now or by an earlier try with the same nonce."""

    message_id: int
    channel_id: int


@final
@dataclass(frozen=True, slots=True)
class Vanished:
    """The message was made by an earlier try, and somebody deleted it (404 on a repeated nonce)."""


@final
@dataclass(frozen=True, slots=True)
class Unknown:
    """The message may or may not exist: server errors, time-outs, cut connections."""

    reason: str
    retry_after: timedelta | None = None


@final
@dataclass(frozen=True, slots=True)
class Wait:
    """Not made; Discord said to come back later (429, 40003)."""

    retry_after: timedelta
    reason: str = "rate_limited"


@final
@dataclass(frozen=True, slots=True)
class Refused:
    """Not made, and this target won't take it.

    `final` is False where the refusal may pass by itself, such as for a missing permission.
    """

    reason: str
    final: bool = True


@final
@dataclass(frozen=True, slots=True)
class Unauthorised:
    """The token is wrong; nothing can be sent by anybody who uses it."""


Outcome = Delivered | Vanished | Unknown | Wait | Refused | Unauthorised


@final
@dataclass(frozen=True, slots=True)
class Found:
    """The message of an earlier try stands in the channel."""

    message_id: int
    channel_id: int


@final
@dataclass(frozen=True, slots=True)
class NotFound:
    """The channel's history was read, and no message of this occurrence stands in it."""


@final
@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The channel's history can't be read, now or later."""


Finding = Found | NotFound | NotAllowed | Unknown | Wait | Unauthorised
