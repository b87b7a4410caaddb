"""From rows of any table to JSON, for a user to take along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import Column, ForeignKeyConstraint, Table

Row: TypeAlias = Mapping[Any, Any]
"""A row by the names of its columns."""
Record: TypeAlias = dict[str, Any]
"""One row as JSON. Ids are strings, for numbers lose digits above 2**53 in many readers; instants
are ISO 8601 in UTC; lengths of time are whole seconds."""
Written: TypeAlias = Sequence[tuple[Row, Record]]
"""The rows of one table, each with its record."""

_SECOND: Final = timedelta(seconds=1)


def record_of(row: Row, table: Table) -> Record:
    """Write down all columns of a row."""
    return {column.name: _json(row[column.name], column) for column in table.columns}


def nest(pairs: Written, link: ForeignKeyConstraint, parents: Written) -> None:
    """Put each record into the one that its row refers to, in a list named as its table.

    The columns that referred to it go: the place says the same.
    """
    name = link.table.name
    targets = [element.column.name for element in link.elements]
    by_key = {tuple(row[target] for target in targets): record for row, record in parents}
    for parent in by_key.values():
        parent[name] = []
    for row, record in pairs:
        parent = by_key.get(tuple(row[column.name] for column in link.columns))
        # None: it was added after the parents were read, and will stand in the next export.
        if parent is not None:
            for key in link.column_keys:
                del record[key]
            parent[name].append(record)


def _json(value: object, column: Column[Any]) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        case timedelta():
            return value // _SECOND
        case int() if column.name == "id" or column.name.endswith("_id"):
            return str(value)
        case None | bool() | int() | float() | str() | list() | dict():
            return value  # pyright: ignore[reportUnknownVariableType]  # a JSON column's own
        case _:
            raise TypeError(f"{column} holds a {type(value).__name__}, which no export knows")
