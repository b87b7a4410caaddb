import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.reminders.models import ChannelPolicy
from bot.store import migrate
from bot.store.deliveries import DeliveryRepository
from bot.store.errors import DatabaseTooNew, DatabaseUnreachable
from bot.store.guilds import GuildRepository
from bot.store.ledger import LedgerRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.tables import metadata
from bot.store.users import UserRepository, UserSettings
from bot.store.work import Work
from tests.databases import START, FakeClock
from tests.store.promises import OWNER


async def differences(store: Store) -> Sequence[object]:
    def compare(connection: Connection) -> Sequence[Any]:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    return await store.read(compare)


async def test_an_empty_database_comes_to_the_tables_that_the_code_knows(
    store: Store,
) -> None:
    assert await differences(store) == []


def _described(file: Path) -> Mapping[str, object]:
    """What the tables of a file are like, but for the order of their columns."""
    with closing(sqlite3.connect(file)) as database:

        def rows(pragma: str, name: str) -> list[tuple[object, ...]]:
            return sorted(row[1:] for row in database.execute(f"PRAGMA {pragma}({name})"))

        tables = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        indexes = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'")
        return dict(indexes.fetchall()) | {
            name: (
                rows("table_info", name),
                rows("foreign_key_list", name),
                "AUTOINCREMENT" in sql,
                "CHECK" in sql,
            )
            for name, sql in tables.fetchall()
        }


async def test_a_new_file_is_as_all_the_steps_would_have_made_it(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, stepped = tmp_path / "new.sqlite3", tmp_path / "stepped.sqlite3"
    await (await Store.open(f"sqlite:///{new}", clock=clock)).close()
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "_make", migrate._run_migrations)  # pyright: ignore[reportPrivateUsage]
        await (await Store.open(f"sqlite:///{stepped}", clock=clock)).close()
    assert _described(new) == _described(stepped)


async def test_upgrading_twice_changes_nothing(database_address: str, clock: FakeClock) -> None:
    first = await Store.open(database_address, clock=clock)
    await first.close()
    second = await Store.open(database_address, clock=clock)
    await second.close()
    assert len(first.installation_id) == 32
    assert second.installation_id == first.installation_id


async def test_several_may_start_at_once_on_an_empty_database(
    database_address: str, clock: FakeClock
) -> None:
    stores = await asyncio.gather(*(Store.open(database_address, clock=clock) for _ in range(4)))
    assert len({store.installation_id for store in stores}) == 1
    assert await differences(stores[0]) == []
    for store in stores:
        await store.close()


async def test_a_database_from_a_newer_version_is_refused_in_one_sentence(
    database_address: str, clock: FakeClock
) -> None:
    store = await Store.open(database_address, clock=clock)
    await store.write(
        lambda connection: connection.execute(text("UPDATE alembic_version SET version_num='9999'"))
    )
    await store.close()
    with pytest.raises(DatabaseTooNew, match=r"9999.*knows 0") as refused:
        await Store.open(database_address, clock=clock)
    assert (refused.value.found, refused.value.known) == ("9999", migrate.HEAD)


