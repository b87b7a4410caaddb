"""Where the two databases speak differently, once for all repositories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    Select,
    String,
    Table,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that may say `on_conflict_do_...`, which both spell alike."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - a tenth of SQLAlchemy's weight

    return postgresql.insert(table)


def upsert(
    connection: Connection,
    table: Table,
    *,
    key: Mapping[str, object],
    values: Mapping[str, object],
    first: Mapping[str, object] | None = None,
) -> None:
    """Insert the row of `key`, or set its `values`; `first` is for a new row alone."""
    connection.execute(
        insert(connection, table)
        .values({**key, **values, **(first or {})})
        .on_conflict_do_update(index_elements=list(key), set_=dict(values))
    )


def ids_in(name: str, dialect: str) -> Select[int]:
    """Return the ids of a JSON list as rows, out of the one parameter `name` that carries it.

    For `column.in_(...)`. A list of parameters would be another statement for each length, to be
    written out each time and, on PostgreSQL, planned.
    """
    carried = bindparam(name, type_=String)
    if dialect == "postgresql":
        ids = func.json_array_elements_text(cast(carried, JSON)).column_valued("id")
        return select(cast(ids, BigInteger))
    return select(func.json_each(carried).table_valued("value").c.value)
