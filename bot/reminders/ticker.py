"""What wakes up when a reminder is due: a supervised loop of its own."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import final

from bot.clock import Clock
from bot.reminders.deliver import Deliverer
from bot.reminders.ports import DeliveryShelf
from bot.reminders.roster import Roster
from bot.reminders.rules import DeliveryRules

_log = logging.getLogger(__name__)

_LEAST_SLEEP = timedelta(milliseconds=20)
"""Where a row is due and could not be claimed: it is another worker's for the moment, and asking
again at once would only spin."""


@final
class Ticker:
    """Sleeps until something is due, delivers it, and starts again whatever happens.

    Started before login and stopped after it; `wake` may be called from anywhere on the loop.
    """

    def __init__(
        self,
        *,
        deliverer: Deliverer,
        shelf: DeliveryShelf,
        roster: Roster,
        clock: Clock,
        rules: DeliveryRules,
    ) -> None:
        self._deliverer = deliverer
        self._shelf = shelf
        self._roster = roster
        self._clock = clock
        self._rules = rules
        self._woken = asyncio.Event()
        self._sleeps_until: datetime | None = None
        self._task: asyncio.Task[None] | None = None
        self.last_tick_at: datetime | None = None
        """When the table was last looked at with success."""
        deliverer.on_room = self.wake
        deliverer.on_due = self.wake

    def start(self) -> None:
        """Start the loop. Twice is a mistake."""
        if self._task is not None:
            raise RuntimeError("the ticker runs already")
        self._task = asyncio.create_task(self._run(), name="ticker")

    async def stop(self) -> None:
        """Claim nothing more, finish what is being sent, give back the rest."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        await self._deliverer.stop()
        await self._roster.leave()

    def wake(self, at: datetime | None = None) -> None:
        """Look again now; with `at`, only if the present sleep would last longer than that."""
        if at is None or self._sleeps_until is None or at < self._sleeps_until:
            self._woken.set()

    async def oldest_overdue(self) -> datetime | None:
        """Return the due time of the oldest reminder that should have been delivered by now."""
        return await self._shelf.oldest_overdue(self._clock.now())

    async def tick(self) -> datetime:
        """Deliver what is due, and return when to look again."""
        now = self._clock.now()
        if await self._roster.beat(now):
            mended = await self._shelf.clock_set_back(now=now, lease=self._rules.lease)
            _log.warning("the clock was set back: %d leases and pauses shortened", mended)
        claimed = await self._deliverer.deliver_due()
        next_due = await self._shelf.next_due() if self._deliverer.room > 0 else None
        now = self._clock.now()
        self.last_tick_at = now
        latest = now + min(self._rules.longest_sleep, self._rules.heartbeat)
        if next_due is None:
            return latest
        soonest = now if claimed or next_due > now else now + _LEAST_SLEEP
        return max(min(next_due, latest), soonest)

    async def _run(self) -> None:
        pause = self._rules.restart_least
        while True:
            last_tick_at = self.last_tick_at
            try:
                await self._tick_on()
            except Exception:  # noqa: BLE001 - the supervisor survives whatever it is
                if self.last_tick_at != last_tick_at:
                    pause = self._rules.restart_least
                _log.exception("the ticker failed, it starts again in %s", pause)
            await asyncio.sleep(pause.total_seconds())
            pause = min(2 * pause, self._rules.restart_most)

    async def _tick_on(self) -> None:
        while True:
            # Cleared before the look: a wake during it means that there may be more.
            self._woken.clear()
            self._sleeps_until = None
            self._sleeps_until = await self.tick()
            await self._sleep(self._sleeps_until)

    async def _sleep(self, until: datetime) -> None:
        # Where the clock was set back since `until` was told, the difference means nothing.
        left = min(until - self._clock.now(), self._rules.longest_sleep)
        try:
            async with asyncio.timeout(max(0.0, left.total_seconds())):
                await self._woken.wait()
        except TimeoutError:
            return
