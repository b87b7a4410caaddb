import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    func,
    select,
)

from bot.reminders.models import Destination, ReminderId
from bot.store.deliveries import DeliveryRepository
from bot.store.privacy import (
    ABOUT_NOBODY,
    USER_COLUMNS,
    Erased,
    Held,
    PrivacyRepository,
    personal_tables,
)
from bot.store.records import Record, nest
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.tables import metadata
from bot.store.types import Seconds, UtcMillis
from bot.store.users import UserRepository
from tests.databases import FakeClock
from tests.store.promises import CHANNEL, GUILD, OWNER, STRANGER, custom, session

HOUR = timedelta(hours=1)
LEASE = timedelta(seconds=30)

NO_USER = {
    # The ids of everything else. A new name is either here or one of USER_COLUMNS.
    "application_id", "channel_id", "destination_channel_id", "guild_id", "message_channel_id",
    "message_id", "offer_id", "origin_channel_id", "origin_guild_id", "origin_parent_id",
    "reminder_id",
}  # fmt: skip


@pytest.fixture
def privacy(store: Store) -> PrivacyRepository:
    return PrivacyRepository(store=store)


# --------------------------------------------------------------------- no table is forgotten


def test_every_table_is_about_users_or_named_as_about_nobody() -> None:
    personal = {each.table.name for each in personal_tables()}
    assert personal | ABOUT_NOBODY == set(metadata.tables)
    assert not personal & ABOUT_NOBODY


def test_every_id_is_known_as_a_users_or_as_something_else() -> None:
    """Or a table whose users are called otherwise, such as `author_id`, would be overlooked."""
    for table in metadata.tables.values():
        linked = {column.name for each in table.foreign_key_constraints for column in each.columns}
        for column in table.columns:
            if column.name.endswith("_id") and column.name not in linked:
                assert column.name in {*USER_COLUMNS, *NO_USER}, f"{table.name}.{column.name}"


def sample(column: Column[Any]) -> object:
    """Any value of the column's type; a new type needs a line here, and perhaps in an export."""
    match column.type:
        case UtcMillis():
            return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        case Seconds():
            return HOUR
        case Boolean():
            return True
        case Integer():
            return 7
        case Float() | Numeric():
            return 1.5
        case JSON():
            return ["x"]
        case String():
            return "x"
        case other:
            raise AssertionError(f"{column} is of the new type {other!r}")


async def test_a_row_of_every_table_is_exported_and_erased(
    sqlite_url: str, clock: FakeClock
) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    tables = personal_tables()

    def fill(connection: Connection) -> None:
        # What the values may be is of no matter here.
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        for user in (OWNER, STRANGER):
            for each in tables:
                row = {column.name: sample(column) for column in each.table.columns}
                row |= {name: user for name in USER_COLUMNS if name in row}
                # One of each a user, so any number that tells the two apart will do.
                row |= {
                    column.name: user
                    for column in each.table.columns
                    if column.name == "id" or column.foreign_keys
                }
                connection.execute(each.table.insert().values(row))

    def counts(connection: Connection) -> dict[str, int]:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
            if name not in ABOUT_NOBODY
        }

    await store.write(fill)
    privacy = PrivacyRepository(store=store)
    text = json.dumps(await privacy.export(OWNER))
    assert str(STRANGER) not in text
    for each in tables:
        assert f'"{each.table.name}": [{{' in text
        for column in each.table.columns:
            assert column.foreign_keys or f'"{column.name}":' in text
    assert (await privacy.held(OWNER)).rows == len(tables)
    await privacy.erase(OWNER)
    assert await store.read(counts) == {each.table.name: 1 for each in tables}
    assert (await privacy.held(OWNER)).rows == 0
    assert str(OWNER) not in json.dumps(await privacy.export(STRANGER))
    await store.close()


def test_a_table_is_found_by_its_user_column_or_through_the_row_that_it_refers_to() -> None:
    other = MetaData()
    Table("guilds", other, Column("guild_id", BigInteger, primary_key=True))
    Table("series", other, Column("id", Integer, primary_key=True), Column("owner_id", BigInteger))
    Table(
        "runs",
        other,
        Column("id", Integer, primary_key=True),
        Column("series_id", Integer, ForeignKey("series.id")),
    )
    Table("steps", other, Column("run_id", Integer, ForeignKey("runs.id"), primary_key=True))
    Table("profiles", other, Column("user_id", BigInteger, primary_key=True))
    found = personal_tables(other)
    names = [each.table.name for each in found]
    assert set(names) == {"series", "runs", "steps", "profiles"}
    assert names.index("series") < names.index("runs") < names.index("steps")

    runs, steps = (each for each in found if each.link is not None)
    series: list[tuple[Record, Record]] = [({"id": n}, {"id": str(n)}) for n in (1, 2)]
    run: list[tuple[Record, Record]] = [({"id": 5, "series_id": 2}, {"id": "5", "series_id": "2"})]
    step: list[tuple[Record, Record]] = [({"run_id": 5}, {"run_id": "5"}), ({"run_id": 6}, {})]
    assert runs.link is not None
    assert steps.link is not None
    nest(run, runs.link, series)
    nest(step, steps.link, run)
    assert [record for _, record in series] == [
        {"id": "1", "runs": []},
        {"id": "2", "runs": [{"id": "5", "steps": [{}]}]},
    ]


# ------------------------------------------------------------------------------ what is in it


