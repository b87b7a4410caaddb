import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.reminders.budget import Budget
from bot.reminders.deliver import DeliveryState
from bot.reminders.outcome import Unauthorised
from bot.reminders.roster import Roster
from bot.reminders.rules import DeliveryRules
from bot.reminders.ticker import Ticker
from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.workers import WorkerRepository
from tests.databases import FakeClock
from tests.reminders.simulated import SimulatedDiscord, worker
from tests.store.promises import custom

PATIENCE = 60
HOUR = timedelta(hours=1)
RULES = DeliveryRules(restart_least=timedelta(milliseconds=1), restart_most=timedelta(seconds=1))


@pytest.fixture
def database_address(sqlite_url: str) -> str:
    return sqlite_url


class House:
    """A ticker with what it needs, and a Discord that says when something arrived."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.promises = ReminderRepository(store=store)
        self.discord = SimulatedDiscord(clock)
        self.asked = asyncio.Semaphore(0)
        self.discord.before_send = self._note
        self.deliverer = worker(store, self.discord, rules=RULES)
        self.roll = WorkerRepository(store=store)
        self.ticker = Ticker(
            deliverer=self.deliverer,
            shelf=DeliveryRepository(store=store),
            roster=Roster(roll=self.roll, budget=Budget(per_second=45), worker="w1", rules=RULES),
            clock=clock,
            rules=RULES,
        )

    async def _note(self, _due: object, _target: object) -> None:
        self.asked.release()

    async def arrival(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.asked.acquire()
        await self.deliverer.idle()


@pytest.fixture
async def house(store: Store, clock: FakeClock) -> AsyncIterator[House]:
    house = House(store, clock)
    yield house
    await house.ticker.stop()


async def test_a_tick_looks_again_when_the_next_one_is_due_and_never_later_than_15_s(
    house: House, clock: FakeClock
) -> None:
    assert await house.ticker.tick() - clock.now() <= timedelta(seconds=15)
    await house.promises.add(custom(clock.now() + HOUR), limit=9)
    assert await house.ticker.tick() - clock.now() <= timedelta(seconds=15)
    due = clock.now() + timedelta(seconds=3)
    await house.promises.add(custom(due), limit=9)
    assert await house.ticker.tick() == due
    assert house.ticker.last_tick_at == clock.now()


async def test_after_the_clock_jumped_a_wake_delivers_at_once(
    house: House, clock: FakeClock
) -> None:
    await house.promises.add(custom(clock.now() + HOUR), limit=9)
    house.ticker.start()
    clock.advance(HOUR)
    house.ticker.wake()
    await house.arrival()
    assert len(house.discord.messages) == 1


async def test_an_earlier_reminder_wakes_it(house: House, clock: FakeClock) -> None:
    house.ticker.start()
    await house.promises.add(custom(clock.now()), limit=9)
    house.ticker.wake(clock.now())
    await house.arrival()
    assert len(house.discord.messages) == 1


async def test_it_survives_whatever_goes_wrong(
    house: House, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver_due = house.deliverer.deliver_due
    failures = iter([RuntimeError("no"), OSError("disk"), TimeoutError()])

    async def fail_first() -> int:
        for failure in failures:
            raise failure
        return await deliver_due()

    monkeypatch.setattr(house.deliverer, "deliver_due", fail_first)
    await house.promises.add(custom(clock.now()), limit=9)
    house.ticker.start()
    await house.arrival()
    assert len(house.discord.messages) == 1


async def test_more_than_fits_at_a_time_is_all_delivered(store: Store, clock: FakeClock) -> None:
    house = House(store, clock)
    small = DeliveryRules(capacity=3)
    house.deliverer = worker(store, house.discord, rules=small)
    ticker = Ticker(
        deliverer=house.deliverer,
        shelf=DeliveryRepository(store=store),
        roster=Roster(roll=house.roll, budget=Budget(per_second=45), worker="w1", rules=small),
        clock=clock,
        rules=small,
    )
    for owner in range(1, 21):
        await house.promises.add(custom(clock.now(), owner_id=owner), limit=9)
    ticker.start()
    for _ in range(20):
        await house.arrival()
    assert len(house.discord.messages) == 20
    await ticker.stop()


async def test_health_can_see_what_is_overdue_and_that_delivery_stands_still(
    house: House, clock: FakeClock
) -> None:
    due = clock.now()
    await house.promises.add(custom(due), limit=9)
    house.discord.refusals[None] = Unauthorised()
    await house.ticker.tick()
    await house.deliverer.idle()
    clock.advance(HOUR)
    await house.ticker.tick()
    assert house.deliverer.state is DeliveryState.UNAUTHORISED
    assert await house.ticker.oldest_overdue() == due


async def test_a_stopped_ticker_is_off_the_roll(house: House, clock: FakeClock) -> None:
    await house.ticker.tick()
    assert await house.roll.alive(since=clock.now()) == 1
    await house.ticker.stop()
    assert await house.roll.alive(since=clock.now()) == 0
    assert house.deliverer.state is DeliveryState.STOPPED
