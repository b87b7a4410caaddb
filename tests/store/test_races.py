"""What two processes do to the same rows at once, step by step, on PostgreSQL.

On SQLite there is one writer, and nothing of this can happen.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chores import KEPT_FOR
from bot.reminders.models import OccurrenceState
from bot.store import changes
from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from bot.store.retention import Retention
from bot.store.store import Store
from tests.databases import FakeClock
from tests.store.another import until_somebody_waits
from tests.store.promises import OWNER, custom

HOUR = timedelta(hours=1)
LEASE = timedelta(seconds=30)


@pytest.fixture
async def store(postgresql_url: str, clock: FakeClock) -> AsyncIterator[Store]:
    store = await Store.open(postgresql_url, clock=clock)
    yield store
    await store.close()


@pytest.fixture
def promises(store: Store) -> ReminderRepository:
    return ReminderRepository(store=store)


@pytest.fixture
def deliveries(store: Store) -> DeliveryRepository:
    return DeliveryRepository(store=store)


async def test_a_snooze_of_an_old_message_is_not_purged_with_it(
    store: Store,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    another: AsyncConnection,
    clock: FakeClock,
) -> None:
    old = await promises.add(custom(clock.now()), limit=50)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    clock.advance(KEPT_FOR + HOUR)
    until = clock.now() + HOUR
    await another.run_sync(
        lambda connection: changes.snooze(
            connection, OWNER, old.id, 1, until=until, limit=50, now=clock.now()
        )
    )
    purging = asyncio.create_task(Retention(store=store).purge(before=clock.now() - KEPT_FOR))
    await until_somebody_waits(another)
    await another.commit()
    assert await purging == 0
    snoozed = await promises.get(OWNER, old.id)
    assert snoozed is not None
    assert [each.state for each in snoozed.occurrences] == [
        OccurrenceState.SENT,
        OccurrenceState.PENDING,
    ]
