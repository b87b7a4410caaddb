"""A user erases everything while their reminders are being delivered."""

import asyncio
import logging
import shutil
from collections import Counter, deque
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reminders.models import Due
from bot.reminders.outcome import Refused
from bot.reminders.rules import DeliveryRules
from bot.reminders.targets import Target
from bot.store.deliveries import DeliveryRepository
from bot.store.privacy import Erased, PrivacyRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from tests.databases import FakeClock
from tests.reminders.simulated import Fault, SimulatedDiscord, deliver, worker
from tests.store.promises import OWNER, STRANGER, custom

PATIENT = DeliveryRules(send_timeout=timedelta(seconds=2))
"""Erasing takes its time on a busy machine, and it happens within the send here."""

LATER = (timedelta(seconds=31), timedelta(minutes=3), timedelta(hours=1))


@pytest.mark.parametrize("fault", list(Fault))
async def test_what_is_being_sent_arrives_once_at_most_and_nothing_fails(
    store: Store, clock: FakeClock, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    privacy = PrivacyRepository(store=store)
    discord = SimulatedDiscord(clock, faults=deque([fault]))
    answers: list[Erased] = []

    async def erase(_due: Due, _target: Target) -> None:
        answers.append(await privacy.erase(OWNER))

    discord.before_send = erase
    await ReminderRepository(store=store).add(custom(clock.now()), limit=9)
    await deliver(worker(store, discord, name="first", rules=PATIENT))
    assert answers == [Erased(cancelled=1, in_flight=1)]
    for later in LATER:
        clock.advance(later)
        await deliver(worker(store, discord, name=f"after {later}", rules=PATIENT))
    assert len(discord.asked) == 1
    arrives = fault in {Fault.NONE, Fault.ERROR_AFTER, Fault.CRASH_AFTER}
    assert len(discord.messages) == arrives
    assert (await privacy.held(OWNER)).rows == 0
    # The death of a process is what it logs itself.
    bad = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert fault in {Fault.CRASH_BEFORE, Fault.CRASH_AFTER} or not bad


async def test_no_other_place_is_tried_once_it_was_erased(store: Store, clock: FakeClock) -> None:
    privacy = PrivacyRepository(store=store)
    discord = SimulatedDiscord(clock, refusals={None: Refused("dm_closed")})

    async def erase(_due: Due, _target: Target) -> None:
        await privacy.erase(OWNER)

    discord.before_send = erase
    await ReminderRepository(store=store).add(custom(clock.now()), limit=9)
    await deliver(worker(store, discord))
    await deliver(worker(store, discord))
    assert [target.is_dm for target in discord.asked] == [True]
    assert discord.messages == []


FAULTS = st.lists(st.sampled_from([f for f in Fault if f is not Fault.HANG]), max_size=8)
WAITS = st.lists(st.sampled_from([0, 1, 31, 121, 181, 3600]), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(faults=FAULTS, waits=WAITS, erased_at=st.integers(0, 8))
def test_whenever_it_is_erased_nobody_gets_anything_twice_and_others_get_theirs(
    empty_database: Path, faults: list[Fault], waits: list[int], erased_at: int
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scout.sqlite3"
        shutil.copy(empty_database, path)
        asyncio.run(live_through(f"sqlite:///{path}", faults, waits, erased_at))


async def live_through(address: str, faults: list[Fault], waits: list[int], erased_at: int) -> None:
    clock = FakeClock()
    store = await Store.open(address, clock=clock)
    promises, privacy = ReminderRepository(store=store), PrivacyRepository(store=store)
    discord = SimulatedDiscord(clock, faults=deque(faults))
    sends_before: list[int] = []

    async def erase() -> None:
        await privacy.erase(OWNER)
        sends_before.append(sends_to(discord, OWNER))

    async def perhaps_erase(_due: Due, _target: Target) -> None:
        if len(discord.asked) == erased_at:
            await erase()

    discord.before_send = perhaps_erase
    for owner in (OWNER, OWNER, STRANGER):
        await promises.add(custom(clock.now(), owner_id=owner), limit=9)
    # Each fault can cost one round, and the last ones are for what is still owed.
    for number, wait in enumerate([*waits, *[3600] * (len(faults) + 3)]):
        await deliver(worker(store, discord, name=f"worker {number}"))
        clock.advance(timedelta(seconds=wait))
    if not sends_before:
        await erase()
    arrived = Counter(each.notice.reminder_id for each in discord.messages)
    assert set(arrived.values()) <= {1}
    assert sum(each.notice.owner_id == STRANGER for each in discord.messages) == 1
    assert [sends_to(discord, OWNER)] == sends_before
    assert (await privacy.held(OWNER)).rows == 0
    assert await DeliveryRepository(store=store).next_due() is None
    await store.close()


def sends_to(discord: SimulatedDiscord, owner: int) -> int:
    return sum(target.user_id == owner for target in discord.asked)
