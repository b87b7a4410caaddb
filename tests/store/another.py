"""Another process on the same PostgreSQL database, which goes step by step."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

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


async def until_it_waits(task: asyncio.Task[Any], connection: AsyncConnection) -> None:
    """Return when a task waits for a lock that this connection's transaction holds, or is done."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(PATIENCE):
        while not (task.done() or (await connection.execute(waiting)).scalar_one()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
