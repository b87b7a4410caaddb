from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import OperationalError

import pytest

from bot.ops import watch as watching
from bot.ops.watch import Alarm, Trouble, Watch, WatchRules
from tests.databases import FakeClock, clock

__all__ = ["clock"]

RULES = WatchRules()
MINUTE = timedelta(minutes=1)


class Line:
    """Remembers what the owner heard, as the DM does, over the life of a watch."""

    def __init__(self) -> None:
        self.open: dict[Trouble, Alarm] = {}
        self.heard: list[str] = []
        self.works = True
        self.asked = 0

    async def tell(self, alarm: Alarm) -> bool:
        self.asked += 1
        if self.works and alarm.trouble not in self.open:
            self.open[alarm.trouble] = alarm
            self.heard.append(f"{alarm.trouble} {alarm.detail}".strip())
        return self.works

    async def call_off(self, trouble: Trouble) -> bool:
        self.asked += 1
        if self.works and self.open.pop(trouble, None):
            self.heard.append(f"{trouble} over")
        return self.works


class House:
    def __init__(self, clock: FakeClock, line: Line, folder: Path) -> None:
        self.clock = clock
        self.line = line
        self.oldest: datetime | None = None
        self.error: Exception | None = None
        self.watch = self.process(folder)

    def process(self, folder: Path) -> Watch:
        return Watch(
            line=self.line,
            clock=self.clock,
            oldest_overdue=self._oldest,
            try_to_write=self._write,
            disk=folder / "scout.sqlite3",
        )

    async def _oldest(self, _: datetime) -> datetime | None:
        if self.error is not None:
            raise self.error
        return self.oldest

    async def _write(self) -> None:
        if self.error is not None:
            raise self.error

    async def pass_time(self, span: timedelta) -> None:
        until = self.clock.now() + span
        while self.clock.now() < until:
            await self.watch.look()
            self.clock.advance(RULES.every)


@pytest.fixture
def house(clock: FakeClock, tmp_path: Path) -> House:
    return House(clock, Line(), tmp_path)


async def test_nothing_is_said_while_all_is_well(house: House) -> None:
    await house.pass_time(60 * MINUTE)
    assert house.line.heard == []
    # Once for each trouble: an earlier process may have left one open.
    assert house.line.asked == len(Trouble)


async def test_late_reminders_are_told_once_and_again_only_after_it_was_well(
    house: House,
) -> None:
    house.oldest = house.clock.now()
    await house.pass_time(5 * MINUTE)
    assert house.line.heard == []  # not late enough yet
    await house.pass_time(120 * MINUTE)
    assert house.line.heard == ["delivery"]
    house.oldest = None
    await house.pass_time(RULES.well_for + MINUTE)
    house.oldest = house.clock.now() - 10 * MINUTE
    await house.pass_time(RULES.bad_for + MINUTE)
    assert house.line.heard == ["delivery", "delivery over", "delivery"]


async def test_a_bot_that_was_down_delivers_first(house: House) -> None:
    house.oldest = house.clock.now() - timedelta(days=1)
    await house.pass_time(RULES.bad_for - RULES.every)
    house.oldest = None
    await house.pass_time(60 * MINUTE)
    assert house.line.heard == []


async def test_what_comes_and_goes_is_one_trouble(house: House) -> None:
    for _ in range(20):
        house.error = OperationalError("database or disk is full")
        await house.pass_time(RULES.bad_for + MINUTE)
        house.error = None
        await house.pass_time(RULES.well_for - MINUTE)
    assert house.line.heard == ["database database or disk is full"]


async def test_an_owner_who_can_not_be_reached_hears_of_it_later(house: House) -> None:
    house.line.works = False
    house.error = OperationalError("disk I/O error")
    await house.pass_time(10 * MINUTE)
    assert house.line.heard == []
    house.line.works = True
    await house.pass_time(10 * MINUTE)
    assert house.line.heard == ["database disk I/O error"]


async def test_a_restart_in_between_repeats_nothing_and_ends_what_is_over(
    house: House, tmp_path: Path
) -> None:
    house.error = OperationalError("disk I/O error")
    await house.pass_time(10 * MINUTE)
    house.watch = house.process(tmp_path)
    await house.pass_time(10 * MINUTE)
    assert house.line.heard == ["database disk I/O error"]
    house.watch = house.process(tmp_path)
    house.error = None
    await house.pass_time(10 * MINUTE)
    assert house.line.heard == ["database disk I/O error", "database over"]


async def test_a_database_that_is_away_says_nothing_of_deliveries(house: House) -> None:
    house.oldest = house.clock.now() - 10 * MINUTE
    house.error = OperationalError("no")
    await house.pass_time(10 * MINUTE)
    assert house.line.heard == ["database no"]


async def test_a_disk_that_fills_is_told_before_it_is_full(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nearly_full(_: Path) -> int:
        return 100 * 2**20

    monkeypatch.setattr(watching, "free_bytes", nearly_full)
    await house.pass_time(10 * MINUTE)
    assert house.line.heard == ["disk 100"]
