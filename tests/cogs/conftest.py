import logging
from collections.abc import Iterator

import pytest

from tests.cogs.fixtures import address, catalog, migrated, phrasebook, read_once, town

__all__ = ["address", "catalog", "migrated", "phrasebook", "read_once", "town"]


@pytest.fixture(autouse=True)
def _nothing_unhandled(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a user does, it is an answer, and no error in the operator's log."""
    yield
    wrong = [each for each in caplog.get_records("call") if each.levelno >= logging.ERROR]
    assert [each.getMessage() for each in wrong] == []
