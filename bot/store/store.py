"""The database, open: brought to the present schema, and with a name of its own."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Self, TypeVar, final

from sqlalchemy import URL, Connection, select
from sqlalchemy.exc import SQLAlchemyError

from bot.catalog.offer import Offer
from bot.clock import Clock
from bot.store.errors import DatabaseUnreachable, StoreError
from bot.store.migrate import upgrade
from bot.store.sqlite import SqliteDatabase
from bot.store.statements import insert
from bot.store.tables import installation
from bot.store.url import database_url
from bot.store.work import Database, Work

T = TypeVar("T")

Offers = Mapping[str, Offer]
"""The offers of the catalog by their ids."""


@final
class Store:
    """What the repositories run their statements on."""

    def __init__(
        self, *, database: Database, url: URL, clock: Clock, offers: Callable[[], Offers]
    ) -> None:
        """Use `open`."""
        self._database = database
        self.offers = offers
        """Returns what is offered now: what follows from a quota is planned in the transaction
        that changes what it follows from."""
        self.url = url
        """The address, with the driver in it."""
        self.clock = clock
        self.installation_id = ""
        """32 random hexadecimal digits, made with the database."""

    @classmethod
    async def open(
        cls, url: URL | str, *, clock: Clock, offers: Callable[[], Offers] = dict
    ) -> Self:
        """Open a database and bring it to the present schema.

        On SQLite this starts the writer's task, so it is called before login.

        Args:
            url: of the database.
            clock: what time it is.
            offers: of the catalog in use; none where nothing is planned, as in a backup.

        Raises:
            InvalidDatabaseUrl: `url` has none of the forms that are taken.
            DatabaseUnreachable: there is no database, or it lets nobody in.
            DatabaseTooNew: a newer version of the bot has used it.
        """
        url = database_url(url) if isinstance(url, str) else url
        try:
            database = _database(url)
            try:
                await upgrade(database)
                store = cls(database=database, url=url, clock=clock, offers=offers)
                store.installation_id = await database.write(store._name)
            except BaseException:
                await database.close()
                raise
        except (OSError, SQLAlchemyError, StoreError, *_driver_errors(url)) as error:
            raise DatabaseUnreachable(
                # As the operator wrote it: without the driver, and without the password.
                address=url.set(drivername=url.get_backend_name()).render_as_string(),
                reason=_reason(error),
            ) from error
        return store

    async def read(self, work: Work[T]) -> T:
        """Run statements that only read, all in one transaction; raises `StoreError`."""
        return await self._database.read(work)

    async def write(self, work: Work[T]) -> T:
        """Run statements, and return their answer once they are committed; see `Work`.

        Raises:
            StoreError: it did not happen, or nobody knows (`StoreUnavailable`).
        """
        return await self._database.write(work)

    async def close(self) -> None:
        """Commit what was submitted, and close every connection."""
        await self._database.close()

    def _name(self, connection: Connection) -> str:
        connection.execute(
            insert(connection, installation)
            .values(row=1, id=secrets.token_hex(16), created_at=self.clock.now())
            .on_conflict_do_nothing()
        )
        name: str = connection.execute(select(installation.c.id)).scalar_one()
        return name


def _database(url: URL) -> Database:
    if url.get_backend_name() == "sqlite":
        return SqliteDatabase(url)
    from bot.store.postgresql import PostgresqlDatabase  # noqa: PLC0415 - asyncpg is its own weight

    return PostgresqlDatabase(url)


def _driver_errors(url: URL) -> tuple[type[Exception], ...]:
    """Return what comes from the driver as it is while connecting, a wrong password for one."""
    if url.get_backend_name() == "sqlite":
        return ()
    from asyncpg import InterfaceError, PostgresError  # noqa: PLC0415

    return (PostgresError, InterfaceError)


def _reason(error: BaseException) -> str:
    cause = error.__cause__ if isinstance(error, StoreError) and error.__cause__ else error
    cause = getattr(cause, "orig", None) or cause
    lines = str(cause).splitlines()
    return lines[0] if lines else type(cause).__name__
