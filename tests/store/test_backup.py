import asyncio
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.backup import back_up, inspect_backup
from bot.store.errors import BackupError
from bot.store.migrate import HEAD
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.url import database_url
from tests.databases import FakeClock
from tests.store.promises import OWNER, custom

HOUR = timedelta(hours=1)


def notes_of(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {note for (note,) in connection.execute("SELECT note FROM reminders")}


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def promise(store: Store, note: str, owner: int = OWNER) -> int:
    promises = ReminderRepository(store=store)
    stored = await promises.add(
        custom(store.clock.now() + HOUR, note=note, owner_id=owner), limit=50
    )
    return stored.id


async def test_a_backup_holds_all_that_was_confirmed_before_it_and_stops_no_writer(
    sqlite_url: str, clock: FakeClock, tmp_path: Path
) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    confirmed: list[str] = []
    written = asyncio.Event()

    async def write_on() -> None:
        for number in range(10_000):
            await promise(store, f"note {number}", OWNER + number)
            confirmed.append(f"note {number}")
            written.set()

    writing = asyncio.create_task(write_on())
    await written.wait()
    before = set(confirmed)
    target = tmp_path / "backup.sqlite3"
    found = await asyncio.to_thread(back_up, store.url, target)
    written.clear()
    await written.wait()  # the writer is still at work
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    await store.close()
    assert found.schema == HEAD
    held = notes_of(target)
    assert before <= held
    assert found.reminders == len(held)


async def test_only_its_owner_may_read_it_whatever_the_umask(
    sqlite_url: str, clock: FakeClock, tmp_path: Path
) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    target = tmp_path / "backup.sqlite3"
    mask = os.umask(0)
    try:
        await asyncio.to_thread(back_up, store.url, target)
    finally:
        os.umask(mask)
        await store.close()
    assert target.stat().st_mode & 0o777 == 0o600
    assert names_in(tmp_path) == {"backup.sqlite3", "scout.sqlite3"}


async def test_what_was_deleted_is_in_no_byte_of_it(
    sqlite_url: str, clock: FakeClock, tmp_path: Path
) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    await promise(store, "a secret place")
    await promise(store, "what stays")
    await store.write(
        lambda connection: connection.exec_driver_sql(
            "DELETE FROM reminders WHERE note = 'a secret place'"
        )
    )
    target = tmp_path / "backup.sqlite3"
    await asyncio.to_thread(back_up, store.url, target)
    await store.close()
    assert b"what stays" in target.read_bytes()
    assert b"a secret place" not in target.read_bytes()


async def test_nothing_is_overwritten(sqlite_url: str, clock: FakeClock, tmp_path: Path) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    await store.close()
    target = tmp_path / "backup.sqlite3"
    target.write_text("of yesterday")
    with pytest.raises(BackupError, match="exists already"):
        back_up(store.url, target)
    assert target.read_text() == "of yesterday"


async def test_a_backup_that_was_killed_is_no_hindrance(
    sqlite_url: str, clock: FakeClock, tmp_path: Path
) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    await store.close()
    target = tmp_path / "backup.sqlite3"
    (tmp_path / "backup.sqlite3.partial").write_text("half a copy")
    back_up(store.url, target)
    assert inspect_backup(target).schema == HEAD


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "There is no database"),
        (b"", "no database of GPU Scout"),
        (b"not a database at all" * 100, "not a database"),
    ],
    ids=["missing", "empty", "something else"],
)
def test_what_cannot_be_backed_up_leaves_nothing_behind(
    content: bytes | None, sentence: str, sqlite_url: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "scout.sqlite3").write_bytes(content)
    before = names_in(tmp_path)
    with pytest.raises(BackupError, match=sentence):
        back_up(database_url(sqlite_url), tmp_path / "backup.sqlite3")
    assert names_in(tmp_path) == before


async def test_a_folder_that_is_not_there_is_one_sentence(
    sqlite_url: str, clock: FakeClock, tmp_path: Path
) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    await store.close()
    with pytest.raises(BackupError, match="can't be written: No such file or directory"):
        back_up(store.url, tmp_path / "nowhere" / "backup.sqlite3")


def test_postgresql_is_sent_to_its_own_tools(tmp_path: Path) -> None:
    url = database_url("postgresql://scout:hunter2@127.0.0.1:1/scout")
    with pytest.raises(BackupError, match="pg_dump") as refused:
        back_up(url, tmp_path / "backup")
    assert "hunter2" not in str(refused.value)
