from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.quotas.book import Book, Entry, EntryId, Lockout, Source
from bot.quotas.offers import Personal
from bot.quotas.truth import Reading
from bot.reminders.edits import Edits
from bot.reminders.models import ReminderId
from bot.reminders.rules import PromiseRules
from bot.store import ledger as store_ledger
from bot.store.ledger import Full, LedgerRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from tests.databases import START, FakeClock
from tests.store.promises import OWNER, STRANGER, custom, session

HOUR = timedelta(hours=1)
KAGGLE = "kaggle-gpu"  # the offer of `promises.session`
MODAL = "modal-starter"


@pytest.fixture
def ledger(store: Store) -> LedgerRepository:
    return LedgerRepository(store=store)


def edits(promises: ReminderRepository, clock: Clock) -> Edits:
    return Edits(shelf=promises, clock=clock, wake=lambda _: None, rules=PromiseRules())


async def only(ledger: LedgerRepository, user_id: int = OWNER) -> Entry:
    (entry,) = (await ledger.book(user_id)).entries[KAGGLE]
    return entry


# --------------------------------------------------------------------------- sessions


async def test_a_session_is_an_entry_from_the_moment_it_is_promised(
    ledger: LedgerRepository, promises: ReminderRepository
) -> None:
    kept = await promises.add(session(START + 6 * HOUR, HOUR), limit=9)
    entry = await only(ledger)
    assert (entry.start, entry.end) == (START, START + 6 * HOUR)
    assert (entry.source, entry.reminder_id) == (Source.SESSION, kept.id)
    assert await ledger.book(STRANGER) == Book()


async def test_a_session_that_ran_already_counts_from_its_start(
    ledger: LedgerRepository, promises: ReminderRepository
) -> None:
    running = replace(session(START + 6 * HOUR, HOUR), started_at=START - HOUR)
    await promises.add(running, limit=9)
    assert (await only(ledger)).start == START - HOUR


async def test_what_is_no_session_of_an_offer_is_no_entry(
    ledger: LedgerRepository, promises: ReminderRepository
) -> None:
    await promises.add(custom(START + HOUR), limit=9)
    await promises.add(replace(session(START + HOUR, HOUR), offer_id=None), limit=9)
    assert await ledger.book(OWNER) == Book()


