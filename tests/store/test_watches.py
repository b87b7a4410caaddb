import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from bot.catalog.load import load_catalog
from bot.catalog.offer import Offer
from bot.catalog.quota import FixedWeekly
from bot.quotas.book import Scope
from bot.quotas.watch import Topic
from bot.reminders.errors import TooMany
from bot.reminders.models import (
    Destination,
    Due,
    NewReminder,
    Occurrence,
    Origin,
    Reminder,
    ReminderId,
    ReminderKind,
)
from bot.reminders.rules import MOST_FAILURES
from bot.store.deliveries import DeliveryRepository
from bot.store.ledger import LedgerRepository
from bot.store.reminders import ReminderRepository
from bot.store.retention import Retention
from bot.store.store import Store
from bot.store.users import UserRepository
from bot.store.watch_list import WatchRepository
from bot.when.quiet import read_quiet
from tests.databases import FakeClock
from tests.store.promises import OWNER, STRANGER

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LEASE = timedelta(seconds=30)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
SATURDAY = datetime(2026, 3, 7, tzinfo=UTC)
FRIDAY = SATURDAY - DAY
KAGGLE = "kaggle-notebooks-gpu"
ZERO_GPU = "hf-zerogpu"


class Shop:
    """The catalog in use, which may change."""

    def __init__(self) -> None:
        self.offers: Mapping[str, Offer] = load_catalog().offers

    def renew_on(self, weekday: str) -> None:
        offer = self.offers[KAGGLE]
        rule = cast("FixedWeekly", offer.quota.rule).model_copy(update={"weekday": weekday})
        quota = offer.quota.model_copy(update={"rule": rule})
        self.offers = {**self.offers, KAGGLE: offer.model_copy(update={"quota": quota})}


@pytest.fixture
def shop(store: Store) -> Shop:
    shop = Shop()
    store.offers = lambda: shop.offers
    return shop


@pytest.fixture
def watches(store: Store, shop: Shop) -> WatchRepository:
    return WatchRepository(store=store)


@pytest.fixture
def ledger(store: Store) -> LedgerRepository:
    return LedgerRepository(store=store)


def wish(offer_id: str = KAGGLE, owner: int = OWNER) -> NewReminder:
    return NewReminder(
        owner_id=owner,
        kind=ReminderKind.QUOTA,
        destination=Destination.dm(),
        origin=Origin(),
        locale="en-US",
        occurrences=(),
        offer_id=offer_id,
    )


async def watch(
    watches: WatchRepository, offer_id: str = KAGGLE, scope: Scope = Scope.ALL
) -> Reminder:
    return (await watches.watch(wish(offer_id), scope, limit=9)).reminder


async def coming(promises: ReminderRepository, which: ReminderId) -> list[Occurrence]:
    found = await promises.get(OWNER, which)
    assert found is not None
    return [each for each in found.occurrences if each.is_live]


async def next_of(
    promises: ReminderRepository, which: ReminderId
) -> tuple[datetime, Topic | None] | None:
    live = await coming(promises, which)
    assert len(live) <= 1
    return (live[0].due_at, live[0].topic) if live else None


async def claim(deliveries: DeliveryRepository, clock: FakeClock, *, at: datetime) -> Due:
    clock.instant = at
    (due,) = await deliveries.claim(worker="w", now=at, lease=LEASE, limit=9)
    assert await deliveries.begin(due, now=at, lease=LEASE, clear_doubt=False)
    return due


async def send(deliveries: DeliveryRepository, clock: FakeClock, *, at: datetime) -> Due:
    due = await claim(deliveries, clock, at=at)
    assert await deliveries.settle(due, now=at, message_id=1, channel_id=2)
    return due


async def log(ledger: LedgerRepository, hours: float, clock: FakeClock) -> None:
    now = clock.now()
    await ledger.log(OWNER, offer_id=KAGGLE, start=now - hours * HOUR, end=now, gpu=None)