async def test_an_export_holds_what_was_chosen_and_promised_and_nobody_elses(
    store: Store,
    privacy: PrivacyRepository,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    users = UserRepository(store=store)
    await users.set_zone(OWNER, "Asia/Shanghai")
    await users.set_leads(OWNER, [HOUR])
    await deliveries.keep_dm_channel(OWNER, CHANNEL)
    ends_at = clock.now() + 6 * HOUR
    stored = await promises.add(
        session(ends_at, 2 * HOUR, HOUR, destination=Destination.channel(CHANNEL)), limit=9
    )
    await promises.add(custom(clock.now(), owner_id=STRANGER, note="a secret"), limit=9)

    data = await privacy.export(OWNER)
    (user,) = data["users"]
    assert (user["user_id"], user["zone"], user["leads"]) == (str(OWNER), "Asia/Shanghai", [3600])
    assert data["dm_channels"] == [{"user_id": str(OWNER), "channel_id": str(CHANNEL)}]
    (reminder,) = data["reminders"]
    assert reminder["id"] == str(stored.id)
    assert reminder["owner_id"] == str(OWNER)
    assert reminder["destination_channel_id"] == str(CHANNEL)
    assert reminder["origin_guild_id"] == str(GUILD)
    assert reminder["ends_at"] == "2026-03-02T15:00:00.000Z"
    assert reminder["cancelled_at"] is None
    first, second = reminder["occurrences"]
    assert (first["number"], first["due_at"]) == (1, "2026-03-02T13:00:00.000Z")
    assert (second["state"], second["lead_seconds"]) == ("pending", 3600)
    assert "reminder_id" not in first
    assert "a secret" not in json.dumps(data)


async def test_of_somebody_unknown_nothing_is_held_exported_or_erased(
    privacy: PrivacyRepository,
) -> None:
    assert await privacy.held(OWNER) == Held(coming=0, over=0, rows=0)
    assert all(rows == [] for rows in (await privacy.export(OWNER)).values())
    assert await privacy.erase(OWNER) == Erased(cancelled=0, in_flight=0)


async def test_erasing_tells_how_many_were_to_come_and_leaves_everybody_else(
    store: Store, privacy: PrivacyRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    await UserRepository(store=store).set_locale(OWNER, "zh-CN")
    for hours in (1, 2):
        await promises.add(custom(clock.now() + hours * HOUR), limit=9)
    gone = await promises.add(custom(clock.now() + HOUR), limit=9)
    await promises.cancel(OWNER, gone.id)
    theirs = await promises.add(custom(clock.now() + HOUR, owner_id=STRANGER), limit=9)

    assert await privacy.held(OWNER) == Held(coming=2, over=1, rows=7)
    assert await privacy.erase(OWNER) == Erased(cancelled=2, in_flight=0)
    assert await privacy.held(OWNER) == Held(coming=0, over=0, rows=0)
    assert (await UserRepository(store=store).get(OWNER)).locale is None
    assert [each.id for each in await promises.active(STRANGER)] == [theirs.id]
    assert await privacy.erase(OWNER) == Erased(cancelled=0, in_flight=0)
    later = await promises.add(custom(clock.now() + HOUR), limit=9)
    assert later.id > theirs.id


# --------------------------------------------------------------------- in the midst of delivery


async def test_what_is_claimed_is_not_begun_once_it_was_erased(
    privacy: PrivacyRepository,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    await promises.add(custom(clock.now()), limit=9)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    assert await privacy.erase(OWNER) == Erased(cancelled=1, in_flight=0)
    assert not await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)


async def test_no_mark_of_a_delivery_brings_an_erased_row_back(
    privacy: PrivacyRepository,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    await promises.add(custom(clock.now()), limit=9)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    assert await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    assert await privacy.erase(OWNER) == Erased(cancelled=1, in_flight=1)

    now = clock.now()
    assert not await deliveries.settle(due, now=now, message_id=1, channel_id=2)
    assert not await deliveries.retry(due, at=now, certain=False, refusals=0)
    assert not await deliveries.fall_back(due, now=now, reason="dm_closed", may_repeat=False)
    assert not await deliveries.give_up(due, now=now, reason="dm_closed")
    await deliveries.put_back([due], at=now)
    assert await deliveries.release("w", now=now, begun=True) == 0
    assert (await privacy.held(OWNER)).rows == 0
    assert await deliveries.next_due() is None


async def test_a_row_in_doubt_counts_as_one_that_may_still_be_read(
    privacy: PrivacyRepository,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    await promises.add(custom(clock.now()), limit=9)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.retry(due, at=clock.now() + HOUR, certain=False, refusals=0)
    assert await privacy.erase(OWNER) == Erased(cancelled=1, in_flight=1)
    clock.advance(2 * HOUR)
    assert await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9) == []


async def test_erasing_gets_on_with_all_that_happens_at_the_same_time(
    store: Store,
    privacy: PrivacyRepository,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    async def deliver() -> None:
        for due in await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=50):
            if await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False):
                await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)

    async def change(reminder_id: ReminderId) -> None:
        await promises.snooze(OWNER, reminder_id, 1, until=clock.now() + HOUR, limit=50)
        await promises.cancel(OWNER, reminder_id)
        await promises.undo_cancel(OWNER, reminder_id, limit=50)

    for _ in range(5):
        stored = [await promises.add(custom(clock.now()), limit=50) for _ in range(6)]
        async with asyncio.TaskGroup() as group:
            group.create_task(deliver())
            for each in stored:
                group.create_task(change(each.id))
            group.create_task(privacy.erase(OWNER))
            group.create_task(deliveries.release("w", now=clock.now(), begun=True))
        await privacy.erase(OWNER)
        assert (await privacy.held(OWNER)).rows == 0
