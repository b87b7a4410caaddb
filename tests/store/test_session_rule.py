"""Whatever its owner writes down, a running session is never promised more than the book has."""

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.load import load_catalog
from bot.catalog.offer import Offer
from bot.ledger import Ledger
from bot.quotas.book import Entry
from bot.quotas.ends import SessionEnd
from bot.quotas.offers import Personal
from bot.quotas.running import LEAST_MOVE
from bot.quotas.truth import Reading
from bot.reminders.models import Destination, Origin, Reminder
from bot.reminders.plan import leads_of, plan_warnings
from bot.reminders.service import Reminders
from bot.store.ledger import LedgerRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from tests.databases import START, FakeClock
from tests.store.promises import OWNER

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LEADS = (HOUR / 2, HOUR / 6)
KAGGLE = "kaggle-notebooks-gpu"
SOON = 2 * MINUTE
"""Nearer than this an end may be one that can't be promised."""


class Do(Enum):
    WAIT = auto()
    LOG = auto()
    REMOVE = auto()
    """The latest entry that was logged."""
    READ = auto()
    """So many minutes are left, the provider says."""
    AMOUNT = auto()
    """So many minutes a week are one's own."""
    FORGET = auto()
    BEGIN = auto()
    """One more session."""
    END = auto()
    """The latest session that runs, but for the first."""
    UNDO = auto()
    INSIST = auto()
    """The first session lasts so much longer, whatever the count says."""


@dataclass(frozen=True)
class Deed:
    what: Do
    minutes: int


DEEDS = st.lists(
    st.builds(
        Deed,
        st.sampled_from([*Do, Do.READ, Do.LOG]),
        st.one_of(st.integers(1, 90), st.integers(1, 30 * 60)),
    ),
    min_size=2,
    max_size=12,
)


@cache
def offers() -> Mapping[str, Offer]:
    return load_catalog().offers


@settings(max_examples=80)
@given(deeds=DEEDS)
def test_no_end_is_promised_after_the_real_one_but_what_its_owner_insists_on(
    empty_database: Path, deeds: list[Deed]
) -> None:
    with TemporaryDirectory() as folder:
        path = shutil.copy(empty_database, folder)
        asyncio.run(live_through(deeds, f"sqlite:///{path}"))


async def live_through(deeds: list[Deed], address: str) -> None:
    clock = FakeClock()
    store = await Store.open(address, clock=clock, offers=offers)
    try:
        life = Life(store, clock)
        await life.begin(9 * HOUR)
        for deed in deeds:
            await life.do(deed)
            await life.check()
    finally:
        await store.close()


class Life:
    """One user of Kaggle, whose sessions are promised as the command does."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.clock = clock
        self.ledger = Ledger(shelf=LedgerRepository(store=store), clock=clock)
        shelf = ReminderRepository(store=store)
        self.reminders = Reminders(shelf=shelf, clock=clock, wake=lambda _: None)
        self.shelf = LedgerRepository(store=store)
        self.begun: list[Reminder] = []
        self.logged: list[Entry] = []
        self.insisted = dict[int, datetime]()
        self.seen = dict[int, tuple[int, datetime]]()
        """Of each session its revision, and when it was first seen."""

    async def begin(self, length: timedelta) -> None:
        now = self.clock.now()
        wish = now + length
        end = await self.ledger.end_of_new(OWNER, offers()[KAGGLE], start=now, planned=wish)
        believed = self._is_believed(end)
        promise = await self.reminders.create_session(
            OWNER,
            ends_at=wish if believed else end.at,
            wished_end=None if believed or end.at == wish else wish,
            destination=Destination.dm(),
            origin=Origin(),
            locale="en-US",
            leads=LEADS,
            offer_id=KAGGLE,
        )
        self.begun.append(promise.reminder)
        if believed:
            self.insisted[promise.reminder.id] = wish

    def _is_believed(self, end: SessionEnd) -> bool:
        return end.used_up or end.at < self.clock.now() + SOON

    async def do(self, deed: Deed) -> None:
        now, length = self.clock.now(), deed.minutes * MINUTE
        offer = offers()[KAGGLE]
        match deed.what:
            case Do.WAIT:
                self.clock.advance(min(length, HOUR))
            case Do.LOG:
                start = now - length
                self.logged.append(
                    await self.ledger.log(OWNER, offer, start=start, end=now, gpu=None)
                )
            case Do.REMOVE:
                if self.logged:
                    await self.ledger.remove(OWNER, self.logged.pop().id)
            case Do.READ:
                hours = deed.minutes / 60
                reading = Reading(
                    used=30 - hours, remaining=hours, total=30, refresh_at=None, as_of=now
                )
                await self.ledger.believe(OWNER, {KAGGLE: reading})
            case Do.AMOUNT:
                await self.ledger.choose(OWNER, offer, Personal(amount=deed.minutes / 60))
            case Do.FORGET:
                await self.ledger.forget(OWNER, KAGGLE)
                self.logged.clear()
            case Do.BEGIN | Do.END | Do.UNDO | Do.INSIST:
                await self._session(deed.what, length)

    async def _session(self, what: Do, length: timedelta) -> None:
        now = self.clock.now()
        if what is Do.BEGIN:
            if len(self.begun) < 4:
                await self.begin(min(length, 12 * HOUR))
            return
        if what is Do.INSIST:
            first = await self.reminders.get(OWNER, self.begun[0].id)
            ends_at = self.reminders.edits.extended(first, by=length)
            await self.reminders.edits.session(first, ends_at=ends_at, note=None)
            self.insisted[first.id] = ends_at
            return
        for each in self.begun[:0:-1]:
            found = await self.reminders.get(OWNER, each.id)
            runs = found.ends_at is not None and found.ends_at > now + SOON
            if runs and what is Do.END and found.cancelled_at is None and found.next_due_at:
                await self.ledger.end_session(OWNER, each.id)
                await self.reminders.cancel(OWNER, each.id)
                return
            coming = [one.due_at > now for one in found.occurrences]
            if runs and what is Do.UNDO and found.cancelled_at is not None and any(coming[-2:]):
                await self.reminders.undo_cancel(OWNER, each.id)
                return

    async def check(self) -> None:
        now = self.clock.now()
        for begun in self.begun:
            found = await self.reminders.get(OWNER, begun.id)
            if found.cancelled_at is not None or found.ends_at is None or found.ends_at <= now:
                self.seen.pop(found.id, None)
                continue
            if self.insisted.get(found.id) != found.ends_at:
                self.insisted.pop(found.id, None)
            end = await self.ledger.end_of(OWNER, found.id, offers()[KAGGLE])
            if end is not None and not self._is_believed(end):
                real = max(end.at, self.insisted.get(found.id, end.at))
                assert found.ends_at < real + LEAST_MOVE
            revision, since = self.seen.get(found.id, (-1, now))
            if revision != found.revision:
                since = now
                self.seen[found.id] = (found.revision, now)
            due = sorted(each.due_at for each in found.occurrences if each.is_live)
            # Of a session that was too short for it from the first, a lead is known no more.
            leads = leads_of(found.occurrences, created_at=found.created_at) or LEADS
            fresh = plan_warnings(now=since, ends_at=found.ends_at, leads=leads)
            assert due == [as_kept(each.due_at) for each in fresh]


def as_kept(instant: datetime) -> datetime:
    return START + (instant - START) // timedelta(milliseconds=1) * timedelta(milliseconds=1)
