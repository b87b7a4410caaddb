import asyncio
from collections.abc import Callable

import pytest

from bot.catalog.catalog import Catalog
from bot.catalog.load import load_catalog
from bot.catalog.problems import CatalogError, CatalogProblem
from bot.catalog.shelf import CatalogShelf
from bot.ops.reload import CatalogReloader
from bot.store.errors import StoreUnavailable


class Files:
    """A folder of facts: how often it was written to, and what reading it brings."""

    def __init__(self) -> None:
        self.good = load_catalog()
        self.edits = 0
        self.broken = False
        self.read = 0
        self.announced = 0
        self.counted: list[bool] = []
        self.told = 0
        self.announce_error: Exception | None = None

    def load(self) -> Catalog:
        self.read += 1
        if self.broken:
            raise CatalogError([CatalogProblem("kaggle.toml", 3, "offer.name", "is missing")])
        return self.good

    async def announce(self) -> None:
        self.announced += 1
        if self.announce_error is not None:
            raise self.announce_error

    async def tell(self) -> None:
        self.told += 1

    def reloader(self, stamp: Callable[[], object] | None = None) -> CatalogReloader:
        return CatalogReloader(
            shelf=CatalogShelf(self.load),
            stamp=stamp or (lambda: self.edits),
            announce=self.announce,
            count=self.counted.append,
            tell=self.tell,
        )


async def test_a_reload_is_counted_and_told_to_the_others() -> None:
    files = Files()
    assert await files.reloader().reload() == ()
    assert (files.read, files.announced, files.counted) == (2, 1, [True])


async def test_a_bad_edit_is_told_to_nobody_else_and_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    files = Files()
    reloader = files.reloader()
    files.broken = True
    with pytest.raises(CatalogError, match="kaggle"):
        await reloader.reload()
    assert (files.announced, files.counted) == (0, [False])
    assert "kaggle.toml:3: offer.name" in caplog.text


async def test_who_hears_of_it_reads_only_what_changed() -> None:
    files = Files()
    reloader = files.reloader()
    await reloader.look_again()
    assert files.read == 1
    files.edits = 1
    await asyncio.gather(reloader.look_again(), reloader.look_again())
    assert files.read >= 2
    assert files.announced == 0
    again = files.read
    await reloader.look_again()
    assert files.read == again


async def test_a_bad_edit_that_is_heard_of_breaks_nothing() -> None:
    files = Files()
    reloader = files.reloader()
    files.broken, files.edits = True, 1
    await reloader.look_again()
    assert files.counted == [False]
    files.broken, files.edits = False, 2
    await reloader.look_again()
    assert files.counted == [False, True]


async def test_a_database_that_is_away_costs_the_others_their_notice_alone() -> None:
    files = Files()
    files.announce_error = StoreUnavailable("away")
    assert await files.reloader().reload() == ()
