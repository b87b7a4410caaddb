import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import make_url

from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.url import database_url
from bot.store.wakeups import Wakeups
from tests.databases import FakeClock, run_on_server
from tests.store.promises import custom

PATIENCE = 30


@pytest.fixture
async def postgresql_store(postgresql_url: str, clock: FakeClock) -> Store:
    return await Store.open(postgresql_url, clock=clock)


async def cut_all_connections(url: str) -> None:
    database = make_url(url).database
    await run_on_server(
        url,
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'",
    )


async def test_another_process_hears_of_what_is_due_soon_but_not_of_what_is_later(
    postgresql_url: str, postgresql_store: Store, clock: FakeClock
) -> None:
    woken = asyncio.Semaphore(0)
    wakeups = Wakeups(url=database_url(postgresql_url), wake=woken.release)
    wakeups.start()
    async with asyncio.timeout(PATIENCE):
        await woken.acquire()  # for what was missed before it listened
        promises = ReminderRepository(store=postgresql_store)
        await promises.add(custom(clock.now() + timedelta(hours=1)), limit=9)
        await promises.add(custom(clock.now() + timedelta(seconds=10)), limit=9)
        await woken.acquire()
    assert woken.locked()
    await wakeups.stop()
    await postgresql_store.close()


async def test_another_process_hears_of_what_a_stopping_one_gives_back(
    postgresql_url: str, postgresql_store: Store, clock: FakeClock
) -> None:
    promises = ReminderRepository(store=postgresql_store)
    deliveries = DeliveryRepository(store=postgresql_store)
    await promises.add(custom(clock.now()), limit=9)
    await deliveries.claim(worker="w", now=clock.now(), lease=timedelta(seconds=30), limit=9)
    woken = asyncio.Semaphore(0)
    wakeups = Wakeups(url=database_url(postgresql_url), wake=woken.release)
    wakeups.start()
    async with asyncio.timeout(PATIENCE):
        await woken.acquire()  # for what was missed before it listened
        assert await deliveries.release("w", now=clock.now(), begun=False) == 1
        await woken.acquire()
    await wakeups.stop()
    await postgresql_store.close()


async def test_listening_and_writing_recover_after_all_connections_were_cut(
    postgresql_url: str, postgresql_store: Store, clock: FakeClock
) -> None:
    woken = asyncio.Semaphore(0)
    wakeups = Wakeups(url=database_url(postgresql_url), wake=woken.release)
    wakeups.start()
    promises = ReminderRepository(store=postgresql_store)
    async with asyncio.timeout(PATIENCE):
        await woken.acquire()
        await promises.add(custom(clock.now() + timedelta(hours=1)), limit=99)
        await cut_all_connections(postgresql_url)
        due = clock.now() + timedelta(hours=1)
        await asyncio.gather(*(promises.add(custom(due), limit=99) for _ in range(20)))
        await woken.acquire()  # it listens again, and says so
    await wakeups.stop()
    await postgresql_store.close()


async def test_on_sqlite_there_is_nothing_to_listen_to(sqlite_url: str) -> None:
    wakeups = Wakeups(url=database_url(sqlite_url), wake=lambda: pytest.fail("nobody calls"))
    wakeups.start()
    await wakeups.stop()
    assert not wakeups.listening.is_set()
