"""Running sessions whose owner's book changes."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.catalog.load import load_catalog
from bot.quotas.book import Entry, Source
from bot.quotas.offers import Personal
from bot.quotas.truth import Reading
from bot.quotas.watch import Topic
from bot.reminders.edits import Edits
from bot.reminders.models import NewReminder, Reminder, ReminderId
from bot.reminders.plan import plan_warnings
from bot.reminders.rules import PromiseRules
from bot.store.deliveries import DeliveryRepository
from bot.store.ledger import LedgerRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.watch_list import WatchRepository
from tests.databases import START, FakeClock
from tests.store.promises import OWNER, STRANGER, session

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LEASE = timedelta(seconds=30)
LEADS = (HOUR / 2, HOUR / 6)
KAGGLE = "kaggle-notebooks-gpu"
MODAL = "modal-starter"
WISH = START + 9 * HOUR  # below the limit of 12 h
RULES = PromiseRules()


@pytest.fixture(autouse=True)
def _with_offers(store: Store) -> None:
    offers = load_catalog().offers
    store.offers = lambda: offers


@pytest.fixture
def ledger(store: Store) -> LedgerRepository:
    return LedgerRepository(store=store)


@pytest.fixture
def edits(promises: ReminderRepository, clock: FakeClock) -> Edits:
    return Edits(shelf=promises, clock=clock, wake=lambda _: None, rules=RULES)


def wanted(ends_at: datetime = WISH, offer_id: str = KAGGLE) -> NewReminder:
    return replace(session(ends_at, *LEADS), offer_id=offer_id)


def left(hours: float, *, at: datetime) -> dict[str, Reading]:
    """What Kaggle prints with so many hours left."""
    return {KAGGLE: Reading(used=30 - hours, remaining=hours, total=30, refresh_at=None, as_of=at)}


async def found(promises: ReminderRepository, which: ReminderId) -> Reminder:
    reminder = await promises.get(OWNER, which)
    assert reminder is not None
    return reminder


def due(reminder: Reminder) -> list[datetime]:
    return sorted(each.due_at for each in reminder.occurrences if each.is_live)


def planned(ends_at: datetime, *, now: datetime) -> list[datetime]:
    return [each.due_at for each in plan_warnings(now=now, ends_at=ends_at, leads=LEADS)]


def of_session(entries: Iterable[Entry], which: ReminderId) -> Entry:
    return next(each for each in entries if each.reminder_id == which)


async def ends(
    promises: ReminderRepository, ledger: LedgerRepository, which: ReminderId, *, now: datetime
) -> datetime | None:
    """When a session ends, by its reminder, its warnings and the book alike."""
    reminder = await found(promises, which)
    entries = (await ledger.book(OWNER)).entries.get(KAGGLE, ())
    if any(each.reminder_id == which for each in entries):
        assert of_session(entries, which).end == reminder.ends_at
    assert reminder.ends_at is not None
    assert due(reminder) == planned(reminder.ends_at, now=now)
    return reminder.ends_at


# ------------------------------------------------------------- what its owner writes down


async def test_figures_of_the_provider_move_the_end_and_the_warnings(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    kept = await promises.add(wanted(), limit=9)
    clock.advance(HOUR)
    await ledger.read_off(OWNER, left(2, at=clock.now()))
    assert await ends(promises, ledger, kept.id, now=clock.now()) == START + 3 * HOUR
    moved = await found(promises, kept.id)
    assert moved.revision == kept.revision + 1
    assert [each.topic for each in moved.occurrences] == [None] * len(moved.occurrences)


async def test_newer_figures_give_time_back_up_to_what_was_wished(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    kept = await promises.add(wanted(), limit=9)
    for hours, ends_at in ((2, START + 3 * HOUR), (5, START + 7 * HOUR), (20, WISH)):
        clock.advance(HOUR)
        await ledger.read_off(OWNER, left(hours, at=clock.now()))
        assert await ends(promises, ledger, kept.id, now=clock.now()) == ends_at
    entry = of_session((await ledger.book(OWNER)).entries[KAGGLE], kept.id)
    assert entry.wished_end is None


async def test_what_is_logged_counts_and_removed_it_counts_no_more(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    kept = await promises.add(wanted(), limit=9)
    clock.advance(2 * HOUR)
    now = clock.now()
    # 22 h before the session, and an hour beside it: 7 h are left.
    logged = await ledger.log(
        OWNER, offer_id=KAGGLE, start=START - 22 * HOUR, end=START + HOUR, gpu=None
    )
    assert isinstance(logged, Entry)
    assert await ends(promises, ledger, kept.id, now=now) == START + 7 * HOUR
    await ledger.remove(OWNER, logged.id)
    assert await ends(promises, ledger, kept.id, now=now) == WISH


async def test_an_amount_of_ones_own_counts(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    kept = await promises.add(wanted(), limit=9)
    await ledger.choose(OWNER, KAGGLE, Personal(amount=4))
    assert await ends(promises, ledger, kept.id, now=START) == START + 4 * HOUR
    await ledger.choose(OWNER, KAGGLE, Personal())
    assert await ends(promises, ledger, kept.id, now=START) == WISH


async def test_once_all_is_forgotten_the_plan_holds_again(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    kept = await promises.add(wanted(), limit=9)
    await ledger.read_off(OWNER, left(2, at=START))
    await ledger.forget(OWNER, KAGGLE)
    assert KAGGLE not in (await ledger.book(OWNER)).entries
    assert await ends(promises, ledger, kept.id, now=START) == WISH


async def test_a_session_that_is_removed_from_the_book_keeps_its_reminder_as_it_is(
    ledger: LedgerRepository, promises: ReminderRepository
) -> None:
    kept = await promises.add(wanted(), limit=9)
    (entry,) = (await ledger.book(OWNER)).entries[KAGGLE]
    await ledger.remove(OWNER, entry.id)
    assert await ends(promises, ledger, kept.id, now=START) == WISH
    await ledger.read_off(OWNER, left(2, at=START))
    assert await ends(promises, ledger, kept.id, now=START) == WISH


async def test_what_does_not_touch_an_offer_moves_nothing_there(
    ledger: LedgerRepository, promises: ReminderRepository
) -> None:
    kept = await promises.add(wanted(), limit=9)
    await ledger.read_off(STRANGER, left(2, at=START))
    await ledger.choose(OWNER, MODAL, Personal(amount=1, gpu="T4"))
    await ledger.log(OWNER, offer_id=KAGGLE, start=START - HOUR, end=START, gpu=None)
    await ledger.lock_out(OWNER, KAGGLE)
    assert await found(promises, kept.id) == kept


# ----------------------------------------------------------------------- what is believed


async def test_what_runs_on_nothing_is_left_as_it_is_until_the_figures_say_otherwise(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    kept = await promises.add(wanted(), limit=9)
    await ledger.read_off(OWNER, left(5, at=START))
    clock.advance(HOUR)
    await ledger.read_off(OWNER, left(0, at=clock.now()))
    assert (await found(promises, kept.id)).ends_at == START + 5 * HOUR
    clock.advance(HOUR)
    await ledger.read_off(OWNER, left(20, at=clock.now()))
    assert await ends(promises, ledger, kept.id, now=clock.now()) == WISH


async def test_an_end_that_would_be_over_is_not_promised(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    kept = await promises.add(wanted(), limit=9)
    clock.advance(4 * HOUR)
    # By the count it ended at START + 3 h.
    logged = await ledger.log(OWNER, offer_id=KAGGLE, start=START - 27 * HOUR, end=START, gpu=None)
    assert isinstance(logged, Entry)
    assert await found(promises, kept.id) == kept
    await ledger.choose(OWNER, KAGGLE, Personal(amount=33))
    assert await ends(promises, ledger, kept.id, now=clock.now()) == START + 6 * HOUR


async def test_an_end_that_its_owner_insists_on_stays_until_the_real_one_moves(
    ledger: LedgerRepository, promises: ReminderRepository, edits: Edits, clock: FakeClock
) -> None:
    kept = await promises.add(wanted(), limit=9)
    await ledger.read_off(OWNER, left(2, at=START))
    clock.advance(3 * HOUR)
    over = await found(promises, kept.id)
    await edits.session(over, ends_at=edits.extended(over, by=HOUR), note=None)
    await ledger.log(OWNER, offer_id=KAGGLE, start=START - 2 * HOUR, end=START - HOUR, gpu=None)
    assert (await found(promises, kept.id)).ends_at == START + 4 * HOUR
    await ledger.read_off(OWNER, left(0.5, at=clock.now()))
    assert await ends(promises, ledger, kept.id, now=clock.now()) == START + 3.5 * HOUR


# --------------------------------------------------------------------------- other sessions


async def test_two_at_once_end_where_both_of_them_used_it_up(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    await ledger.read_off(OWNER, left(10, at=START))
    first = await promises.add(wanted(), limit=9)
    # As the command promises the second one, which knows of the first.
    second = await promises.add(replace(wanted(START + 5 * HOUR), wished_end=WISH), limit=9)
    for each in (first, second):
        assert await ends(promises, ledger, each.id, now=START) == START + 5 * HOUR
    clock.advance(2 * HOUR)
    await ledger.end_session(OWNER, second.id)
    await promises.cancel(OWNER, second.id)
    assert await ends(promises, ledger, first.id, now=clock.now()) == START + 8 * HOUR
    await promises.undo_cancel(OWNER, second.id, limit=9)
    for each in (first, second):
        assert await ends(promises, ledger, each.id, now=clock.now()) == START + 5 * HOUR


async def test_a_longer_session_leaves_less_to_the_other(
    ledger: LedgerRepository, promises: ReminderRepository, edits: Edits, clock: FakeClock
) -> None:
    await ledger.read_off(OWNER, left(10, at=START))
    other = await promises.add(wanted(), limit=9)
    short = await promises.add(wanted(START + 2 * HOUR), limit=9)
    assert await ends(promises, ledger, other.id, now=START) == START + 8 * HOUR
    await edits.session(short, ends_at=START + 3 * HOUR, note=None)
    assert await ends(promises, ledger, other.id, now=START) == START + 7 * HOUR
    assert await ends(promises, ledger, short.id, now=START) == START + 3 * HOUR


async def test_a_session_that_is_brought_back_is_promised_by_the_book_as_it_is(
    ledger: LedgerRepository, promises: ReminderRepository
) -> None:
    kept = await promises.add(wanted(), limit=9)
    await promises.cancel(OWNER, kept.id)
    await ledger.read_off(OWNER, left(2, at=START))
    restored = await promises.undo_cancel(OWNER, kept.id, limit=9)
    assert restored is not None
    assert restored.ends_at == START + 2 * HOUR
    assert await ends(promises, ledger, kept.id, now=START) == START + 2 * HOUR


async def test_what_is_wished_stays_though_the_end_does_not_move(
    ledger: LedgerRepository, promises: ReminderRepository, edits: Edits
) -> None:
    await ledger.read_off(OWNER, left(2, at=START))
    kept = await promises.add(wanted(START + 2 * HOUR), limit=9)
    same = await edits.session(kept, ends_at=kept.ends_at, wished_end=START + 5 * HOUR, note=None)
    assert same.after.ends_at == START + 2 * HOUR
    assert due(same.after) == due(kept)
    await ledger.choose(OWNER, KAGGLE, Personal(amount=99))
    await ledger.forget(OWNER, KAGGLE)
    assert (await found(promises, kept.id)).ends_at == START + 5 * HOUR


# ------------------------------------------------------------------------- on their way


async def test_a_claimed_warning_is_dropped_and_one_whose_send_began_is_settled(
    ledger: LedgerRepository, promises: ReminderRepository, store: Store, clock: FakeClock
) -> None:
    deliveries = DeliveryRepository(store=store)
    kept = await promises.add(wanted(), limit=9)
    for begins in (False, True):
        reminder = await found(promises, kept.id)
        clock.instant = due(reminder)[0]
        (claimed,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
        if begins:
            assert await deliveries.begin(claimed, now=clock.now(), lease=LEASE, clear_doubt=False)
        await ledger.read_off(OWNER, left(2 if begins else 0.4, at=clock.now()))
        after = await found(promises, kept.id)
        assert any(
            each.number == claimed.number and each.is_live for each in after.occurrences
        ) is (begins)
        assert (
            await deliveries.settle(claimed, now=clock.now(), message_id=1, channel_id=2) is begins
        )
    moved = await found(promises, kept.id)
    assert moved.ends_at == WISH
    assert due(moved) == planned(WISH, now=clock.now())


async def test_a_snooze_and_the_news_of_a_rule_stay(
    ledger: LedgerRepository, promises: ReminderRepository, store: Store, clock: FakeClock
) -> None:
    kept = await promises.add(wanted(), limit=9)
    await promises.snooze(OWNER, kept.id, 1, until=START + 5 * HOUR, limit=9)
    offer = store.offers()[KAGGLE]
    limit = offer.session.limit_hours.model_copy(update={"value": 6.0})
    shorter = offer.model_copy(
        update={"session": offer.session.model_copy(update={"limit_hours": limit})}
    )
    offers = {**store.offers(), KAGGLE: shorter}
    store.offers = lambda: offers
    assert await WatchRepository(store=store).follow_rules() == 1
    await ledger.read_off(OWNER, left(2, at=START))
    live = [each for each in (await found(promises, kept.id)).occurrences if each.is_live]
    ends_at = START + 2 * HOUR
    assert sorted((each.due_at, each.topic, each.snooze_of) for each in live) == [
        (START, Topic.CHANGED, None),
        (ends_at - HOUR / 2, None, None),
        (ends_at - HOUR / 6, None, None),
        (START + 5 * HOUR, None, 1),
    ]


async def test_changes_at_once_leave_one_plan(
    ledger: LedgerRepository, promises: ReminderRepository, edits: Edits
) -> None:
    kept = await promises.add(wanted(), limit=9)
    other = await promises.add(wanted(START + 2 * HOUR), limit=9)
    await asyncio.gather(
        ledger.read_off(OWNER, left(6, at=START)),
        *(
            ledger.log(OWNER, offer_id=KAGGLE, start=START - HOUR, end=START, gpu=None)
            for _ in range(5)
        ),
        promises.cancel(OWNER, other.id),
        ledger.choose(OWNER, KAGGLE, Personal(amount=20)),
    )
    assert await ends(promises, ledger, kept.id, now=START) == START + 6 * HOUR
    entries = (await ledger.book(OWNER)).entries[KAGGLE]
    assert sum(each.source is Source.LOGGED for each in entries) == 5


async def test_many_little_changes_move_the_end_as_one_does(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    await ledger.read_off(OWNER, left(5, at=START))
    kept = await promises.add(replace(wanted(START + 5 * HOUR), wished_end=WISH), limit=9)
    clock.advance(HOUR)
    for number in (1, 2, 3):
        end = START + number * 5 * MINUTE
        await ledger.log(OWNER, offer_id=KAGGLE, start=end - MINUTE / 2, end=end, gpu=None)
    assert await ends(promises, ledger, kept.id, now=clock.now()) == START + 5 * HOUR - MINUTE
