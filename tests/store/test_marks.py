import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from bot.reminders.models import OccurrenceState
from bot.store.deliveries import DeliveryRepository
from bot.store.errors import StoreBusy
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.tables import occurrences
from bot.store.work import Work
from tests.databases import FakeClock
from tests.store.promises import custom

LEASE = timedelta(seconds=30)


async def promise(store: Store, clock: FakeClock, count: int) -> None:
    promises = ReminderRepository(store=store)
    for _ in range(count):
        await promises.add(custom(clock.now()), limit=50)


async def test_what_is_settled_at_once_is_stored_each_with_its_own_message(
    store: Store, clock: FakeClock
) -> None:
    await promise(store, clock, 12)
    deliveries = DeliveryRepository(store=store)
    dues = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=12)
    kept = await asyncio.gather(
        *(
            deliveries.settle(due, now=clock.now(), message_id=2**60 + n, channel_id=2**61 + n)
            for n, due in enumerate(dues)
        )
    )
    assert kept == [True] * 12

    def work(connection: Connection) -> dict[int, tuple[object, ...]]:
        rows = connection.execute(select(occurrences))
        return {
            row.reminder_id: (row.state, row.settled_at, row.message_id, row.message_channel_id)
            for row in rows
        }

    assert await store.read(work) == {
        due.reminder.id: (OccurrenceState.SENT.value, clock.now(), 2**60 + n, 2**61 + n)
        for n, due in enumerate(dues)
    }
    assert await deliveries.next_due() is None


async def test_of_those_settled_at_once_only_what_is_still_held_counts(
    store: Store, clock: FakeClock
) -> None:
    await promise(store, clock, 3)
    deliveries = DeliveryRepository(store=store)
    slow = await deliveries.claim(worker="slow", now=clock.now(), lease=LEASE, limit=3)
    clock.advance(LEASE)
    quick = await deliveries.claim(worker="quick", now=clock.now(), lease=LEASE, limit=2)
    taken = {due.reminder.id for due in quick}
    kept = await asyncio.gather(
        *(
            deliveries.settle(due, now=clock.now(), message_id=1, channel_id=1)
            for due in (*slow, *quick)
        )
    )
    assert kept == [due.reminder.id not in taken for due in slow] + [True, True]


async def test_everybody_is_told_that_nothing_was_stored_and_may_try_again(
    store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await promise(store, clock, 3)
    deliveries = DeliveryRepository(store=store)
    dues = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=3)

    async def refuse(_work: Work[object]) -> object:
        raise StoreBusy("another process holds the database")

    with monkeypatch.context() as away:
        away.setattr(store, "write", refuse)
        answers = await asyncio.gather(
            *(deliveries.settle(due, now=clock.now(), message_id=1, channel_id=1) for due in dues),
            return_exceptions=True,
        )
    assert [type(each) for each in answers] == [StoreBusy] * 3
    assert await deliveries.settle(dues[0], now=clock.now(), message_id=1, channel_id=1)
    assert await deliveries.next_due() is not None
