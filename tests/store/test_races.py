"""What two processes do to the same rows at once, step by step, on PostgreSQL.

On SQLite there is one writer, and nothing of this can happen.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chores import KEPT_FOR
from bot.reminders.models import OccurrenceState
from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from bot.store.reports import ReportRepository
from bot.store.retention import Retention
from bot.store.store import Store
from bot.store.users import UserRepository
from bot.when.recurrence import EachLength, Recurrence
from tests.databases import FakeClock
from tests.store.another import until_it_waits
from tests.store.promises import OWNER, custom

HOUR = timedelta(hours=1)
LEASE = timedelta(seconds=30)


@pytest.fixture
async def store(postgresql_url: str, clock: FakeClock) -> AsyncIterator[Store]:
    store = await Store.open(postgresql_url, clock=clock)
    yield store
    await store.close()


@pytest.fixture
async def slow(
    postgresql_url: str,
    clock: FakeClock,
    another: AsyncConnection,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Store]:
    """The store of another process; what it writes is committed when the test says so."""
    slow = await Store.open(postgresql_url, clock=clock)
    monkeypatch.setattr(slow, "write", another.run_sync)
    yield slow
    await slow.close()


async def test_a_snooze_of_an_old_message_is_not_purged_with_it(
    store: Store,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    slow: Store,
    another: AsyncConnection,
    clock: FakeClock,
) -> None:
    old = await promises.add(custom(clock.now()), limit=50)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    clock.advance(KEPT_FOR + HOUR)
    until = clock.now() + HOUR
    await ReminderRepository(store=slow).snooze(OWNER, old.id, 1, until=until, limit=50)
    purging = asyncio.create_task(Retention(store=store).purge(before=clock.now() - KEPT_FOR))
    await until_it_waits(purging, another)
    await another.commit()
    assert await purging == 0
    snoozed = await promises.get(OWNER, old.id)
    assert snoozed is not None
    assert [each.state for each in snoozed.occurrences] == [
        OccurrenceState.SENT,
        OccurrenceState.PENDING,
    ]


async def test_quiet_hours_chosen_while_a_message_is_settled_hold_for_the_next_one(
    store: Store,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    slow: Store,
    another: AsyncConnection,
    clock: FakeClock,
) -> None:
    recurrence = Recurrence(rule=EachLength(HOUR, clock.now()), zone="UTC", until=None)
    new = replace(custom(clock.now()), recurrence=recurrence, zone="UTC")
    hourly = await promises.add(new, limit=50)
    users = UserRepository(store=store)
    await users.set_zone(OWNER, "UTC")
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await DeliveryRepository(store=slow).settle(due, now=clock.now(), message_id=1, channel_id=2)
    night = time(clock.now().hour), time(clock.now().hour + 5)
    choosing = asyncio.create_task(users.set_quiet(OWNER, night))
    await until_it_waits(choosing, another)
    await another.commit()
    await choosing
    found = await promises.get(OWNER, hourly.id)
    assert found is not None
    assert found.next_due_at == clock.now() + 5 * HOUR


async def test_who_reports_twice_at_once_is_held_to_what_one_may_report(
    store: Store, slow: Store, another: AsyncConnection, clock: FakeClock
) -> None:
    def report(where: Store) -> Coroutine[Any, Any, int | None]:
        return ReportRepository(store=where).add(
            user_id=OWNER,
            offer_id="kaggle-gpu",
            wrong="the hours",
            source=None,
            since=clock.now() - HOUR,
            most=1,
            most_open=9,
        )

    assert await report(slow) is not None
    second = asyncio.create_task(report(store))
    await until_it_waits(second, another)
    await another.commit()
    assert await second is None
