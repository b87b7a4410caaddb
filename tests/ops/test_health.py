import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.ops.health import TICK_MISSED_AFTER, Pulse
from tests.databases import FakeClock, clock

__all__ = ["clock"]

SECOND = timedelta(seconds=1)


@dataclass
class Delivery:
    last_tick_at: datetime | None = None
    token_refused: bool = False


class Database:
    def __init__(self) -> None:
        self.oldest: datetime | None = None
        self.error: Exception | None = None

    async def oldest_overdue(self, _: datetime) -> datetime | None:
        if self.error is not None:
            raise self.error
        return self.oldest


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def pulse(clock: FakeClock, database: Database) -> Pulse:
    pulse = Pulse(clock=clock, oldest_overdue=database.oldest_overdue)
    pulse.connected = lambda: True
    return pulse


async def test_a_process_that_does_not_deliver_lives_without_a_tick(
    pulse: Pulse, clock: FakeClock
) -> None:
    clock.advance(timedelta(days=1))
    health = await pulse.feel()
    assert (health.live, health.ready, health.delivers) == (True, True, False)
    assert health.since_tick_s is None


async def test_a_start_has_a_minute_for_its_first_tick(pulse: Pulse, clock: FakeClock) -> None:
    pulse.delivery = Delivery()
    clock.advance(TICK_MISSED_AFTER)
    health = await pulse.feel()
    assert (health.live, health.ready) == (True, False)
    clock.advance(SECOND)
    health = await pulse.feel()
    assert not health.live
    assert health.problems == ("tick",)
    assert health.since_tick_s is None


async def test_ticks_that_stop_are_missed(pulse: Pulse, clock: FakeClock) -> None:
    pulse.delivery = Delivery(last_tick_at=clock.now())
    clock.advance(TICK_MISSED_AFTER)
    assert (await pulse.feel()).ready
    clock.advance(SECOND)
    health = await pulse.feel()
    assert (health.live, health.ready, health.since_tick_s) == (False, False, 61.0)


async def test_a_lost_connection_is_alive_and_not_ready(pulse: Pulse) -> None:
    pulse.connected = lambda: False
    health = await pulse.feel()
    assert (health.live, health.ready, health.problems) == (True, False, ("gateway",))


async def test_what_is_overdue_is_none_or_old_or_unknown(
    pulse: Pulse, clock: FakeClock, database: Database
) -> None:
    assert (await pulse.feel()).oldest_overdue_s == 0
    database.oldest = clock.now() - 90 * SECOND
    assert (await pulse.feel()).oldest_overdue_s == 90
    database.error = OSError("gone")
    health = await pulse.feel()
    assert health.oldest_overdue_s is None
    assert (health.live, health.ready, health.problems) == (True, False, ("database",))


async def test_a_database_that_never_answers_does_not_hold_the_monitor(clock: FakeClock) -> None:
    async def hang(_: datetime) -> datetime | None:
        await asyncio.Event().wait()
        return None

    health = await Pulse(clock=clock, oldest_overdue=hang).feel()
    assert "database" in health.problems
