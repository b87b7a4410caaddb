"""A month of 200 users over all six kinds of quota, with deaths, restarts and a new rule."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import cast

import pytest

from bot.catalog.load import load_catalog
from bot.catalog.offer import Offer
from bot.catalog.quota import FixedWeekly
from bot.ledger import Ledger
from bot.quotas.book import Scope
from bot.quotas.offers import Personal
from bot.quotas.truth import Reading
from bot.reminders.errors import AlreadyOver
from bot.reminders.models import Destination, Origin, ReminderId
from bot.reminders.rules import PromiseRules
from bot.reminders.service import Reminders
from bot.store.deliveries import DeliveryRepository
from bot.store.ledger import LedgerRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.watch_list import WatchRepository
from bot.watches import Watches
from tests.databases import FakeClock
from tests.reminders.quota_lives import DAY, LEAD, Deed, Do, Life, Observer, Rule, lives_of
from tests.reminders.simulated import Fault, SimulatedDiscord, deliver, worker

START = datetime(2026, 2, 10, tzinfo=UTC)  # a Tuesday; the month has the end of February in it
MINUTE = timedelta(minutes=1)
HOURS = 60.0
LEASE = timedelta(seconds=31)
CLOSE = 3  # minutes: a process that died is replaced after its lease
CHANGE = 19 * DAY + 5 * 60

SATURDAYS = tuple(4 * DAY + week * 7 * DAY for week in range(-1, 6))
SUNDAYS = tuple(5 * DAY + week * 7 * DAY for week in range(-1, 6))
MARCH = 19 * DAY
WEEKLY = Rule("kaggle-notebooks-gpu", 30.0, turns=SATURDAYS, lead=DAY, idle=20)
TPU = Rule("kaggle-notebooks-tpu", 20.0, turns=SATURDAYS, lead=DAY, idle=20)
TPU_LATER = replace(TPU, amount=25.0, turns=SUNDAYS)
ROLLING = Rule("sagemaker-studio-lab", 4.0, rolling=DAY)
MONTHLY = Rule(
    "modal-starter",
    12.0,
    rate=0.000164 * 60,
    turns=(MARCH - 28 * DAY, MARCH, MARCH + 31 * DAY),
    lead=3 * DAY,
)
FIRST_USE = Rule("hf-zerogpu", 5 / HOURS, after_use=DAY)
CREDITS = Rule("lightning-ai-free", 20.0, rate=0.9 / HOURS, expires=25 * DAY, lead=7 * DAY)
UNPUBLISHED = Rule("google-colab-free", 0.0, unpublished=True)
RULES = (WEEKLY, TPU, ROLLING, MONTHLY, FIRST_USE, CREDITS, UNPUBLISHED)
PERSONAL = {
    MONTHLY.offer_id: Personal(reset_day=1, amount=MONTHLY.amount, gpu="T4"),
    CREDITS.offer_id: Personal(expires=START + 25 * DAY * MINUTE, amount=CREDITS.amount),
}


def changed(offers: Mapping[str, Offer]) -> Mapping[str, Offer]:
    """The catalog after the change: 25 h of TPU, renewed on Sunday."""
    offer = offers[TPU.offer_id]
    amount = offer.quota.amount.model_copy(update={"value": 25.0})
    rule = cast("FixedWeekly", offer.quota.rule).model_copy(update={"weekday": "sunday"})
    quota = offer.quota.model_copy(update={"amount": amount, "rule": rule})
    return {**offers, offer.id: offer.model_copy(update={"quota": quota})}


@dataclass
class World:
    """One bot on one database, through all its processes."""

    address: str
    clock: FakeClock
    discord: SimulatedDiscord
    offers: Mapping[str, Offer]
    random: Random
    store: Store
    sessions: dict[int, ReminderId] = field(default_factory=dict[int, ReminderId])
    watched: dict[int, ReminderId] = field(default_factory=dict[int, ReminderId])
    lives: int = 0

    @property
    def reminders(self) -> Reminders:
        shelf = ReminderRepository(store=self.store)
        return Reminders(shelf=shelf, clock=self.clock, wake=lambda _: None)

    @property
    def ledger(self) -> Ledger:
        return Ledger(shelf=LedgerRepository(store=self.store), clock=self.clock)

    @property
    def watches(self) -> Watches:
        shelf = WatchRepository(store=self.store)
        return Watches(shelf=shelf, wake=lambda _: None, rules=PromiseRules())

    async def restart(self) -> None:
        """Open the database anew, as a process does that starts."""
        await self.store.close()
        self.store = await Store.open(self.address, clock=self.clock, offers=lambda: self.offers)
        await self.watches.follow_rules()

    async def deliver_until(self, instant: datetime) -> None:
        """Send what comes due, one process after another; now and then one dies on the way."""
        shelf = DeliveryRepository(store=self.store)
        while (due := await shelf.next_due()) is not None and due <= instant:
            self.clock.instant = max(self.clock.instant, due)
            self.lives += 1
            dies = self.random.random() < 0.02
            faults = (Fault.CRASH_BEFORE, Fault.CRASH_AFTER, Fault.ERROR_AFTER)
            self.discord.faults = deque([self.random.choice(faults)] if dies else [])
            await deliver(worker(self.store, self.discord, name=f"w{self.lives}"))
            if dies:
                self.clock.advance(LEASE)
        self.clock.instant = max(self.clock.instant, instant)

    async def do(self, user: int, life: Life, deed: Deed) -> None:
        offer = self.offers[life.rule.offer_id]
        now = self.clock.now()
        match deed.what:
            case Do.WATCH_ALL | Do.WATCH_RESET:
                scope = Scope.ALL if deed.what is Do.WATCH_ALL else Scope.RESET
                watched = await self.watches.watch(
                    user,
                    offer,
                    scope,
                    destination=Destination.dm(),
                    origin=Origin(),
                    locale="en-US",
                    zone=None,
                )
                self.watched[user] = watched.reminder.id
            case Do.STOP:
                with suppress(AlreadyOver):  # a renewal that was told
                    await self.reminders.cancel(user, self.watched[user])
            case Do.UNDO_STOP:
                with suppress(AlreadyOver):
                    await self.reminders.undo_cancel(user, self.watched[user])
            case Do.START | Do.END | Do.EXTEND:
                await self._session(user, offer, deed)
            case Do.LOG:
                length = deed.length * MINUTE
                await self.ledger.log(user, offer, start=now - length, end=now, gpu=None)
            case Do.IMPORT:
                reading = self._reading(deed, now)
                await self.ledger.believe(user, {offer.id: reading})
            case Do.LOCK:
                await self.ledger.lock_out(user, offer)
            case Do.FREE:
                await self.ledger.let_in(user, offer)
            case Do.RULE:
                raise AssertionError("the catalog changes for all at once")

    async def _session(self, user: int, offer: Offer, deed: Deed) -> None:
        if deed.what is Do.START:
            begun = START + deed.minute * MINUTE + MINUTE / 2
            promise = await self.reminders.create_session(
                user,
                ends_at=begun + deed.length * MINUTE,
                started_at=begun,
                destination=Destination.dm(),
                origin=Origin(),
                locale="en-US",
                leads=[LEAD * MINUTE],
                offer_id=offer.id,
            )
            self.sessions[user] = promise.reminder.id
        elif deed.what is Do.END:
            await self.ledger.end_session(user, self.sessions[user])
            await self.reminders.cancel(user, self.sessions[user])
        else:
            edits = self.reminders.edits
            before = await edits.current(user, self.sessions[user], based_on=0)
            longer = edits.extended(before, by=deed.length * MINUTE)
            await edits.session(before, ends_at=longer, note=None)

    @staticmethod
    def _reading(deed: Deed, now: datetime) -> Reading:
        ends = min(START + turn * MINUTE for turn in SATURDAYS if START + turn * MINUTE > now)
        used = deed.length / HOURS
        return Reading(used=used, remaining=30 - used, total=30, refresh_at=ends, as_of=now)


def population(count: int, random: Random) -> dict[int, Life]:
    return {
        1000 + number: lives_of(
            (rule := RULES[number % len(RULES)]),
            random=random,
            later=TPU_LATER if rule is TPU else None,
            change=CHANGE,
        )
        for number in range(count)
    }


@pytest.fixture
async def world(
    database_address: str, request: pytest.FixtureRequest
) -> AsyncIterator[Callable[[], World]]:
    clock = FakeClock(START)
    offers = load_catalog(None).offers
    made = World(
        address=database_address,
        clock=clock,
        discord=SimulatedDiscord(clock),
        offers=offers,
        random=Random(6),
        store=await Store.open(database_address, clock=clock, offers=lambda: offers),
    )
    made.discord.offer_of = lambda which: made.offers.get(which)  # noqa: PLW0108 - they change
    yield lambda: made
    await made.store.close()


async def test_each_user_is_told_everything_once_and_nothing_else(
    world: Callable[[], World], database_address: str
) -> None:
    bot = world()
    lives = population(200 if database_address.startswith("sqlite") else 21, bot.random)
    for user, life in lives.items():
        personal = PERSONAL.get(life.rule.offer_id)
        if personal is not None:
            await bot.ledger.choose(user, bot.offers[life.rule.offer_id], personal)
    deeds = sorted(
        ((deed.minute, user, deed) for user, life in lives.items() for deed in life.deeds),
        key=lambda each: each[:2],
    )
    days, is_changed = 0, False
    for minute, user, deed in deeds:
        await bot.deliver_until(START + minute * MINUTE + 0.75 * MINUTE)
        while days < minute // (3 * DAY):
            days += 1
            await bot.restart()
        if deed.what is not Do.RULE:
            await bot.do(user, lives[user], deed)
        elif not is_changed:
            is_changed, bot.offers = True, changed(bot.offers)
            await bot.restart()
    await bot.deliver_until(START + 30 * DAY * MINUTE)

    told = defaultdict[int, list[tuple[int, str]]](list)
    for message in bot.discord.messages:
        notice = message.notice
        topic = "warning" if notice.quota is None else notice.quota.topic.value
        told[notice.owner_id].append(((message.made_at - START) // MINUTE, topic))
    wrong = {
        f"{user} {life.rule.offer_id}": (expected, sorted(told[user]))
        for user, life in lives.items()
        if not alike(expected := Observer(life).observe(), sorted(told[user]))
    }
    assert not wrong, report(wrong)
    topics = {topic for each in told.values() for _, topic in each}
    assert topics == {"warning", "expiring", "low", "renewed", "idle", "open", "changed"}


def alike(expected: list[tuple[int, str]], told: list[tuple[int, str]]) -> bool:
    """Whether the same was told, at the same minute but for a process that died on the way."""
    kinds = {topic for _, topic in [*expected, *told]}
    for kind in kinds:
        wanted, found = ([at for at, topic in each if topic == kind] for each in (expected, told))
        if len(wanted) != len(found):
            return False
        if any(abs(one - other) > CLOSE for one, other in zip(wanted, found, strict=True)):
            return False
    return True


def report(wrong: Mapping[str, tuple[list[tuple[int, str]], list[tuple[int, str]]]]) -> str:
    lines = [f"{len(wrong)} users were told something else"]
    for who, (expected, found) in list(wrong.items())[:4]:
        missing = [each for each in expected if each not in found]
        extra = [each for each in found if each not in expected]
        lines.append(f"{who}: not told {missing[:6]}, told {extra[:6]}")
    return "\n".join(lines)