async def test_an_upgrade_that_fails_leaves_the_database_as_it_was(
    database_address: str, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_migrations = migrate._run_migrations  # pyright: ignore[reportPrivateUsage]

    def fail(connection: Connection) -> None:
        run_migrations(connection)
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        for step in ("_make", "_run_migrations"):
            patched.setattr(migrate, step, fail)
        with pytest.raises(RuntimeError, match="power cut"):
            await Store.open(database_address, clock=clock)
    store = await Store.open(database_address, clock=clock)
    assert await differences(store) == []
    await store.close()


async def left_by(version: str, address: str, clock: FakeClock, *, written: Work[object]) -> None:
    """Make a database as a former version of the schema has it, with something written in it."""
    with pytest.MonkeyPatch.context() as former:
        former.setattr(migrate, "HEAD", version)
        former.setattr(migrate, "_make", migrate._run_migrations)  # pyright: ignore[reportPrivateUsage]
        store = await Store.open(address, clock=clock)
        await store.write(written)
        await store.close()


async def test_the_first_version_comes_to_the_present_one_with_its_data(
    database_address: str, clock: FakeClock
) -> None:
    def write(connection: Connection) -> None:
        connection.execute(
            text(
                "INSERT INTO users (user_id, zone, delivery, leads, created_at, updated_at) "
                "VALUES (7, 'Asia/Shanghai', 'dm', '[600]', 1, 1)"
            )
        )

    await left_by("0001", database_address, clock, written=write)
    store = await Store.open(database_address, clock=clock)
    assert await differences(store) == []
    users = UserRepository(store=store)
    kept = UserSettings(user_id=7, zone="Asia/Shanghai", leads=(timedelta(minutes=10),))
    assert await users.get(7) == kept
    await users.change_wishes(7, lambda _: {"card": False})
    assert await users.get(7) == replace(kept, wishes={"card": False})
    await store.close()


async def test_what_a_former_version_promised_is_there_after_the_upgrade(
    database_address: str, clock: FakeClock
) -> None:
    await left_by("0002", database_address, clock, written=_promise_as_of_0002)
    store = await Store.open(database_address, clock=clock)
    assert await differences(store) == []
    (kept,) = await ReminderRepository(store=store).active(OWNER)
    assert (kept.note, kept.next_due_at) == ("old", clock.now())
    assert (kept.recurrence, kept.link, kept.revision) == (None, None, 0)
    user = await UserRepository(store=store).get(OWNER)
    assert (user.zone, user.quiet) == ("Europe/Berlin", None)
    (due,) = await DeliveryRepository(store=store).claim(
        worker="w", now=clock.now(), lease=timedelta(minutes=1), limit=9
    )
    assert due.reminder.id == kept.id
    await store.close()


async def test_sessions_of_a_former_version_are_in_the_ledger_after_the_upgrade(
    database_address: str, clock: FakeClock
) -> None:
    await left_by("0003", database_address, clock, written=_sessions_as_of_0003)
    store = await Store.open(database_address, clock=clock)
    assert await differences(store) == []
    (entry,) = (await LedgerRepository(store=store).book(OWNER)).entries["kaggle-notebooks-gpu"]
    assert (entry.start, entry.end) == (START, START + timedelta(hours=2))
    await store.close()


def _sessions_as_of_0003(connection: Connection) -> None:
    now = (START - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    for offer in ("kaggle-notebooks-gpu", None):
        connection.execute(
            text(
                "INSERT INTO reminders (owner_id, kind, offer_id, ends_at, cancelled_at,"
                " destination, locale, created_at)"
                " VALUES (:owner, 'session', :offer, :ends, :cancelled, 'dm', 'en-US', :now)"
            ),
            {
                "owner": OWNER,
                "offer": offer,
                "ends": now + 6 * 3_600_000,
                "cancelled": now + 2 * 3_600_000,
                "now": now,
            },
        )


def _promise_as_of_0002(connection: Connection) -> None:
    now = (START - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    parameters = {"owner": OWNER, "now": now}
    for statement in (
        (
            "INSERT INTO users (user_id, zone, delivery, created_at, updated_at)"
            " VALUES (:owner, 'Europe/Berlin', 'dm', :now, :now)"
        ),
        (
            "INSERT INTO reminders (owner_id, kind, note, destination, locale, created_at)"
            " VALUES (:owner, 'custom', 'old', 'dm', 'en-US', :now)"
        ),
        (
            "INSERT INTO occurrences (reminder_id, number, due_at, state, next_attempt_at, attempt,"
            " target_index, refusals) SELECT id, 1, :now, 'pending', :now, 0, 0, 0 FROM reminders"
        ),
    ):
        connection.execute(text(statement), parameters)


async def test_servers_of_the_second_version_are_answered_in_and_reports_have_a_place(
    database_address: str, clock: FakeClock
) -> None:
    def write(connection: Connection) -> None:
        connection.execute(
            text(
                "INSERT INTO guilds (guild_id, policy, channel_ids, created_at, updated_at) "
                "VALUES (9, 'off', '[]', 1, 1)"
            )
        )

    await left_by("0002", database_address, clock, written=write)
    store = await Store.open(database_address, clock=clock)
    assert await differences(store) == []
    guilds = GuildRepository(store=store)
    kept = await guilds.get(9)
    assert (kept.policy, kept.answers) == (ChannelPolicy.OFF, True)
    assert not (await guilds.set_answers(9, answers=False)).answers
    assert (await guilds.get(9)).policy is ChannelPolicy.OFF
    await store.close()


def test_the_head_in_the_code_is_the_newest_script() -> None:
    scripts = ScriptDirectory(str(migrate.__file__).replace("migrate.py", "migrations"))
    assert scripts.get_heads() == [migrate.HEAD]


async def test_a_start_with_nothing_to_upgrade_does_without_alembic(
    sqlite_url: str, clock: FakeClock
) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    await store.close()
    program = (
        "import asyncio, sys\n"
        "from bot.clock import SystemClock\n"
        "from bot.store.store import Store\n"
        "async def main():\n"
        "    store = await Store.open(sys.argv[1], clock=SystemClock())\n"
        "    await store.close()\n"
        "asyncio.run(main())\n"
        "print(sorted({'alembic', 'asyncpg', 'mako'} & set(sys.modules)))\n"
    )
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", program, sqlite_url],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "address", ["postgresql://scout:hunter2@127.0.0.1:1/scout", "sqlite:////proc/no/such/file"]
)
async def test_an_unreachable_database_is_one_sentence_without_the_password(
    address: str, clock: FakeClock
) -> None:
    with pytest.raises(DatabaseUnreachable) as refused:
        await Store.open(address, clock=clock)
    assert "hunter2" not in str(refused.value)
    assert "\n" not in str(refused.value)


async def test_a_missing_database_on_the_server_is_one_sentence(
    postgresql_url: str, clock: FakeClock
) -> None:
    with pytest.raises(DatabaseUnreachable, match="does not exist"):
        await Store.open(postgresql_url.replace("/test_", "/nowhere_"), clock=clock)


async def test_a_file_that_is_no_database_is_one_sentence(
    sqlite_url: str, clock: FakeClock, tmp_path: Path
) -> None:
    (tmp_path / "scout.sqlite3").write_bytes(b"not a database at all" * 100)
    with pytest.raises(DatabaseUnreachable, match="not a database"):
        await Store.open(sqlite_url, clock=clock)
