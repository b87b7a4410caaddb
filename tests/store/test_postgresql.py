import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Connection, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_only

from bot.store import postgresql
from bot.store.errors import StoreBusy, StoreFull, StoreUnavailable
from bot.store.postgresql import PostgresqlDatabase
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.tables import dm_channels
from bot.store.url import database_url
from bot.store.work import Work
from tests.databases import FakeClock, run_on_server
from tests.faults.postgresql import serving
from tests.store.another import PATIENCE, until_it_waits
from tests.store.promises import OWNER, custom

SOON = 0.5  # seconds


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "_STATEMENT_S", SOON)


@pytest.fixture
async def store(postgresql_url: str, clock: FakeClock) -> AsyncIterator[Store]:
    store = await Store.open(postgresql_url, clock=clock)
    yield store
    await store.close()


def channel_of(user_id: int, channel_id: int) -> Work[None]:
    def work(connection: Connection) -> None:
        connection.execute(
            update(dm_channels)
            .where(dm_channels.c.user_id == user_id)
            .values(channel_id=channel_id)
        )

    return work


async def test_a_transaction_that_gave_way_in_a_deadlock_is_done_again(
    store: Store, another: AsyncConnection
) -> None:
    runs = 0

    def both(connection: Connection) -> None:
        nonlocal runs
        runs += 1
        # Whoever first looks for a deadlock is the one that is ended.
        connection.execute(text("SET LOCAL deadlock_timeout = '100ms'"))
        channel_of(1, 10)(connection)
        channel_of(2, 10)(connection)

    rows = [{"user_id": each, "channel_id": 0} for each in (1, 2)]
    await store.write(lambda connection: connection.execute(dm_channels.insert(), rows))
    await another.execute(text("SET LOCAL deadlock_timeout = '1min'"))
    await another.run_sync(channel_of(2, 20))
    storing = asyncio.create_task(store.write(both))
    await until_it_waits(storing, another)
    await another.run_sync(channel_of(1, 20))
    await another.commit()
    await storing
    assert runs >= 2
    kept = select(dm_channels.c.channel_id)
    found = await store.read(lambda connection: list(connection.execute(kept).scalars()))
    assert found == [10, 10]


@pytest.mark.usefixtures("impatient")
async def test_a_commit_whose_answer_never_came_is_not_made_twice(clock: FakeClock) -> None:
    with serving() as server:
        address = await server.database()
        store = await Store.open(address, clock=clock)
        promises = ReminderRepository(store=store)
        # The commit is on this server's disk; what it waits for is a standby that is away.
        await run_on_server(address, "ALTER SYSTEM SET synchronous_standby_names = 'away'")
        await run_on_server(address, "SELECT pg_reload_conf()")
        with pytest.raises(StoreUnavailable):
            await promises.add(custom(clock.now() + timedelta(hours=1)), limit=50)
        assert len(await promises.active(OWNER)) == 1
        await store.close()


@pytest.mark.usefixtures("impatient")
async def test_a_statement_that_takes_too_long_is_told_and_not_begun_again(
    postgresql_url: str, clock: FakeClock, another: AsyncConnection
) -> None:
    store = await Store.open(postgresql_url, clock=clock)
    runs = 0

    def wait(connection: Connection) -> None:
        nonlocal runs
        runs += 1
        channel_of(1, 10)(connection)

    await store.write(lambda c: c.execute(dm_channels.insert(), {"user_id": 1, "channel_id": 0}))
    await another.run_sync(channel_of(1, 20))
    with pytest.raises(StoreBusy):
        await store.write(wait)
    await another.rollback()
    await store.close()
    assert runs == 1


async def test_a_full_disk_is_told_as_such(store: Store) -> None:
    full = text("DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$")
    with pytest.raises(StoreFull):
        await store.write(lambda connection: connection.execute(full))


async def test_a_server_without_room_for_one_more_connection_is_asked_again(
    postgresql_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    # Only who is no superuser is ever refused.
    guest = f"guest_{uuid4().hex}"
    await run_on_server(postgresql_url, f"CREATE ROLE {guest} LOGIN CONNECTION LIMIT 0")
    database = PostgresqlDatabase(database_url(postgresql_url).set(username=guest))
    with caplog.at_level(logging.DEBUG, logger=postgresql.__name__):
        asking = asyncio.create_task(
            database.read(lambda connection: connection.execute(text("SELECT 7")).scalar_one())
        )
        async with asyncio.timeout(PATIENCE):
            while "trying again" not in caplog.text:  # noqa: ASYNC110 - nothing tells it
                await asyncio.sleep(0.01)
        await run_on_server(postgresql_url, f"ALTER ROLE {guest} CONNECTION LIMIT 9")
        assert await asking == 7
    await database.close()
    await run_on_server(postgresql_url, f"DROP ROLE {guest}")


async def test_what_a_frozen_process_has_locked_is_free_again(
    postgresql_url: str, clock: FakeClock, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, thawed = asyncio.Event(), asyncio.Event()

    def freeze(connection: Connection) -> None:
        channel_of(1, 10)(connection)
        locked.set()
        await_only(thawed.wait())

    await store.write(lambda c: c.execute(dm_channels.insert(), {"user_id": 1, "channel_id": 0}))
    monkeypatch.setattr(postgresql, "_IDLE_MS", 300)
    frozen = await Store.open(postgresql_url, clock=clock)
    freezing = asyncio.create_task(frozen.write(freeze))
    async with asyncio.timeout(PATIENCE):
        await locked.wait()
        await store.write(channel_of(1, 20))
    thawed.set()
    with pytest.raises(StoreUnavailable):
        await freezing
    await frozen.close()
