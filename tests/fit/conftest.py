from functools import cache

import pytest

from benchmarks.measured import Measured, Tables, load_tables, measured
from benchmarks.published import published
from bot.catalog.catalog import Catalog
from bot.catalog.load import load_catalog
from bot.fit.models import Models, load_models

# Frozen, and read once.
models_of_the_project = cache(load_models)
catalog_of_the_project = cache(load_catalog)


@pytest.fixture
def models() -> Models:
    return models_of_the_project()


@pytest.fixture
def catalog() -> Catalog:
    return catalog_of_the_project()


@pytest.fixture
def tables() -> Tables:
    tables = load_tables()
    if tables is None:
        pytest.skip("the facts are not there (set SCOUT_FACTS to where they are)")
    return tables


@pytest.fixture
def rows(tables: Tables, models: Models) -> list[Measured]:
    return list(measured(tables, models))


@pytest.fixture
def published_rows(models: Models) -> list[Measured]:
    return list(published(models))
