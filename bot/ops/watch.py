"""Sees to it that the owner hears once of what the bot can't mend by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol, final

from bot.clock import Clock
from bot.ops.disk import LEAST_FREE_BYTES, free_bytes

_log = logging.getLogger(__name__)


class Trouble(StrEnum):
    """What the owner is told of."""

    DELIVERY = "delivery"
    """Reminders have been due for minutes, and nobody delivers them."""
    DATABASE = "database"
    """Nothing can be stored."""
    DISK = "disk"
    """The disk with the database is nearly full."""


@final
@dataclass(frozen=True, slots=True)
class Alarm:
    """A trouble with what there is to say of it."""

    trouble: Trouble
    since: datetime | None = None
    """For delivery: since when the oldest reminder has been due."""
    detail: str = ""
    """In the words of the system, such as "disk I/O error"; for the disk its free megabytes."""


class OwnerLine(Protocol):
    """Reaches the owner. It remembers, over restarts and processes, what the owner was told."""

    async def tell(self, alarm: Alarm) -> bool:
        """Tell of a trouble, unless it was told and not called off; False where that failed."""
        ...

    async def call_off(self, trouble: Trouble) -> bool:
        """Mark what was told as over, where anything was; False where that failed."""
        ...


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRules:
    """When something is a trouble, and when it is over."""

    every: timedelta = timedelta(seconds=30)
    overdue: timedelta = timedelta(minutes=5)
    """How late the oldest reminder may be: the longest pause between two tries is a minute."""
    bad_for: timedelta = timedelta(minutes=2)
    """How long it must last: a bot that was down first delivers what became due meanwhile."""
    well_for: timedelta = timedelta(minutes=5)
    """How long all must be well before it is over, so that what flickers is one trouble."""
    patience: timedelta = timedelta(seconds=10)
    """What the database may take to answer."""


@final
@dataclass(slots=True)
class _Course:
    """How a trouble went so far."""

    bad_since: datetime | None = None
    well_since: datetime | None = None
    told: bool | None = None
    """None before it was either told or called off: an earlier process may have told it."""


@final
@dataclass(slots=True, kw_only=True)
class Watch:
    """Looks every half minute. Each process may: the line to the owner knows what was told."""

    line: OwnerLine
    clock: Clock
    oldest_overdue: Callable[[datetime], Awaitable[datetime | None]]
    try_to_write: Callable[[], Awaitable[None]]
    disk: Path | None
    """The file whose disk may fill; None where the database is a server's business."""
    rules: WatchRules = field(default_factory=WatchRules)
    _courses: dict[Trouble, _Course] = field(
        default_factory=lambda: {trouble: _Course() for trouble in Trouble}
    )

    async def run(self) -> None:
        """Look for ever; only a cancel ends it."""
        while True:
            # First: a start has better things to do.
            await asyncio.sleep(self.rules.every.total_seconds())
            try:
                await self.look()
            except Exception:  # noqa: BLE001 - the watch is the last one to leave
                _log.exception("the watch failed, it goes on")

    async def look(self) -> None:
        """Look once at everything, and tell or call off what it is time for."""
        for trouble, alarm in (await self._seen()).items():
            if alarm is None:
                await self._well(trouble)
            else:
                await self._bad(alarm)

    async def _bad(self, alarm: Alarm) -> None:
        course, now = self._courses[alarm.trouble], self.clock.now()
        course.well_since = None
        if course.bad_since is None:
            course.bad_since = now
            _log.warning("trouble: %s %s", alarm.trouble, alarm.detail)
        if not course.told and now - course.bad_since >= self.rules.bad_for:
            course.told = await self.line.tell(alarm) or course.told

    async def _well(self, trouble: Trouble) -> None:
        course, now = self._courses[trouble], self.clock.now()
        course.bad_since = None
        course.well_since = course.well_since or now
        if course.told is not False and now - course.well_since >= self.rules.well_for:
            course.told = course.told if not await self.line.call_off(trouble) else False

    async def _seen(self) -> Mapping[Trouble, Alarm | None]:
        """Return what is wrong; what nobody knows at the moment is left out."""
        seen = dict[Trouble, Alarm | None]()
        patience = self.rules.patience.total_seconds()
        now = self.clock.now()
        try:
            async with asyncio.timeout(patience):
                await self.try_to_write()
            seen[Trouble.DATABASE] = None
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing was stored
            seen[Trouble.DATABASE] = Alarm(Trouble.DATABASE, detail=_reason(error))
        try:
            async with asyncio.timeout(patience):
                oldest = await self.oldest_overdue(now)
        except Exception:  # noqa: BLE001 - the database has its own line above
            _log.debug("nobody knows what is overdue", exc_info=True)
        else:
            late = oldest is not None and now - oldest >= self.rules.overdue
            seen[Trouble.DELIVERY] = Alarm(Trouble.DELIVERY, since=oldest) if late else None
        if self.disk is not None:
            seen[Trouble.DISK] = self._disk(self.disk)
        return seen

    @staticmethod
    def _disk(path: Path) -> Alarm | None:
        try:
            free = free_bytes(path)
        except OSError:
            return None
        if free >= LEAST_FREE_BYTES:
            return None
        return Alarm(Trouble.DISK, detail=str(free // 2**20))


def _reason(error: BaseException) -> str:
    """Return one line in the words of what is beneath, such as SQLite's."""
    beneath = getattr(error, "orig", None) or error.__cause__ or error
    lines = str(beneath).splitlines()
    return lines[0] if lines else type(beneath).__name__
