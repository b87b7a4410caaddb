"""The short run: each row of the table of faults in little. `make soak` is the long one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.plan import Scenario, play, scenarios
from tests.faults.postgresql import Server, serving


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.mark.parametrize("scenario", scenarios(long=False), ids=lambda scenario: scenario.name)
async def test_what_is_promised_holds(
    scenario: Scenario, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    needs_server = scenario.database == "postgresql"
    server: Server | None = request.getfixturevalue("server") if needs_server else None
    row = await play(scenario, tmp_path, server)
    assert row.holds, row
