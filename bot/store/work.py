"""What runs in a transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")

Work = Callable[[Connection], T]
"""Statements that belong together, in one transaction.

A work is a plain function, not a coroutine: on SQLite a whole group of them runs in one visit to
the writer's thread, where a coroutine would cross between threads four times a statement. On
PostgreSQL SQLAlchemy runs it on the event loop without blocking it.

It may run more than once before it is committed once, so it touches nothing but the connection.
It answers what a user did wrong, and raises only what nobody expects: on SQLite a work that raises
makes its whole group run again.
"""


class Database(Protocol):
    """One database, of either kind."""

    @property
    def dialect(self) -> str:
        """The name of its kind: `sqlite` or `postgresql`."""
        ...

    async def read(self, work: Work[T]) -> T:
        """Run statements that only read, all in one transaction.

        Raises:
            StoreError: the database was busy, or away, for too long.
        """
        ...

    async def write(self, work: Work[T]) -> T:
        """Run statements, and return their answer once they are committed.

        Raises:
            StoreError: it did not happen, or nobody knows (`StoreUnavailable`).
        """
        ...

    async def close(self) -> None:
        """Finish what was submitted, and close every connection."""
        ...
