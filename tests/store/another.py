"""Another process on the same PostgreSQL database, which goes step by step."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.store.url import database_url

PATIENCE = 30


@pytest.fixture
async def another(postgresql_url: str) -> AsyncIterator[AsyncConnection]:
    """Its connection, in a transaction that is its own to end."""
    engine = create_async_engine(database_url(postgresql_url))
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


async def until_somebody_waits(connection: AsyncConnection) -> None:
    """Return when another transaction waits for a lock."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(PATIENCE):
        while not (await connection.execute(waiting)).scalar_one():  # noqa: ASYNC110 - the server's
            await asyncio.sleep(0.01)
