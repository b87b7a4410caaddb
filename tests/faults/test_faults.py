"""The short run: each row of the table of faults in little. `make soak` is the long one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.plan import Scenario, play, scenarios
from tests.faults.postgresql import Server, serving


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def _side_by_side() -> dict[str, list[Scenario]]:
    groups: dict[str, list[Scenario]] = {}
    for scenario in scenarios(long=False):
        groups.setdefault(scenario.together or scenario.name, []).append(scenario)
    return groups


@pytest.mark.parametrize("group", _side_by_side().values(), ids=_side_by_side())
async def test_what_is_promised_holds(
    group: list[Scenario], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    needs_server = any(scenario.database == "postgresql" for scenario in group)
    server: Server | None = request.getfixturevalue("server") if needs_server else None

    migrating = asyncio.Lock()

    async def one(scenario: Scenario) -> str | None:
        folder = tmp_path / scenario.name
        folder.mkdir()
        row = await play(scenario, folder, server, migrating=migrating)
        return None if row.holds else f"{scenario.name}: {row}"

    async with asyncio.TaskGroup() as side_by_side:
        played = [side_by_side.create_task(one(scenario)) for scenario in group]
    broken = [told for task in played if (told := task.result()) is not None]
    assert not broken, "\n".join(broken)