async def test_each_message_plans_the_one_after_it(
    watches: WatchRepository,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    which = (await watch(watches)).id
    assert await next_of(promises, which) == (FRIDAY, Topic.EXPIRING)
    await send(deliveries, clock, at=FRIDAY)
    assert await next_of(promises, which) == (SATURDAY, Topic.RENEWED)
    await send(deliveries, clock, at=SATURDAY)
    assert await next_of(promises, which) == (FRIDAY + 7 * DAY, Topic.EXPIRING)


async def test_a_renewal_that_was_asked_for_is_over_once_it_is_told(
    watches: WatchRepository,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    which = (await watch(watches, scope=Scope.RESET)).id
    await send(deliveries, clock, at=SATURDAY)
    assert await next_of(promises, which) is None
    assert await promises.active(OWNER) == []
    again = await watch(watches, scope=Scope.RESET)
    assert again.id != which


async def test_two_presses_at_once_are_one_promise(
    watches: WatchRepository, promises: ReminderRepository
) -> None:
    one, other = await asyncio.gather(watch(watches), watch(watches))
    assert one.id == other.id
    assert len(await promises.active(OWNER)) == 1


async def test_a_watched_quota_counts_as_a_reminder_and_is_its_owners_alone(
    watches: WatchRepository, promises: ReminderRepository
) -> None:
    which = (await watch(watches, ZERO_GPU)).id
    with pytest.raises(TooMany):
        await watches.watch(wish(KAGGLE), Scope.ALL, limit=1)
    assert await watches.find(STRANGER, ZERO_GPU) is None
    assert await promises.cancel(STRANGER, which) is None
    assert await watches.find(OWNER, ZERO_GPU) == which


async def test_many_changes_of_the_ledger_at_once_leave_one_message_to_come(
    watches: WatchRepository,
    ledger: LedgerRepository,
    promises: ReminderRepository,
    clock: FakeClock,
) -> None:
    which = (await watch(watches)).id
    await asyncio.gather(*(log(ledger, 4, clock) for _ in range(7)))
    (live,) = await coming(promises, which)
    assert (live.due_at, live.topic) == (clock.now(), Topic.LOW)


async def test_what_is_on_its_way_is_left_though_the_ledger_changes(
    watches: WatchRepository,
    ledger: LedgerRepository,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    which = (await watch(watches)).id
    due = await claim(deliveries, clock, at=FRIDAY)
    await log(ledger, 29, clock)
    (live,) = await coming(promises, which)
    assert live.number == due.number
    assert await deliveries.settle(due, now=FRIDAY, message_id=1, channel_id=2)
    # Of what changed meanwhile it could not tell.
    assert await next_of(promises, which) == (FRIDAY, Topic.LOW)


async def test_what_waits_for_the_end_of_quiet_hours_is_left_too(
    watches: WatchRepository,
    ledger: LedgerRepository,
    promises: ReminderRepository,
    store: Store,
    clock: FakeClock,
) -> None:
    users = UserRepository(store=store)
    await users.set_zone(OWNER, "UTC")
    await users.set_quiet(OWNER, read_quiet("22:00-08:00"))
    which = (await watch(watches)).id
    assert await next_of(promises, which) == (FRIDAY + 8 * HOUR, Topic.EXPIRING)
    clock.instant = FRIDAY + HOUR
    await log(ledger, 1, clock)
    assert await next_of(promises, which) == (FRIDAY + 8 * HOUR, Topic.EXPIRING)


async def test_a_claim_knows_the_book_of_its_owner(
    watches: WatchRepository,
    ledger: LedgerRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    await watch(watches)
    await log(ledger, 3, clock)
    due = await claim(deliveries, clock, at=FRIDAY)
    assert due.topic is Topic.EXPIRING
    assert due.book is not None
    assert [each.end - each.start for each in due.book.entries[KAGGLE]] == [3 * HOUR]


async def test_a_quota_that_is_low_when_it_is_first_watched_is_no_news(
    watches: WatchRepository,
    ledger: LedgerRepository,
    promises: ReminderRepository,
    clock: FakeClock,
) -> None:
    await log(ledger, 28, clock)
    which = (await watch(watches)).id
    assert await next_of(promises, which) == (SATURDAY, Topic.RENEWED)


async def test_a_snooze_goes_on_telling_of_what_it_was_planned_for(
    watches: WatchRepository,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    which = (await watch(watches)).id
    due = await send(deliveries, clock, at=FRIDAY)
    await promises.snooze(OWNER, which, due.number, until=FRIDAY + HOUR, limit=9)
    again = await claim(deliveries, clock, at=FRIDAY + HOUR)
    assert (again.topic, again.planned_for, again.is_snooze) == (Topic.EXPIRING, FRIDAY, True)
    await deliveries.settle(again, now=clock.now(), message_id=1, channel_id=2)
    assert await next_of(promises, which) == (SATURDAY, Topic.RENEWED)


async def test_what_was_stopped_and_brought_back_goes_on_from_then(
    watches: WatchRepository, promises: ReminderRepository, clock: FakeClock
) -> None:
    which = (await watch(watches)).id
    await promises.cancel(OWNER, which)
    assert await next_of(promises, which) is None
    clock.instant = FRIDAY + HOUR
    await promises.undo_cancel(OWNER, which, limit=9)
    assert await next_of(promises, which) == (SATURDAY, Topic.RENEWED)


async def test_what_was_stopped_is_not_brought_back_beside_its_successor(
    watches: WatchRepository, promises: ReminderRepository
) -> None:
    first = (await watch(watches)).id
    await promises.cancel(OWNER, first)
    second = (await watch(watches)).id
    found = await promises.undo_cancel(OWNER, first, limit=9)
    assert found is not None
    assert found.watching is None
    assert [each.id for each in await promises.active(OWNER)] == [second]


async def test_a_changed_rule_is_told_once_though_two_processes_see_it(
    watches: WatchRepository,
    shop: Shop,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    which = (await watch(watches)).id
    shop.renew_on("sunday")
    assert sum(await asyncio.gather(watches.follow_rules(), watches.follow_rules())) == 1
    assert await next_of(promises, which) == (START, Topic.CHANGED)
    assert await watches.follow_rules() == 0
    await send(deliveries, clock, at=START)
    assert await next_of(promises, which) == (SATURDAY, Topic.EXPIRING)


async def test_a_changed_rule_does_not_take_the_place_of_what_is_on_its_way(
    watches: WatchRepository,
    shop: Shop,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    which = (await watch(watches)).id
    due = await claim(deliveries, clock, at=FRIDAY)
    shop.renew_on("sunday")
    assert await watches.follow_rules() == 1
    assert await deliveries.settle(due, now=FRIDAY, message_id=1, channel_id=2)
    assert await next_of(promises, which) == (FRIDAY, Topic.CHANGED)
    await send(deliveries, clock, at=FRIDAY)
    assert await next_of(promises, which) == (SATURDAY, Topic.EXPIRING)


async def test_what_is_not_watched_any_more_hears_of_no_change(
    watches: WatchRepository, shop: Shop, promises: ReminderRepository
) -> None:
    await promises.cancel(OWNER, (await watch(watches)).id)
    shop.renew_on("sunday")
    assert await watches.follow_rules() == 0


async def test_who_can_not_be_reached_for_long_is_not_told_for_ever(
    watches: WatchRepository,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    clock: FakeClock,
) -> None:
    which = (await watch(watches)).id
    for _ in range(MOST_FAILURES):
        (live,) = await coming(promises, which)
        due = await claim(deliveries, clock, at=live.due_at)
        assert await deliveries.give_up(due, now=clock.now(), reason="dm_closed")
    assert await promises.active(OWNER) == []


async def test_the_purge_leaves_a_watched_quota_that_was_quiet_for_long(
    watches: WatchRepository, promises: ReminderRepository, store: Store, clock: FakeClock
) -> None:
    kept = (await watch(watches, ZERO_GPU)).id
    gone = (await watch(watches, "modal-starter")).id
    await promises.cancel(OWNER, gone)
    clock.advance(90 * DAY)
    assert await Retention(store=store).purge(before=clock.now() - 30 * DAY) == 1
    assert await promises.get(OWNER, gone) is None
    assert [each.id for each in await promises.active(OWNER)] == [kept]
    assert await watches.find(OWNER, ZERO_GPU) == kept


async def test_the_purge_takes_what_was_told_long_ago_and_no_number_comes_again(
    watches: WatchRepository,
    promises: ReminderRepository,
    deliveries: DeliveryRepository,
    store: Store,
    clock: FakeClock,
) -> None:
    which = (await watch(watches)).id
    for _ in range(4):
        (live,) = await coming(promises, which)
        await send(deliveries, clock, at=live.due_at)
    (before,) = await coming(promises, which)
    await Retention(store=store).purge(before=clock.now() + DAY)
    assert await coming(promises, which) == [before]
