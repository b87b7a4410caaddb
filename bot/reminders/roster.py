"""A worker among workers: it shows that it lives, and takes its share of the request budget."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import final

from bot.reminders.budget import Budget
from bot.reminders.ports import WorkerRoll
from bot.reminders.rules import DeliveryRules

_UNSURE_BEATS = 2
"""After a gap in the heartbeats: by then each of the others has beaten again."""


@final
class Roster:
    """Keeps this worker's heartbeat, and its budget at `requests_per_second` over the living."""

    def __init__(
        self,
        *,
        roll: WorkerRoll,
        budget: Budget,
        worker: str,
        rules: DeliveryRules,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        """Take what it works with; `seconds` is a stopwatch that no jump of the clock moves."""
        self._roll = roll
        self._budget = budget
        self._worker = worker
        self._rules = rules
        self._seconds = seconds
        self._workers = 1
        self._unsure = 0
        self._beat_s = seconds()
        self._joined_at: datetime | None = None
        self._beat_at: datetime | None = None

    async def beat(self, now: datetime) -> bool:
        """Beat and count again, if it is time to; tell whether the clock was set back since."""
        beat_at = self._beat_at
        # abs: after the wall clock was set back, the last beat lies in the future.
        if beat_at is not None and abs(now - beat_at) < self._rules.heartbeat:
            return False
        if beat_at is not None:
            self._notice_gap(now - beat_at)
        was_ahead = await self._roll.beat(self._worker, now=now, future=now + self._rules.alive)
        workers = max(1, await self._roll.alive(since=now - self._rules.alive))
        if self._unsure:
            self._unsure -= 1
            workers = max(workers, self._workers)
        self._workers = workers
        self._beat_at = now
        self._beat_s = self._seconds()
        if self._joined_at is None:
            self._joined_at = now
            self._budget.drain()  # the others leave no room for what is saved up
        self._budget.share(self._rate(now, workers), workers=workers)
        return was_ahead or (beat_at is not None and now < beat_at)

    async def leave(self) -> None:
        """Make room for the others at once."""
        await self._roll.leave(self._worker)

    def _notice_gap(self, by_clock: timedelta) -> None:
        """Be careful after a jump of the clock, and after a time in which nobody could beat."""
        passed = timedelta(seconds=self._seconds() - self._beat_s)
        jump = by_clock - passed
        if self._joined_at is None or max(abs(jump), passed) <= self._rules.alive:
            return
        # The others look dead until they beat again, and would leave this worker all of the
        # budget; how long it has been here doesn't change with the clock.
        self._unsure = _UNSURE_BEATS
        self._joined_at += jump

    def _rate(self, now: datetime, workers: int) -> float:
        share = self._rules.requests_per_second / workers
        joined_at = self._joined_at or now
        # Two heartbeats: by then each of the others has beaten, and so counted this worker.
        if now - joined_at >= 2 * self._rules.heartbeat:
            return share
        if workers == 1:
            return min(share, self._rules.alone_at_first_per_second)
        # Several may join at once, and each counts those before it.
        return min(share, self._rules.newcomer_per_second / (workers - 1))
