from pathlib import Path

import pytest

from bot.catalog.catalog import Catalog
from bot.catalog.load import load_catalog
from tests.catalog.folder import CatalogFolder


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture
def folder(tmp_path: Path) -> CatalogFolder:
    return CatalogFolder(tmp_path)
