import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import IntegrityError

from bot.store import writer
from bot.store.errors import StoreBusy, StoreClosed, StoreFull
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.tables import dm_channels
from bot.store.work import Work
from tests.databases import FakeClock
from tests.store.promises import custom


def remember(user_id: int) -> Work[int]:
    def work(connection: Connection) -> int:
        connection.execute(insert(dm_channels).values(user_id=user_id, channel_id=1))
        return user_id

    return work


async def remembered(store: Store) -> set[int]:
    def work(connection: Connection) -> set[int]:
        return set(connection.execute(select(dm_channels.c.user_id)).scalars())

    return await store.read(work)


async def test_all_that_came_at_once_is_stored_and_each_gets_its_own_answer(store: Store) -> None:
    answers = await asyncio.gather(*(store.write(remember(user)) for user in range(1000)))
    assert answers == list(range(1000))
    assert await remembered(store) == set(range(1000))


async def test_a_work_that_fails_fails_alone(store: Store) -> None:
    works = [remember(user) for user in (1, 2, 2, 3)]
    answers = await asyncio.gather(*map(store.write, works), return_exceptions=True)
    assert [answers[0], answers[3]] == [1, 3]
    assert sorted(isinstance(answer, IntegrityError) for answer in answers[1:3]) == [False, True]
    assert await remembered(store) == {1, 2, 3}


async def test_a_work_that_fails_leaves_nothing_of_itself(store: Store) -> None:
    def half(connection: Connection) -> None:
        remember(66)(connection)
        raise LookupError("half-way")

    answers = await asyncio.gather(
        store.write(half), store.write(remember(1)), return_exceptions=True
    )
    assert isinstance(answers[0], LookupError)
    assert await remembered(store) == {1}


async def test_a_caller_that_leaves_harms_nobody(store: Store) -> None:
    leaving = [asyncio.create_task(store.write(remember(user))) for user in range(50)]
    staying = [asyncio.create_task(store.write(remember(user))) for user in range(50, 100)]
    await asyncio.sleep(0)
    for task in leaving:
        task.cancel()
    assert await asyncio.gather(*staying) == list(range(50, 100))
    assert await store.write(remember(1000)) == 1000
    assert set(range(50, 100)) <= await remembered(store)


async def test_closing_commits_what_was_submitted(sqlite_url: str, clock: FakeClock) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    tasks = [asyncio.create_task(store.write(remember(user))) for user in range(20)]
    await asyncio.sleep(0)
    await store.close()
    assert await asyncio.gather(*tasks) == list(range(20))
    with pytest.raises(StoreClosed):
        await store.write(remember(21))
    again = await Store.open(sqlite_url, clock=clock)
    assert await remembered(again) == set(range(20))
    await again.close()


async def test_a_full_disk_fails_only_what_no_longer_fits(
    sqlite_url: str, clock: FakeClock
) -> None:
    store = await Store.open(sqlite_url, clock=clock)

    def limit_pages(connection: Connection) -> None:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))

    def huge(connection: Connection) -> None:
        connection.execute(
            text("INSERT INTO workers VALUES (hex(zeroblob(1000000)), 0)"),
        )

    await store.write(limit_pages)
    answers = await asyncio.gather(
        store.write(remember(1)),
        store.write(huge),
        store.write(remember(2)),
        return_exceptions=True,
    )
    assert [answers[0], answers[2]] == [1, 2]
    assert isinstance(answers[1], StoreFull)
    assert "full" in str(answers[1])
    assert await remembered(store) == {1, 2}
    await store.close()


async def test_a_lock_that_another_process_keeps_is_a_clear_error_and_nothing_is_stored(
    sqlite_url: str, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.store.sqlite._PRAGMAS", ("PRAGMA busy_timeout = 1",))
    store = await Store.open(sqlite_url, clock=clock)
    other = sqlite3.connect(tmp_path / "scout.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy):
        await store.write(remember(1))
    other.execute("ROLLBACK")
    other.close()
    assert await store.write(remember(2)) == 2
    assert await remembered(store) == {2}
    await store.close()


async def test_groups_are_bounded(
    sqlite_url: str, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_LARGEST_GROUP", 3)
    store = await Store.open(sqlite_url, clock=clock)
    assert await asyncio.gather(*(store.write(remember(user)) for user in range(10))) == list(
        range(10)
    )
    await store.close()


async def test_sqlite_syncs_each_commit(sqlite_url: str, clock: FakeClock) -> None:
    store = await Store.open(sqlite_url, clock=clock)

    def pragmas(connection: Connection) -> list[object]:
        names = ("synchronous", "journal_mode", "foreign_keys")
        return [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in names]

    assert await store.write(pragmas) == [2, "wal", 1]
    await store.close()


CONFIRMER = """
import asyncio, sys
from datetime import timedelta
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from tests.databases import FakeClock
from tests.store.promises import custom

async def main(url):
    clock = FakeClock()
    store = await Store.open(url, clock=clock)
    promises = ReminderRepository(store=store)

    async def user(number):
        while True:
            due = clock.now() + timedelta(hours=1)
            stored = await promises.add(custom(due, owner_id=number), limit=10**9)
            print(number, stored.id, flush=True)

    await asyncio.gather(*(user(number) for number in range(1, 21)))

asyncio.run(main(sys.argv[1]))
"""


async def test_what_was_confirmed_outlives_a_kill(database_address: str, clock: FakeClock) -> None:
    child = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs on this loop
        [sys.executable, "-c", CONFIRMER, database_address], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    confirmed = [child.stdout.readline().split() for _ in range(300)]
    os.kill(child.pid, signal.SIGKILL)
    # Whole lines only: the kill may have cut the last one.
    rest, _ = child.communicate()
    confirmed += [line.split() for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    store = await Store.open(database_address, clock=clock)
    promises = ReminderRepository(store=store)
    kept = {
        (owner, reminder.id) for owner in range(1, 21) for reminder in await promises.active(owner)
    }
    await store.close()
    assert {(int(owner), int(reminder)) for owner, reminder in confirmed} <= kept


async def test_the_clock_of_the_store_dates_a_promise(store: Store, clock: FakeClock) -> None:
    clock.advance(timedelta(days=3))
    stored = await ReminderRepository(store=store).add(custom(clock.now()), limit=1)
    assert stored.created_at == clock.now()
