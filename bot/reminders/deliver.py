"""From a claimed row to a message: claims what is due, sends it, remembers the answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import random
from time import monotonic
from typing import TypeVar, assert_never, final

from bot.clock import Clock
from bot.reminders.budget import Budget
from bot.reminders.courier import Courier
from bot.reminders.lanes import Lanes
from bot.reminders.models import Due
from bot.reminders.nonce import nonce_for
from bot.reminders.observer import DeliveryObserver, Unobserved
from bot.reminders.outcome import (
    Delivered,
    Found,
    NotAllowed,
    NotFound,
    Outcome,
    Refused,
    Unauthorised,
    Unknown,
    Wait,
)
from bot.reminders.policy import FallBack, GiveUp, Halt, Retry, Settle, Step, next_step
from bot.reminders.ports import DeliveryShelf
from bot.reminders.rules import DeliveryRules
from bot.reminders.targets import SERVER_POLICY, Target, is_allowed, targets_of

_log = logging.getLogger(__name__)

A = TypeVar("A")

_MARK_TRIES = 5
"""A mark that fails is tried again, but not for long: without one the lease runs out, the row is
claimed again, and the nonce or the channel's history tells that the message is there."""


_TO_GIVE_BACK = timedelta(seconds=1)
"""On top of `stop_within`: what it may take to give claims back, before and after it."""


class DeliveryState(StrEnum):
    """Whether this worker delivers."""

    DELIVERING = "delivering"
    STOPPED = "stopped"
    UNAUTHORISED = "unauthorised"
    """Discord refused the token; only a restart with a right one delivers again."""


