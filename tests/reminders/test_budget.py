import asyncio
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reminders.budget import Budget
from bot.reminders.roster import Roster
from bot.reminders.rules import DeliveryRules
from bot.store.store import Store
from bot.store.workers import WorkerRepository
from tests.databases import FakeClock

RULES = DeliveryRules()
LIMIT = 50
"""Discord's, a second."""


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def busiest_second(instants: list[float]) -> int:
    return max(sum(begin <= instant < begin + 1 for instant in instants) for begin in instants)


@settings(deadline=None, max_examples=25)
@given(pauses=st.lists(st.floats(0, 3), min_size=1, max_size=6))
def test_no_second_has_more_requests_than_discord_allows(pauses: list[float]) -> None:
    async def scenario() -> list[float]:
        watch = Stopwatch()
        budget = Budget(per_second=RULES.requests_per_second, now=watch.now, sleep=watch.sleep)
        taken: list[float] = []
        for pause in pauses:
            watch.seconds += pause
            for _ in range(60):
                await budget.take()
                taken.append(watch.seconds)
        return taken

    taken = asyncio.run(scenario())
    assert busiest_second(taken) <= LIMIT


@settings(deadline=None, max_examples=25)
@given(
    held_up=st.lists(st.floats(0, 1), min_size=1, max_size=4),
    others=st.integers(min_value=0, max_value=3),
)
def test_requests_that_were_held_up_leave_in_no_bunch_and_cost_no_time(
    held_up: list[float], others: int
) -> None:
    count = 120
    rate = RULES.requests_per_second

    async def scenario() -> tuple[list[float], float]:
        watch = Stopwatch()
        budget = Budget(per_second=rate, now=watch.now, sleep=watch.sleep)
        left: list[float] = []
        for number in range(count):
            await budget.take()
            watch.seconds += held_up[number % len(held_up)] if number % 30 == 0 else 0
            await budget.charge()
            left.append(watch.seconds)
            for _ in range(others):
                await budget.charge()
                left.append(watch.seconds)
        return left, watch.seconds

    left, took = asyncio.run(scenario())
    assert busiest_second(left) <= LIMIT
    assert took <= count * (1 + others) / rate + count / 30 * max(held_up) + 0.2


async def test_a_clock_set_back_takes_no_tokens_away() -> None:
    watch = Stopwatch()
    budget = Budget(per_second=1, now=watch.now, sleep=watch.sleep)
    await budget.take()
    watch.seconds = -1000
    await budget.take()
    assert watch.seconds == -1000


@pytest.fixture
def database_address(sqlite_url: str) -> str:
    return sqlite_url


async def test_workers_share_the_budget_and_take_over_what_the_dead_leave(
    store: Store, clock: FakeClock
) -> None:
    budgets = [Budget(per_second=RULES.requests_per_second) for _ in range(3)]
    rosters = [
        Roster(
            roll=WorkerRepository(store=store),
            budget=budget,
            worker=f"w{n}",
            rules=RULES,
            seconds=lambda: clock.now().timestamp(),
        )
        for n, budget in enumerate(budgets)
    ]

    async def beat(alive: int) -> float:
        for roster in rosters[:alive]:
            await roster.beat(clock.now())
        total = sum(budget.rate for budget in budgets[:alive])
        clock.advance(RULES.heartbeat)
        return total

    # Others may be starting too.
    assert await beat(1) == RULES.alone_at_first_per_second
    await beat(1)
    assert await beat(1) == RULES.requests_per_second
    for _ in range(4):
        # Also while the newcomers aren't known to everybody yet.
        assert await beat(3) <= LIMIT
    assert await beat(3) == pytest.approx(RULES.requests_per_second)
    clock.advance(RULES.alive)
    for _ in range(3):
        await beat(1)
    assert budgets[0].rate == RULES.requests_per_second


async def test_who_leaves_makes_room_at_once(store: Store, clock: FakeClock) -> None:
    roll = WorkerRepository(store=store)
    budget = Budget(per_second=RULES.requests_per_second)
    stays = Roster(roll=roll, budget=budget, worker="stays", rules=RULES)
    leaves = Roster(
        roll=roll, budget=Budget(per_second=RULES.requests_per_second), worker="x", rules=RULES
    )
    await leaves.beat(clock.now())
    await stays.beat(clock.now())
    assert budget.rate == RULES.newcomer_per_second
    await leaves.leave()
    clock.advance(RULES.heartbeat + timedelta(milliseconds=1))
    await stays.beat(clock.now())
    assert budget.rate == RULES.alone_at_first_per_second


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1)], ids=["on", "back"])
async def test_when_the_clock_jumps_the_shares_stay(
    store: Store, clock: FakeClock, jump: timedelta
) -> None:
    watch = Stopwatch()
    budgets = [Budget(per_second=RULES.requests_per_second) for _ in range(3)]
    rosters = [
        Roster(
            roll=WorkerRepository(store=store),
            budget=budget,
            worker=f"w{n}",
            rules=RULES,
            seconds=watch.now,
        )
        for n, budget in enumerate(budgets)
    ]

    async def beat() -> list[float]:
        rates: list[float] = []
        for roster in rosters:
            await roster.beat(clock.now())
            rates.append(sum(budget.rate for budget in budgets))
        clock.advance(RULES.heartbeat)
        watch.seconds += RULES.heartbeat.total_seconds()
        return rates

    for _ in range(5):
        await beat()
    clock.advance(jump)
    for _ in range(5):
        assert await beat() == pytest.approx([RULES.requests_per_second] * 3)
