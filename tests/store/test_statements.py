import json

import pytest
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, select

from bot.store.statements import among
from bot.store.store import Store

ABOVE_FLOATS = 2**53
"""From here on a JSON reader that makes floats of numbers takes two ids for one."""
STORED = (1, 2, 7, ABOVE_FLOATS, ABOVE_FLOATS + 1, ABOVE_FLOATS + 3, 2**63 - 1)

# PostgreSQL looks for a name outside of a subquery where inside there is only a function's alias,
# so what the outer column is called must make no difference.
names = pytest.mark.parametrize("name", ["id", "value", "owner_id", "anon_1", "wanted"])


async def found(store: Store, name: str, *wanted: int) -> list[int]:
    """Which of the ids of a table are among those wanted."""
    things = Table("things", MetaData(), Column(name, BigInteger))

    def work(connection: Connection) -> list[int]:
        things.create(connection)
        connection.execute(things.insert(), [{name: each} for each in STORED])
        column = things.c[name]
        rows = select(column).where(among(column, "ids", connection.dialect.name))
        return sorted(connection.execute(rows, {"ids": json.dumps(wanted)}).scalars())

    return await store.write(work)


@names
async def test_the_ids_of_a_list_are_found_and_no_others(store: Store, name: str) -> None:
    assert await found(store, name, 7, 1, 99) == [1, 7]


@names
async def test_an_empty_list_finds_nothing(store: Store, name: str) -> None:
    assert await found(store, name) == []


@names
async def test_ids_that_no_float_can_tell_apart_are_told_apart(store: Store, name: str) -> None:
    assert await found(store, name, ABOVE_FLOATS + 1, 2**63 - 1) == [ABOVE_FLOATS + 1, 2**63 - 1]