@final
class Deliverer:
    """Delivers what it claims, each row in a task of its own.

    A row waits for its turn in its channel, then for a free slot, then for the request budget; only
    then does its send begin, and only until then can a cancel still win.
    """

    def __init__(
        self,
        *,
        shelf: DeliveryShelf,
        courier: Courier,
        clock: Clock,
        budget: Budget,
        worker: str,
        installation_id: str,
        rules: DeliveryRules,
        jitter: Callable[[], float] = random,
        trace: Callable[[str], None] = lambda _step: None,
        observer: DeliveryObserver | None = None,
    ) -> None:
        """Take what it works with.

        `trace` is told each step of a row ("claimed", "begun", "answered", "marked"), before the
        next one starts; crash tests end the process there. `observer` is told what follows each
        answer.
        """
        self._shelf = shelf
        self._courier = courier
        self._clock = clock
        self._budget = budget
        self._worker = worker
        self._installation_id = installation_id
        self._rules = rules
        self._jitter = jitter
        self._trace = trace
        self._observer: DeliveryObserver = observer or Unobserved()
        self._lanes = Lanes(depth=rules.lane_depth, seconds=monotonic)
        self._slots = asyncio.Semaphore(rules.concurrency)
        self._jobs: set[asyncio.Task[None]] = set()
        self._sending: set[asyncio.Task[None]] = set()
        self.state = DeliveryState.DELIVERING
        self.on_room: Callable[[], None] = lambda: None
        """Called when a full deliverer has room again."""
        self.on_due: Callable[[datetime], None] = lambda _at: None
        """Called with the instant from which a row that was given back can be claimed."""

    @property
    def room(self) -> int:
        """How many rows may be claimed now."""
        if self.state is not DeliveryState.DELIVERING:
            return 0
        # What waits for the request budget longer than its lease would be claimed twice in vain.
        affordable = self._budget.rate * self._rules.lease.total_seconds() / 2
        return min(self._rules.capacity, max(1, int(affordable))) - len(self._jobs)

    async def deliver_due(self) -> int:
        """Claim what is due while there is room, start to deliver it, and return how many."""
        claimed = 0
        while (limit := self.room) > 0:
            now = self._clock.now()
            dues = await self._shelf.claim(
                worker=self._worker, now=now, lease=self._rules.lease, limit=limit
            )
            await self._start(dues, now=now)
            claimed += len(dues)
            if len(dues) < limit:
                break
        return claimed

    async def stop(self) -> None:
        """Give back what waits, at once; then finish what is being sent, within `stop_within`.

        Where the store is away for so long, the leases of what is left run out by themselves.
        """
        if self.state is DeliveryState.DELIVERING:
            self.state = DeliveryState.STOPPED
        try:
            most = self._rules.stop_within + _TO_GIVE_BACK
            async with asyncio.timeout(most.total_seconds()):
                await self._give_back_and_finish()
        except Exception:  # noqa: BLE001 - whatever it is, the process must end
            _log.warning("not all claims could be given back; their leases run out", exc_info=True)

    async def _give_back_and_finish(self) -> None:
        waiting = self._jobs - self._sending
        for job in waiting:
            job.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        # A send that is about to begin finds its row given back, and leaves it.
        given_back = await self._shelf.release(self._worker, now=self._clock.now(), begun=False)
        if self._jobs:
            _, unfinished = await asyncio.wait(
                self._jobs, timeout=self._rules.stop_within.total_seconds()
            )
            for job in unfinished:
                job.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
        given_back += await self._shelf.release(self._worker, now=self._clock.now(), begun=True)
        _log.info("delivery stopped, %d claims given back", given_back)

    async def idle(self) -> None:
        """Wait until everything claimed so far was dealt with."""
        while self._jobs:
            await asyncio.wait(self._jobs)

    async def _start(self, dues: list[Due], *, now: datetime) -> None:
        overflow: dict[datetime, list[Due]] = {}
        for due in dues:
            self._trace("claimed")
            target = targets_of(due.reminder)[due.target_index]
            stay_away = self._lanes.enter(target)
            if stay_away is not None:
                overflow.setdefault(now + stay_away, []).append(due)
                continue
            name = f"reminder {due.reminder.id}/{due.number}"
            job = asyncio.create_task(self._deliver(due, target), name=name)
            self._jobs.add(job)
            # A task that is cancelled before its first step never enters its own `finally`.
            job.add_done_callback(lambda job, target=target: self._finished(job, target))
        for at, rows in overflow.items():
            await self._shelf.put_back(rows, at=at)

    def _finished(self, job: asyncio.Task[None], target: Target) -> None:
        was_full = self.room <= 0
        self._jobs.discard(job)
        self._sending.discard(job)
        self._lanes.leave(target)
        if was_full:
            self.on_room()
        if not job.cancelled() and (error := job.exception()) is not None:
            _log.error(
                "a delivery failed; its lease will run out",
                exc_info=error,
                extra={"job": job.get_name()},
            )

    async def _deliver(self, due: Due, target: Target) -> None:
        async with self._lanes.turn(target), self._slots:
            await self._budget.take()
            if self.state is not DeliveryState.DELIVERING:
                return
            job = asyncio.current_task()
            assert job is not None  # noqa: S101 - this coroutine only runs as a job
            self._sending.add(job)
            outcome = await self._send(due, target)
            if outcome is not None:
                self._trace("answered")
                await self._follow(due, target, outcome)
                self._trace("marked")

    async def _send(self, due: Due, target: Target) -> Outcome | None:
        """Send one message; None where the row was cancelled or lost meanwhile."""
        if not is_allowed(due, target):
            return Refused(SERVER_POLICY)
        clear_doubt = False
        # However short it was: Discord doesn't say for how long it remembers a nonce.
        if due.doubt_since is not None:
            match await self._reconcile(due, target):
                case NotFound():
                    clear_doubt = True
                case NotAllowed():
                    # A nonce that Discord remembers is as good as a look.
                    if self._nonce_may_be_forgotten(due):
                        due = replace(due, may_repeat=True)
                case known:
                    return known
            await self._budget.take()
        now = self._clock.now()
        begun = await self._shelf.begin(
            due, now=now, lease=self._rules.lease, clear_doubt=clear_doubt
        )
        if not begun:
            return None
        self._trace("begun")
        # As the row has it now: of a series, the message tells what was missed until then.
        if clear_doubt or due.doubt_since is None:
            due = replace(due, doubt_since=now)
        return await self._within_limit(
            self._courier.send(due, target, self._nonce(due)), what="send"
        )

    async def _reconcile(
        self, due: Due, target: Target
    ) -> Delivered | NotFound | NotAllowed | Unknown | Wait | Unauthorised:
        """Look whether an earlier try of this target made its message."""
        finding = await self._within_limit(self._courier.find(due, target), what="look_up")
        match finding:
            case Found(message_id, channel_id):
                return Delivered(message_id, channel_id)
            case _:
                return finding

    async def _within_limit(self, answer: Awaitable[A], *, what: str) -> A | Unknown:
        try:
            async with asyncio.timeout(self._rules.send_timeout.total_seconds()):
                return await answer
        except TimeoutError:
            return Unknown(f"{what}_timeout")
        except Exception:  # noqa: BLE001 - a courier that breaks its word costs no reminder
            _log.exception("the courier failed")
            return Unknown(f"{what}_failed")

    def _nonce_may_be_forgotten(self, due: Due) -> bool:
        if due.doubt_since is None:
            return False
        # abs: where the wall clock was set back, nobody knows how long it has been.
        return abs(self._clock.now() - due.doubt_since) > self._rules.nonce_window

    def _nonce(self, due: Due) -> str:
        return nonce_for(
            installation_id=self._installation_id,
            reminder_id=due.reminder.id,
            number=due.number,
            target_index=due.target_index,
        )

    async def _follow(self, due: Due, target: Target, outcome: Outcome) -> None:
        now = self._clock.now()
        step = self._next_step(due, outcome, now=now)
        if isinstance(step, FallBack | GiveUp) and due.doubt_since is not None:
            # An earlier try may have reached this target, and then the next one would repeat it.
            await self._budget.take()
            match await self._reconcile(due, target):
                case NotFound():
                    pass
                case NotAllowed():
                    due = replace(due, may_repeat=True)
                case known:
                    step = self._next_step(due, known, now=now)
        _log.info(
            "reminder %d/%d attempt %d: %s %s",
            due.reminder.id,
            due.number,
            due.attempt,
            type(step).__name__,
            getattr(step, "reason", ""),
            extra={
                **_names(due),
                "step": type(step).__name__,
                "late_s": round((now - due.due_at).total_seconds(), 3),
            },
        )
        self._observer.followed(step, late=now - due.due_at)
        if isinstance(step, Halt):
            self._halt()
            step = Retry(at=now, reason="unauthorised", certain=True, refusals=due.refusals)
        await self._mark_persistently(due, step, now=now)

    def _next_step(self, due: Due, outcome: Outcome, *, now: datetime) -> Step:
        return next_step(
            outcome,
            now=now,
            due_at=due.due_at,
            targets_left=len(targets_of(due.reminder)) - due.target_index - 1,
            refusals=due.refusals,
            jitter=self._jitter(),
            rules=self._rules,
        )

    async def _mark_persistently(self, due: Due, step: Step, *, now: datetime) -> None:
        for tries in range(1, _MARK_TRIES + 1):
            try:
                kept = await self._mark(due, step, now=now)
            except Exception:
                if tries == _MARK_TRIES:
                    raise
                _log.warning(
                    "an answer could not be stored, trying again", exc_info=True, extra=_names(due)
                )
                await asyncio.sleep(0.1 * 2**tries)
            else:
                if not kept:
                    _log.warning(
                        "reminder %d/%d is another's by now",
                        due.reminder.id,
                        due.number,
                        extra=_names(due),
                    )
                elif isinstance(step, Retry):
                    self.on_due(step.at)
                elif isinstance(step, Settle | GiveUp) and due.reminder.goes_on:
                    self.on_due(now)  # the next one was planned, and nobody knows when
                elif isinstance(step, FallBack):
                    self.on_due(now)
                return

    async def _mark(self, due: Due, step: Step, *, now: datetime) -> bool:
        match step:
            case Settle(message_id, channel_id):
                return await self._shelf.settle(
                    due, now=now, message_id=message_id, channel_id=channel_id
                )
            case Retry(at=at, certain=certain, refusals=refusals):
                return await self._shelf.retry(due, at=at, certain=certain, refusals=refusals)
            case FallBack(reason):
                return await self._shelf.fall_back(
                    due, now=now, reason=reason, may_repeat=due.may_repeat
                )
            case GiveUp(reason):
                return await self._shelf.give_up(due, now=now, reason=reason)
            case Halt():
                raise AssertionError("a halt is followed, not marked")
            case _:
                assert_never(step)

    def _halt(self) -> None:
        """Stop for good: each further request with a wrong token counts towards a ban."""
        if self.state is DeliveryState.DELIVERING:
            self.state = DeliveryState.UNAUTHORISED
            _log.critical(
                "Discord refuses the token: delivery stands still until a restart with a right one;"
                " no reminder is lost"
            )
            for job in self._jobs - self._sending:
                job.cancel()


def _names(due: Due) -> dict[str, object]:
    """Return what names an occurrence in the log; never its note, never who asked for it."""
    return {"reminder": due.reminder.id, "occurrence": due.number, "attempt": due.attempt}
