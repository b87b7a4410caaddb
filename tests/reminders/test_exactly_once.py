import asyncio
import shutil
from collections import Counter, deque
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reminders.models import OccurrenceState
from bot.reminders.outcome import Refused
from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.when.recurrence import EachLength, Recurrence
from tests.databases import FakeClock
from tests.reminders.simulated import Fault, SimulatedDiscord, deliver, worker
from tests.store.promises import OWNER, custom

QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Round:
    """One worker's life: what happens to its requests, whether DMs are open, how it ends."""

    faults: tuple[Fault, ...]
    dms_open: bool
    stops_well: bool
    then_wait: timedelta


ROUNDS = st.lists(
    st.builds(
        Round,
        faults=st.lists(st.sampled_from([f for f in Fault if f is not Fault.HANG]), max_size=4).map(
            tuple
        ),
        dms_open=st.booleans(),
        stops_well=st.booleans(),
        then_wait=st.sampled_from([0, 1, 5, 31, 119, 121, 181, 3600, 3 * 86400]).map(
            lambda seconds: timedelta(seconds=seconds)
        ),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(rounds=ROUNDS)
def test_whatever_fails_and_whoever_dies_each_reminder_arrives_exactly_once(
    empty_database: Path, rounds: list[Round]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scout.sqlite3"
        shutil.copy(empty_database, path)
        asyncio.run(live_through(rounds, f"sqlite:///{path}"))


@settings(max_examples=40, deadline=None)
@given(rounds=ROUNDS)
def test_each_time_of_a_series_is_told_by_exactly_one_message(
    empty_database: Path, rounds: list[Round]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scout.sqlite3"
        shutil.copy(empty_database, path)
        asyncio.run(repeat_through(rounds, f"sqlite:///{path}"))


async def repeat_through(rounds: list[Round], address: str) -> None:
    """Every quarter of an hour; a message stands for itself and for what it says was missed."""
    clock = FakeClock()
    start = clock.now()
    store = await Store.open(address, clock=clock)
    promises, deliveries = ReminderRepository(store=store), DeliveryRepository(store=store)
    discord = SimulatedDiscord(clock)
    recurrence = Recurrence(rule=EachLength(QUARTER, start), zone="UTC")
    stored = await promises.add(replace(custom(start), recurrence=recurrence), limit=9)
    for number, life in enumerate(rounds):
        discord.faults = deque(life.faults)
        deliverer = worker(store, discord, name=f"worker {number}")
        await deliver(deliverer)
        if life.stops_well:
            await deliverer.stop()
        clock.advance(life.then_wait)
    discord.faults.clear()
    while await deliveries.oldest_overdue(clock.now()) is not None:
        await deliver(worker(store, discord, name="the last"))
        clock.advance(timedelta(seconds=40))  # a lease, so that nothing is somebody else's
    told = Counter(
        notice.due_at + step * QUARTER
        for notice in (message.notice for message in discord.messages)
        for step in range(notice.missed + 1)
    )
    found = await promises.get(OWNER, stored.id)
    assert found is not None
    (coming,) = [each for each in found.occurrences if each.is_live]
    wanted = [start + step * QUARTER for step in range((coming.due_at - start) // QUARTER)]
    assert told == Counter(wanted)
    await store.close()


async def live_through(rounds: list[Round], address: str) -> None:
    clock = FakeClock()
    store = await Store.open(address, clock=clock)
    promises, deliveries = ReminderRepository(store=store), DeliveryRepository(store=store)
    discord = SimulatedDiscord(clock)
    stored = [await promises.add(custom(clock.now(), note="private"), limit=9) for _ in range(3)]
    calm = Round(faults=(), dms_open=True, stops_well=True, then_wait=timedelta(minutes=2))
    for number, life in enumerate([*rounds, calm, calm, calm]):
        discord.faults = deque(life.faults)
        discord.refusals = {} if life.dms_open else {None: Refused("dm_closed")}
        deliverer = worker(store, discord, name=f"worker {number}")
        await deliver(deliverer)
        if life.stops_well:
            await deliverer.stop()
        clock.advance(life.then_wait)
    arrived = Counter(message.notice.reminder_id for message in discord.messages)
    assert arrived == Counter({reminder.id: 1 for reminder in stored})
    assert await deliveries.next_due() is None
    for reminder in stored:
        found = await promises.get(OWNER, reminder.id)
        assert found is not None
        assert found.occurrences[0].state is OccurrenceState.SENT
    for message in discord.messages:
        was_chosen = message.channel_id == OWNER + 10**18
        assert (message.notice.note is not None) == was_chosen
    await store.close()
