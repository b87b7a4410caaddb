import asyncio
import os
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Row, select

from bot.store.backup import back_up
from bot.store.deliveries import DeliveryRepository
from bot.store.errors import BackupError
from bot.store.registrations import Registration, RegistrationRepository
from bot.store.reminders import ReminderRepository
from bot.store.restore import Restored, restore, settle_in
from bot.store.store import Store
from bot.store.tables import occurrences
from bot.store.url import database_url
from tests.databases import FakeClock
from tests.store.promises import OWNER, custom

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LEASE = timedelta(seconds=30)


@pytest.fixture
async def backup(sqlite_url: str, clock: FakeClock, tmp_path: Path) -> Path:
    """A backup of a database with one promise, which has got another one since."""
    store = await Store.open(sqlite_url, clock=clock)
    await add(store, "before the backup")
    path = tmp_path / "backup.sqlite3"
    await asyncio.to_thread(back_up, store.url, path)
    await add(store, "after the backup")
    await store.close()
    return path


async def add(store: Store, note: str) -> int:
    promises = ReminderRepository(store=store)
    return (await promises.add(custom(store.clock.now() + HOUR, note=note), limit=50)).id


async def notes(address: str, clock: FakeClock) -> list[str | None]:
    store = await Store.open(address, clock=clock)
    try:
        return [each.note for each in await ReminderRepository(store=store).active(OWNER)]
    finally:
        await store.close()


async def put_back(
    address: str, backup: Path, clock: FakeClock, *, replace: bool = True
) -> Restored:
    url = database_url(address)
    return await asyncio.to_thread(restore, url, backup, clock=clock, replace=replace)


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def row_of(number: int) -> Any:
    def work(connection: Connection) -> Row[Any]:
        return connection.execute(
            select(occurrences).where(occurrences.c.reminder_id == number)
        ).one()

    return work


# ------------------------------------------------------------------- on both databases


async def test_what_may_have_been_sent_since_is_in_doubt_and_nothing_else(
    store: Store, clock: FakeClock
) -> None:
    promises = ReminderRepository(store=store)
    deliveries = DeliveryRepository(store=store)
    sent = await promises.add(custom(clock.now()), limit=50)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    overdue = await promises.add(custom(clock.now() + MINUTE), limit=50)
    later = await promises.add(custom(clock.now() + HOUR), limit=50)
    clock.advance(10 * MINUTE)

    assert await store.write(lambda connection: settle_in(connection, now=clock.now())) == 1
    doubtful = await store.read(row_of(overdue.id))
    assert doubtful.doubt_since == clock.now() - 9 * MINUTE
    assert (await store.read(row_of(later.id))).doubt_since is None
    assert (await store.read(row_of(sent.id))).next_attempt_at is None


async def test_no_id_is_given_twice_however_often_one_backup_is_restored(
    store: Store, clock: FakeClock
) -> None:
    given = [await add(store, "first")]
    for _ in range(2):
        clock.advance(HOUR)
        await store.write(lambda connection: settle_in(connection, now=clock.now()))
        given += [await add(store, "next"), await add(store, "next")]
    assert given == sorted(set(given))
    # A clock that was set back must not give them again either.
    clock.advance(-9 * HOUR)
    await store.write(lambda connection: settle_in(connection, now=clock.now()))
    assert await add(store, "last") > given[-1]


async def test_commands_are_registered_anew(store: Store) -> None:
    registrations = RegistrationRepository(store=store)
    await registrations.save(1, "api", Registration(hash="of another version", ids={"about": 2}))
    await store.write(lambda connection: settle_in(connection, now=store.clock.now()))
    assert await registrations.get(1, "api") is None


# ------------------------------------------------------------------------- on SQLite


async def test_the_backup_takes_the_place_of_the_database_which_is_kept(
    backup: Path, sqlite_url: str, clock: FakeClock, tmp_path: Path
) -> None:
    done = await put_back(sqlite_url, backup, clock)
    assert done.reminders == 1
    assert await notes(sqlite_url, clock) == ["before the backup"]
    assert done.aside is not None
    assert await notes(f"sqlite:///{done.aside}", clock) == [
        "before the backup",
        "after the backup",
    ]
    assert (tmp_path / "scout.sqlite3").stat().st_mode & 0o777 == 0o600
    assert names_in(tmp_path) == {"backup.sqlite3", "scout.sqlite3", done.aside.name}


async def test_a_new_machine_needs_no_database_to_replace(
    backup: Path, clock: FakeClock, tmp_path: Path
) -> None:
    elsewhere = f"sqlite:///{tmp_path / 'new' / 'scout.sqlite3'}"
    done = await put_back(elsewhere, backup, clock, replace=False)
    assert done.aside is None
    assert await notes(elsewhere, clock) == ["before the backup"]


async def test_a_database_is_replaced_only_when_told_to(
    backup: Path, sqlite_url: str, clock: FakeClock
) -> None:
    with pytest.raises(BackupError, match="--replace"):
        await put_back(sqlite_url, backup, clock, replace=False)
    assert await notes(sqlite_url, clock) == ["before the backup", "after the backup"]


async def test_a_database_in_use_is_left_alone(
    backup: Path, sqlite_url: str, clock: FakeClock, tmp_path: Path
) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    with pytest.raises(BackupError, match="in use"):
        await put_back(sqlite_url, backup, clock)
    await add(store, "still at work")
    await store.close()
    assert "still at work" in await notes(sqlite_url, clock)
    assert names_in(tmp_path) == {"backup.sqlite3", "scout.sqlite3"}


async def test_a_broken_database_can_be_replaced(
    backup: Path, sqlite_url: str, clock: FakeClock, tmp_path: Path
) -> None:
    (tmp_path / "scout.sqlite3").write_bytes(b"what a failing disk leaves" * 100)
    done = await put_back(sqlite_url, backup, clock)
    assert await notes(sqlite_url, clock) == ["before the backup"]
    assert done.aside is not None
    assert done.aside.read_bytes().startswith(b"what a failing disk")


async def test_the_log_of_a_lost_database_is_not_taken_for_the_new_ones(
    backup: Path, sqlite_url: str, clock: FakeClock, tmp_path: Path
) -> None:
    (tmp_path / "scout.sqlite3").unlink()
    (tmp_path / "scout.sqlite3-wal").write_bytes(b"changes of another file")
    with pytest.raises(BackupError, match="--replace"):
        await put_back(sqlite_url, backup, clock, replace=False)
    done = await put_back(sqlite_url, backup, clock)
    assert done.aside is not None
    log = done.aside.with_name(f"{done.aside.name}-wal")
    assert log.read_bytes() == b"changes of another file"
    assert await notes(sqlite_url, clock) == ["before the backup"]


def of_a_newer_version(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def something_else(path: Path) -> None:
    path.write_bytes(b"PGDMP" * 100)


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (os.unlink, "unable to open"),
        (of_a_newer_version, "9999"),
        (damaged, "damaged|malformed"),
        (something_else, "not a database"),
        (nothing, "no database of GPU Scout"),
    ],
    ids=["missing", "newer", "damaged", "something else", "empty"],
)
async def test_a_backup_that_is_no_good_changes_nothing(
    spoil: Callable[[Path], None],
    sentence: str,
    backup: Path,
    sqlite_url: str,
    clock: FakeClock,
    tmp_path: Path,
) -> None:
    spoil(backup)
    before = (tmp_path / "scout.sqlite3").read_bytes()
    with pytest.raises(BackupError, match=sentence):
        await put_back(sqlite_url, backup, clock)
    assert (tmp_path / "scout.sqlite3").read_bytes() == before
