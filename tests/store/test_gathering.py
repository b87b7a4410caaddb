import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, literal, select, text
from sqlalchemy.exc import DBAPIError

from bot.store.errors import StoreFull
from bot.store.gathering import Gathering
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.work import Work
from tests.databases import FakeClock
from tests.store.promises import custom

groups: list[list[int]] = []


def doubled(connection: Connection, items: Sequence[int]) -> list[int]:
    groups.append(list(items))
    if 0 in items:
        connection.execute(text("SELECT no_such_column"))
    return [connection.execute(select(literal(item * 2))).scalar_one() for item in items]


@pytest.fixture(autouse=True)
def no_groups() -> None:
    groups.clear()


async def test_what_arrives_at_once_shares_few_transactions_and_each_hears_its_own(
    store: Store,
) -> None:
    gathering = Gathering(store=store, work=doubled, name="test")
    answers = await asyncio.gather(*(gathering.submit(item) for item in range(1, 301)))
    assert answers == [item * 2 for item in range(1, 301)]
    assert len(groups) <= 3


async def test_an_error_is_told_to_its_culprit_alone(store: Store) -> None:
    gathering = Gathering(store=store, work=doubled, name="test")
    answers = await asyncio.gather(
        *(gathering.submit(item) for item in (1, 0, 2)), return_exceptions=True
    )
    assert answers[0] == 2
    assert isinstance(answers[1], DBAPIError)
    assert answers[2] == 4


async def test_a_store_that_is_away_is_told_to_all_and_the_next_ones_are_stored(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathering = Gathering(store=store, work=doubled, name="test")

    async def full(_work: Work[object]) -> object:
        raise StoreFull("the disk is full")

    with monkeypatch.context() as away:
        away.setattr(store, "write", full)
        answers = await asyncio.gather(
            *(gathering.submit(item) for item in (1, 2)), return_exceptions=True
        )
    assert all(isinstance(answer, StoreFull) for answer in answers)
    assert await gathering.submit(3) == 6


async def test_promises_that_are_made_at_once_keep_their_owners_and_their_ids(
    store: Store, clock: FakeClock
) -> None:
    promises = ReminderRepository(store=store)
    made = await asyncio.gather(
        *(
            promises.add(custom(clock.now(), owner_id=100 + n, note=f"note {n}"), limit=50)
            for n in range(40)
        )
    )
    assert len({reminder.id for reminder in made}) == 40
    for number, reminder in enumerate(made):
        assert reminder.note == f"note {number}"
        assert await promises.get(100 + number, reminder.id) == reminder
