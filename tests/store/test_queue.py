from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.store.deliveries import DeliveryRepository
from bot.store.queue import QueueRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from tests.databases import FakeClock
from tests.store.promises import custom

MINUTE = timedelta(minutes=1)
LEASE = timedelta(seconds=30)


async def test_what_waits_and_what_is_overdue_is_counted(store: Store, clock: FakeClock) -> None:
    promises, deliveries = ReminderRepository(store=store), DeliveryRepository(store=store)
    for minutes in (-3, -2, -1, 1, 2):
        await promises.add(custom(clock.now() + minutes * MINUTE), limit=50)
    sent, tried = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=2)
    await deliveries.settle(sent, now=clock.now(), message_id=1, channel_id=2)
    await deliveries.retry(tried, at=clock.now() + MINUTE, certain=True, refusals=0)
    seen = await QueueRepository(store=store).look(now=clock.now(), alive_since=clock.now())
    assert (seen.waiting, seen.overdue) == (4, 2)
    assert seen.oldest_due_at == clock.now() - 2 * MINUTE


async def test_what_is_overdue_is_counted_without_a_look_at_all_that_waits(
    sqlite_url: str, clock: FakeClock
) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if "min(occurrences.due_at)" in statement:
            asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    await QueueRepository(store=store).look(now=clock.now(), alive_since=clock.now())
    event.remove(Engine, "before_cursor_execute", note)
    ((statement, parameters),) = asked

    def plan(connection: Connection) -> str:
        return (
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).one().detail
        )

    assert "ix_occurrences_next_attempt_at (next_attempt_at<?)" in await store.read(plan)
    await store.close()
