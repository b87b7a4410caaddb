"""The step after each answer: the table "What each answer means" as a pure function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never, final

from bot.reminders.outcome import (
    Delivered,
    Outcome,
    Refused,
    Unauthorised,
    Unknown,
    Vanished,
    Wait,
)
from bot.reminders.rules import DeliveryRules


@final
@dataclass(frozen=True, slots=True)
class Settle:
    """It was delivered; without ids where the message is gone again."""

    message_id: int | None = None
    channel_id: int | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Try the same target again, with the same nonce."""

    at: datetime
    reason: str
    certain: bool
    """Whether it is certain that this try made no message."""
    refusals: int


@final
@dataclass(frozen=True, slots=True)
class FallBack:
    """Go to the next target at once, and tell there why."""

    reason: str


@final
@dataclass(frozen=True, slots=True)
class GiveUp:
    """All targets refused; the owner sees the reason in their list."""

    reason: str


@final
@dataclass(frozen=True, slots=True)
class Halt:
    """Stop delivering: the token is wrong. The row stays due."""


Step = Settle | Retry | FallBack | GiveUp | Halt


def next_step(
    outcome: Outcome,
    *,
    now: datetime,
    due_at: datetime,
    targets_left: int,
    refusals: int,
    jitter: float,
    rules: DeliveryRules,
) -> Step:
    """Decide what follows an answer.

    Args:
        outcome: what the courier answered.
        now: the present instant.
        due_at: when the occurrence was due.
        targets_left: targets after the one in use.
        refusals: provisional refusals of this target before this one.
        jitter: a random number from 0 to 1, so that workers don't come back all at once.
        rules: the bounds.
    """
    match outcome:
        case Delivered(message_id, channel_id):
            return Settle(message_id, channel_id)
        case Vanished():
            return Settle()
        case Unknown(reason, retry_after):
            at = now + max(
                backoff(now=now, due_at=due_at, jitter=jitter, rules=rules),
                retry_after or timedelta(),
            )
            return Retry(at=at, reason=reason, certain=False, refusals=refusals)
        case Wait(retry_after, reason):
            spread = rules.retry_least * jitter
            return Retry(
                at=now + max(retry_after, timedelta()) + spread,
                reason=reason,
                certain=True,
                refusals=refusals,
            )
        case Refused(reason, final):
            if not final and refusals + 1 < rules.refusals:
                at = now + backoff(now=now, due_at=due_at, jitter=jitter, rules=rules)
                return Retry(at=at, reason=reason, certain=True, refusals=refusals + 1)
            return FallBack(reason) if targets_left else GiveUp(reason)
        case Unauthorised():
            return Halt()
        case _:
            assert_never(outcome)


def backoff(*, now: datetime, due_at: datetime, jitter: float, rules: DeliveryRules) -> timedelta:
    """Return the pause before the next try: half of the time since it was due, within the bounds.

    Counted from the due time it grows by half with each try and needs no counter, so a restart
    doesn't begin it anew. `jitter` from 0 to 1 scales it by 0.75 to 1.25.
    """
    pause = min(max((now - due_at) / 2, rules.retry_least), rules.retry_most)
    return pause * (0.75 + jitter / 2)