async def test_cancelling_ends_the_entry_and_undoing_brings_its_end_back(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    kept = await promises.add(session(START + 6 * HOUR, HOUR), limit=9)
    clock.advance(2 * HOUR)
    await promises.cancel(OWNER, kept.id)
    assert (await only(ledger)).end == START + 2 * HOUR
    clock.advance(HOUR)
    await promises.cancel(OWNER, kept.id)
    assert (await only(ledger)).end == START + 2 * HOUR
    await promises.undo_cancel(OWNER, kept.id, limit=9)
    assert (await only(ledger)).end == START + 6 * HOUR


async def test_cancelling_all_ends_all_of_the_owner_alone(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    theirs = await promises.add(
        replace(session(START + 6 * HOUR, HOUR), owner_id=STRANGER), limit=9
    )
    mine = await promises.add(session(START + 6 * HOUR, HOUR), limit=9)
    clock.advance(HOUR)
    await promises.cancel_all(OWNER, latest=ReminderId(max(mine.id, theirs.id)))
    assert (await only(ledger)).end == START + HOUR
    assert (await only(ledger, STRANGER)).end == START + 6 * HOUR


async def test_extending_moves_the_end_of_the_entry(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    kept = await promises.add(session(START + 6 * HOUR, HOUR), limit=9)
    edit = edits(promises, clock)
    await edit.session(kept, ends_at=edit.extended(kept, by=HOUR), note=None)
    assert (await only(ledger)).end == START + 7 * HOUR


async def test_a_new_note_leaves_the_entry(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    kept = await promises.add(session(START + 6 * HOUR, HOUR), limit=9)
    before = await only(ledger)
    await edits(promises, clock).session(kept, ends_at=None, note="other")
    assert await only(ledger) == before


async def test_a_session_whose_warnings_are_all_sent_can_still_end_early(
    ledger: LedgerRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    kept = await promises.add(session(START + 6 * HOUR, HOUR), limit=9)
    clock.advance(5 * HOUR + HOUR / 2)
    await ledger.end_session(STRANGER, kept.id)
    assert (await only(ledger)).end == START + 6 * HOUR
    await ledger.end_session(OWNER, kept.id)
    clock.advance(HOUR)
    await ledger.end_session(OWNER, kept.id)
    assert (await only(ledger)).end == START + 5 * HOUR + HOUR / 2


# --------------------------------------------------------------------------- by hand


async def test_an_entry_is_logged_and_removed_by_its_owner_alone(
    ledger: LedgerRepository,
) -> None:
    logged = await ledger.log(OWNER, offer_id=MODAL, start=START, end=START + HOUR, gpu="T4")
    assert isinstance(logged, Entry)
    assert (await ledger.book(OWNER)).entries == {MODAL: (logged,)}
    assert await ledger.remove(STRANGER, logged.id) is None
    assert await ledger.remove(OWNER, logged.id) == logged
    assert await ledger.remove(OWNER, logged.id) is None
    assert await ledger.remove(OWNER, EntryId(2**62)) is None


async def test_nobody_logs_without_end(
    ledger: LedgerRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_ledger, "MOST_ENTRIES", 1)
    for expected in (Entry, Full):
        answer = await ledger.log(OWNER, offer_id=MODAL, start=START, end=START + HOUR, gpu=None)
        assert isinstance(answer, expected)


# --------------------------------------------------------------- readings, lock-outs, settings


async def test_the_newest_reading_stays(ledger: LedgerRepository) -> None:
    first = Reading(used=1, remaining=29, total=30, refresh_at=None, as_of=START)
    newer = replace(first, used=2.5, remaining=27.5, refresh_at=START + HOUR, as_of=START + HOUR)
    for reading in (first, newer, first):
        await ledger.read_off(OWNER, {KAGGLE: reading})
    assert (await ledger.book(OWNER)).readings == {KAGGLE: newer}


async def test_a_lockout_lasts_until_its_end_is_told(
    ledger: LedgerRepository, clock: FakeClock
) -> None:
    await ledger.let_in(OWNER, KAGGLE)
    await ledger.lock_out(OWNER, KAGGLE)
    clock.advance(HOUR)
    assert await ledger.lock_out(OWNER, KAGGLE) == Lockout(START, None)
    await ledger.let_in(OWNER, KAGGLE)
    clock.advance(HOUR)
    await ledger.let_in(OWNER, KAGGLE)
    await ledger.lock_out(OWNER, KAGGLE)
    assert (await ledger.book(OWNER)).lockouts == {
        KAGGLE: (Lockout(START, START + HOUR), Lockout(START + 2 * HOUR, None))
    }


async def test_what_is_personal_is_kept_until_nothing_of_it_is_left(
    ledger: LedgerRepository,
) -> None:
    mine = Personal(reset_day=31, signed_up=START, expires=START + HOUR, amount=1.5, gpu="T4")
    await ledger.choose(OWNER, MODAL, mine)
    assert (await ledger.book(OWNER)).personal(MODAL) == mine
    assert (await ledger.book(OWNER)).personal(KAGGLE) == Personal()
    await ledger.choose(OWNER, MODAL, Personal())
    assert await ledger.book(OWNER) == Book()


async def test_one_offer_is_forgotten_whole(
    ledger: LedgerRepository, promises: ReminderRepository
) -> None:
    await promises.add(session(START + 6 * HOUR, HOUR), limit=9)
    await ledger.lock_out(OWNER, KAGGLE)
    await ledger.lock_out(STRANGER, KAGGLE)
    await ledger.choose(OWNER, MODAL, Personal(amount=5))
    assert await ledger.forget(OWNER, KAGGLE) == 2
    assert (await ledger.book(OWNER)).offer_ids == (MODAL,)
    assert (await ledger.book(STRANGER)).offer_ids == (KAGGLE,)


async def test_what_ended_long_ago_is_purged(ledger: LedgerRepository, clock: FakeClock) -> None:
    for ago in (30, 10):
        start = START - ago * HOUR
        await ledger.log(OWNER, offer_id=MODAL, start=start, end=start + HOUR, gpu=None)
    await ledger.lock_out(OWNER, KAGGLE)
    assert await ledger.purge(before=START - 20 * HOUR) == 1
    (left,) = (await ledger.book(OWNER)).entries[MODAL]
    assert left.start == START - 10 * HOUR
    clock.advance(400 * 24 * HOUR)
    await ledger.purge(before=clock.now())
    assert (await ledger.book(OWNER)).lockouts == {KAGGLE: (Lockout(START, None),)}
