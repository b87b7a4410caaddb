"""What the process does now and then, beside delivering."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # pyright: ignore[reportMissingTypeStubs]

from bot.clock import Clock
from bot.store import ledger as store_ledger
from bot.store.errors import StoreError
from bot.store.ledger import LedgerRepository
from bot.store.retention import Retention

log = logging.getLogger(__name__)

KEPT_FOR: Final = timedelta(days=30)
"""How long a reminder stays after all of it was sent or cancelled: to be shown, and undone."""
LEDGER_KEPT_FOR: Final = store_ledger.KEPT_FOR
PURGE_EVERY: Final = timedelta(hours=24)
FIRST_AFTER: Final = timedelta(minutes=1)  # not while the process starts
TELL_EVERY: Final = timedelta(hours=1)
"""How often followers are looked for who were not told of the catalog: it may have changed while
nothing ran, or the database may have been away when it did."""
TELL_AFTER: Final = timedelta(seconds=2)


@asynccontextmanager
async def chores(
    *,
    retention: Retention,
    ledger: LedgerRepository,
    tell: Callable[[], Awaitable[object]],
    clock: Clock,
) -> AsyncGenerator[None]:
    """Do the chores for as long as the block runs. Several processes may: each is repeatable."""

    async def purge() -> None:
        try:
            purged = await retention.purge(before=clock.now() - KEPT_FOR)
        except StoreError as error:
            log.warning("old reminders could not be purged, tomorrow again: %s", error)
        else:
            log.info("old reminders purged", extra={"reminders": purged})

    async def purge_ledger() -> None:
        try:
            await ledger.purge(before=clock.now() - LEDGER_KEPT_FOR)
        except StoreError as error:
            log.warning("old usages could not be purged, tomorrow again: %s", error)

    # Its default drops a job that is a second late, and it would run all that it missed.
    scheduler = AsyncIOScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True})
    for chore, every, after in (
        (purge, PURGE_EVERY, FIRST_AFTER),
        (purge_ledger, PURGE_EVERY, FIRST_AFTER),
        (tell, TELL_EVERY, TELL_AFTER),
    ):
        scheduler.add_job(  # pyright: ignore[reportUnknownMemberType]  # the library has no types
            _interruptible(chore),
            "interval",
            seconds=every.total_seconds(),
            next_run_time=clock.now() + after,
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


def _interruptible(chore: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    """Return a chore that ends in silence where the process ends: it is done again after a start.

    The scheduler would log it as an error.
    """

    async def done_or_left() -> None:
        with suppress(asyncio.CancelledError):
            await chore()

    return done_or_left
