"""A worker among workers: it shows that it lives, and takes its share of the request budget."""

from __future__ import annotations

from datetime import datetime
from typing import final

from bot.reminders.budget import Budget
from bot.reminders.ports import WorkerRoll
from bot.reminders.rules import DeliveryRules


@final
class Roster:
    """Keeps this worker's heartbeat, and its budget at `requests_per_second` over the living."""

    def __init__(
        self, *, roll: WorkerRoll, budget: Budget, worker: str, rules: DeliveryRules
    ) -> None:
        self._roll = roll
        self._budget = budget
        self._worker = worker
        self._rules = rules
        self._joined_at: datetime | None = None
        self._beat_at: datetime | None = None

    async def beat(self, now: datetime) -> bool:
        """Beat and count again, if it is time to; tell whether the clock was set back since."""
        beat_at = self._beat_at
        # abs: after the wall clock was set back, the last beat lies in the future.
        if beat_at is not None and abs(now - beat_at) < self._rules.heartbeat:
            return False
        was_ahead = await self._roll.beat(self._worker, now=now, future=now + self._rules.alive)
        workers = max(1, await self._roll.alive(since=now - self._rules.alive))
        self._beat_at = now
        self._joined_at = self._joined_at or now
        self._budget.share(self._rate(now, workers), workers=workers)
        return was_ahead or (beat_at is not None and now < beat_at)

    async def leave(self) -> None:
        """Make room for the others at once."""
        await self._roll.leave(self._worker)

    def _rate(self, now: datetime, workers: int) -> float:
        share = self._rules.requests_per_second / workers
        joined_at = self._joined_at or now
        # Two heartbeats: by then each of the others has beaten, and so counted this worker.
        settled = now - joined_at >= 2 * self._rules.heartbeat
        if settled or workers == 1:
            return share
        # Several may join at once, and each counts those before it.
        return min(share, self._rules.newcomer_per_second / (workers - 1))
