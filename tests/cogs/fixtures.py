"""A town to test in, built quickly."""

import asyncio
import shutil
from collections.abc import AsyncGenerator
from functools import cache
from pathlib import Path

import pytest

import bot.app
from bot.catalog.catalog import Catalog
from bot.catalog.load import load_catalog
from bot.clock import SystemClock
from bot.speech.phrasebook import Phrasebook
from bot.store.store import Store
from tests.cogs.town import Town

# Both are frozen, so one of each serves all tests; read anew they would cost most of the time.
catalog_of_the_project = cache(load_catalog)
phrasebook_of_the_project = cache(Phrasebook)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that only has its schema; each test gets a copy."""
    path = tmp_path_factory.mktemp("migrated") / "scout.sqlite3"

    async def migrate() -> None:
        store = await Store.open(f"sqlite:///{path}", clock=SystemClock())
        await store.close()

    asyncio.run(migrate())
    return path


@pytest.fixture
def catalog() -> Catalog:
    return catalog_of_the_project()


@pytest.fixture
def phrasebook() -> Phrasebook:
    return phrasebook_of_the_project()


@pytest.fixture
def address(migrated: Path, tmp_path: Path) -> str:
    path = tmp_path / "scout.sqlite3"
    shutil.copy(migrated, path)
    return f"sqlite:///{path}"


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.app, "load_catalog", catalog_of_the_project)
    monkeypatch.setattr(bot.app, "Phrasebook", phrasebook_of_the_project)


@pytest.fixture
async def town(address: str, read_once: None) -> AsyncGenerator[Town]:
    async with Town.built(address) as town:
        yield town
