"""A stage for each test, on either database. Tests and fixtures share one loop a module."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.databases import postgresql_server, postgresql_url, sqlite_url
from tests.process.stage import Stage, staged

__all__ = ["postgresql_server", "postgresql_url", "sqlite_url"]


@pytest_asyncio.fixture(loop_scope="module")
async def stage(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Stage]:
    """A fake Discord with a populated server, and an empty SQLite file."""
    async with staged(tmp_path, sqlite_url) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def both_stages(
    tmp_path: Path, sqlite_url: str, postgresql_url: str
) -> AsyncIterator[tuple[Stage, Stage]]:
    """One on SQLite and one on PostgreSQL, for scenarios that mostly wait: see `on_both`."""
    async with staged(tmp_path, sqlite_url) as one, staged(tmp_path, postgresql_url) as other:
        for stage in (one, other):
            # Made here one by one: alembic's context is one for the whole process.
            async with stage.store():
                pass
        yield one, other
