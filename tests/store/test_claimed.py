from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from tests.databases import FakeClock
from tests.store.promises import OWNER, STRANGER, custom

LEASE = timedelta(seconds=30)
HOUR = timedelta(hours=1)


@contextmanager
def queries() -> Generator[list[tuple[str, Any]]]:
    """Note what is asked of the database, ready to be asked again."""
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_a_claim_reads_only_what_belongs_to_the_rows_that_it_claimed(
    store: Store, clock: FakeClock
) -> None:
    promises, deliveries = ReminderRepository(store=store), DeliveryRepository(store=store)
    for owner in (OWNER, STRANGER):
        for hours in range(5):
            await promises.add(custom(clock.now() + hours * HOUR, owner_id=owner), limit=50)
    with queries() as asked:
        dues = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    assert {due.reminder.owner_id for due in dues} == {OWNER, STRANGER}

    def rows(connection: Connection) -> list[int]:
        return [len(connection.exec_driver_sql(*query).all()) for query in asked]

    assert len(dues) == 2
    # Their reminders, and what their server chose, which is nothing.
    assert await store.read(rows) == [2, 0]
