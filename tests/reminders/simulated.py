"""A Discord in memory, as far as delivering goes, and a worker that delivers to it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.catalog.offer import Offer
from bot.reminders.budget import Budget
from bot.reminders.deliver import Deliverer
from bot.reminders.models import Due
from bot.reminders.notice import Notice, notice_for
from bot.reminders.outcome import (
    Delivered,
    Finding,
    Found,
    NotAllowed,
    NotFound,
    Outcome,
    Unknown,
    Wait,
)
from bot.reminders.rules import DeliveryRules
from bot.reminders.targets import Target
from bot.store.deliveries import DeliveryRepository
from bot.store.store import Store
from tests.databases import FakeClock

NONCE_WINDOW = timedelta(minutes=3)
"""A little longer than the bot dares to trust it."""


BeforeSend = Callable[[Due, Target], Awaitable[None]]


class Fault(Enum):
    """What happens to one request."""

    NONE = auto()
    ERROR_BEFORE = auto()
    """A server error, and no message was made."""
    ERROR_AFTER = auto()
    """The message was made, and then the connection was cut."""
    RATE_LIMIT = auto()
    HANG = auto()
    CRASH_BEFORE = auto()
    """The bot's process dies before the request arrives."""
    CRASH_AFTER = auto()
    """The bot's process dies when the message was made."""


@dataclass(frozen=True)
class Message:
    id: int
    channel_id: int
    made_at: datetime
    nonce: str
    notice: Notice


class ProcessDied(BaseException):
    """Kill -9, as seen from inside."""


@dataclass
class SimulatedDiscord:
    """Keeps messages, and forgets nonces after a while."""

    clock: FakeClock
    faults: deque[Fault] = field(default_factory=deque[Fault])
    refusals: dict[int | None, Outcome] = field(default_factory=dict[int | None, Outcome])
    """What a channel answers instead; None stands for DMs."""
    readable: bool = True
    messages: list[Message] = field(default_factory=list[Message])
    asked: list[Target] = field(default_factory=list[Target])
    looks: int = 0
    before_send: BeforeSend | None = None
    offer_of: Callable[[str], Offer | None] = lambda _: None

    async def send(self, due: Due, target: Target, nonce: str) -> Outcome:
        self.asked.append(target)
        if self.before_send is not None:
            await self.before_send(due, target)
        fault = self.faults.popleft() if self.faults else Fault.NONE
        match fault:
            case Fault.CRASH_BEFORE:
                raise ProcessDied
            case Fault.ERROR_BEFORE:
                return Unknown("500")
            case Fault.RATE_LIMIT:
                return Wait(timedelta(seconds=3))
            case Fault.HANG:
                await asyncio.Event().wait()
            case _:
                pass
        if target.channel_id in self.refusals:
            return self.refusals[target.channel_id]
        message = self._message(due, target, nonce)
        if fault is Fault.ERROR_AFTER:
            return Unknown("connection_cut")
        if fault is Fault.CRASH_AFTER:
            raise ProcessDied
        return Delivered(message.id, message.channel_id)

    async def find(self, due: Due, target: Target) -> Finding:
        self.looks += 1
        if not self.readable:
            return NotAllowed()
        for message in self.messages:
            notice = message.notice
            if message.channel_id == self._channel(target) and (
                notice.reminder_id,
                notice.number,
            ) == (due.reminder.id, due.number):
                return Found(message.id, message.channel_id)
        return NotFound()

    def _message(self, due: Due, target: Target, nonce: str) -> Message:
        now = self.clock.now()
        for message in self.messages:
            if message.nonce == nonce and now - message.made_at <= NONCE_WINDOW:
                return message
        offer = self.offer_of(due.reminder.offer_id or "")
        notice = notice_for(due, target, now=now, offer=offer)
        message = Message(len(self.messages) + 1, self._channel(target), now, nonce, notice)
        self.messages.append(message)
        return message

    @staticmethod
    def _channel(target: Target) -> int:
        return target.user_id + 10**18 if target.channel_id is None else target.channel_id


RULES = DeliveryRules(send_timeout=timedelta(milliseconds=50))
UNBOUNDED = 1_000_000.0


def worker(
    store: Store,
    discord: SimulatedDiscord,
    *,
    name: str = "w1",
    rules: DeliveryRules = RULES,
    trace: Callable[[str], None] = lambda _step: None,
) -> Deliverer:
    return Deliverer(
        shelf=DeliveryRepository(store=store),
        courier=discord,
        clock=store.clock,
        budget=Budget(per_second=UNBOUNDED),
        worker=name,
        installation_id=store.installation_id,
        rules=rules,
        jitter=lambda: 0.5,
        trace=trace,
    )


async def deliver(deliverer: Deliverer) -> None:
    """Deliver what is due, and wait for the end of it."""
    await deliverer.deliver_due()
    await deliverer.idle()
