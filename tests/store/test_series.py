import asyncio
from datetime import datetime, time, timedelta

from bot.reminders.errors import TooMany
from bot.reminders.models import Due, NewReminder, OccurrenceState, Reminder, ReminderId
from bot.reminders.notice import missed
from bot.reminders.ports import Revision
from bot.reminders.rules import MOST_FAILURES
from bot.store.deliveries import DeliveryRepository
from bot.store.privacy import PrivacyRepository
from bot.store.reminders import ReminderRepository
from bot.store.retention import Retention
from bot.store.store import Store
from bot.store.users import UserRepository
from bot.when.recurrence import ALL_DAYS, EachLength, OnDays, Recurrence
from tests.databases import START, FakeClock
from tests.store.promises import OWNER, STRANGER, custom

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEASE = timedelta(seconds=30)


def hourly(first: datetime, *, until: datetime | None = None) -> NewReminder:
    recurrence = Recurrence(rule=EachLength(HOUR, first), zone="UTC", until=until)
    return repeating(first, recurrence)


def repeating(first: datetime, recurrence: Recurrence) -> NewReminder:
    base = custom(first)
    return NewReminder(
        owner_id=base.owner_id,
        kind=base.kind,
        destination=base.destination,
        origin=base.origin,
        locale=base.locale,
        occurrences=base.occurrences,
        note=base.note,
        zone=recurrence.zone,
        recurrence=recurrence,
    )


async def claimed(deliveries: DeliveryRepository, clock: FakeClock, worker: str = "w") -> Due:
    (due,) = await deliveries.claim(worker=worker, now=clock.now(), lease=LEASE, limit=9)
    return due


async def sent(deliveries: DeliveryRepository, clock: FakeClock) -> Due:
    due = await claimed(deliveries, clock)
    assert await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    assert await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    return due


async def coming(promises: ReminderRepository, reminder: ReminderId) -> list[datetime]:
    found = await promises.get(OWNER, reminder)
    assert found is not None
    return [each.due_at for each in found.occurrences if each.is_live]


async def test_each_message_that_is_sent_plans_the_next_one(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START + HOUR), limit=50)
    for number in range(1, 5):
        assert await coming(promises, stored.id) == [START + number * HOUR]
        clock.advance(START + number * HOUR - clock.now())
        due = await sent(deliveries, clock)
        assert (due.number, missed(due, now=clock.now())) == (number, 0)


async def test_what_came_due_while_nobody_delivered_is_one_message_that_counts_it(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START + HOUR), limit=50)
    clock.advance(3 * DAY)
    due = await sent(deliveries, clock)
    assert missed(due, now=clock.now()) == 71
    assert await coming(promises, stored.id) == [START + 3 * DAY + HOUR]


async def test_what_comes_due_between_a_doubtful_try_and_its_answer_is_still_owed(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START + HOUR), limit=50)
    clock.advance(2 * HOUR - MINUTE)
    due = await claimed(deliveries, clock)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.retry(due, at=clock.now(), certain=False, refusals=0)
    clock.advance(2 * MINUTE)  # over the next one
    again = await sent(deliveries, clock)
    assert missed(again, now=clock.now()) == 0
    assert await coming(promises, stored.id) == [START + 2 * HOUR]


async def test_a_worker_that_lost_its_claim_plans_nothing(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START), limit=50)
    slow = await claimed(deliveries, clock, "slow")
    clock.advance(LEASE + MINUTE)
    quick = await claimed(deliveries, clock, "quick")
    await deliveries.begin(quick, now=clock.now(), lease=LEASE, clear_doubt=False)
    answers = await asyncio.gather(
        *(
            deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
            for due in (slow, quick, slow, quick)
        )
    )
    assert sorted(answers) == [False, False, False, True]
    assert await coming(promises, stored.id) == [START + HOUR]


async def test_one_that_its_owner_erased_while_it_was_sent_is_nobodys(
    store: Store, promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START), limit=50)
    due = await claimed(deliveries, clock)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await PrivacyRepository(store=store).erase(OWNER)
    assert not await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    assert await promises.get(OWNER, stored.id) is None


async def test_a_series_ends_with_its_last_instant(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START, until=START + HOUR), limit=50)
    await sent(deliveries, clock)
    assert await coming(promises, stored.id) == [START + HOUR]
    clock.advance(HOUR)
    await sent(deliveries, clock)
    found = await promises.get(OWNER, stored.id)
    assert found is not None
    assert found.next is None
    assert await promises.active(OWNER) == []


async def test_one_that_no_target_took_does_not_end_it_but_several_in_a_row_do(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START), limit=50)
    await sent(deliveries, clock)
    for number in range(1, MOST_FAILURES + 1):
        clock.advance(HOUR)
        due = await claimed(deliveries, clock)
        await deliveries.give_up(due, now=clock.now(), reason="dm_closed")
        goes_on = number < MOST_FAILURES
        assert bool(await coming(promises, stored.id)) is goes_on
    (failed,) = await promises.failed(OWNER, since=START)
    dead = [each for each in failed.occurrences if each.state is OccurrenceState.DEAD]
    assert len(dead) == MOST_FAILURES


async def test_a_snooze_is_a_message_beside_the_series(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START), limit=50)
    due = await sent(deliveries, clock)
    until = clock.now() + 10 * MINUTE
    await promises.snooze(OWNER, stored.id, due.number, until=until, limit=50)
    assert sorted(await coming(promises, stored.id)) == [until, START + HOUR]
    clock.advance(10 * MINUTE)
    snoozed = await sent(deliveries, clock)
    assert (snoozed.is_snooze, missed(snoozed, now=START + 9 * HOUR)) == (True, 0)
    assert await coming(promises, stored.id) == [START + HOUR]


async def test_cancelled_while_it_was_being_sent_it_goes_on_no_more_until_that_is_undone(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START), limit=50)
    due = await claimed(deliveries, clock)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    cancelled = await promises.cancel(OWNER, stored.id)
    assert cancelled is not None
    assert cancelled.in_flight == 1
    await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    assert await coming(promises, stored.id) == []
    clock.advance(90 * MINUTE)
    back = await promises.undo_cancel(OWNER, stored.id, limit=50)
    assert back is not None
    assert back.cancelled_at is None
    assert await coming(promises, stored.id) == [START + 2 * HOUR]


async def test_undo_brings_back_what_was_planned_and_only_that(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START + HOUR), limit=50)
    await promises.cancel(OWNER, stored.id)
    await promises.undo_cancel(OWNER, stored.id, limit=50)
    assert await coming(promises, stored.id) == [START + HOUR]


async def test_a_series_that_was_edited_on_its_way_has_one_next_message(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START), limit=50)
    due = await claimed(deliveries, clock)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    later = custom(START + 5 * HOUR).occurrences
    edit = Revision(
        based_on=0,
        note="new",
        ends_at=None,
        zone="UTC",
        recurrence=stored.recurrence,
        occurrences=later,
    )
    edited = await promises.revise(OWNER, stored.id, edit, limit=50)
    assert edited is not None
    assert edited.in_flight == 1
    await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    assert await coming(promises, stored.id) == [START + 5 * HOUR]


async def test_the_next_one_falls_out_of_the_quiet_hours_and_the_clock_stays(
    store: Store, promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    users = UserRepository(store=store)
    await users.set_zone(OWNER, "Europe/Berlin")
    await users.set_quiet(OWNER, (time(9, 30), time(11)))  # 8:30 to 10:00 UTC
    recurrence = Recurrence(rule=OnDays(ALL_DAYS, time(10)), zone="Europe/Berlin")
    stored = await promises.add(repeating(START, recurrence), limit=50)
    for _ in range(3):
        await sent(deliveries, clock)
        clock.advance(DAY)
        found = await promises.get(OWNER, stored.id)
        assert found is not None
        assert found.next is not None
        quiet_ends = clock.now().replace(hour=10, minute=0)
        assert (found.next.planned_for, found.next.due_at) == (
            quiet_ends - HOUR,
            quiet_ends,
        )
        clock.advance(quiet_ends - clock.now())


async def test_quiet_hours_gather_an_hourly_series_in_one_message(
    store: Store, promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    users = UserRepository(store=store)
    await users.set_zone(OWNER, "UTC")
    await users.set_quiet(OWNER, (time(23), time(8)))
    stored = await promises.add(hourly(START + 13 * HOUR), limit=50)  # 22:00
    clock.advance(13 * HOUR)
    await sent(deliveries, clock)
    assert await coming(promises, stored.id) == [START + 23 * HOUR]  # 8:00
    clock.advance(10 * HOUR)
    due = await sent(deliveries, clock)
    assert missed(due, now=clock.now()) == 9  # 23:00 stands for 0:00 to 8:00 too
    assert await coming(promises, stored.id) == [START + 24 * HOUR]


async def test_new_quiet_hours_move_what_is_to_come_and_none_move_it_back(
    store: Store, promises: ReminderRepository, clock: FakeClock
) -> None:
    users = UserRepository(store=store)
    await users.set_zone(OWNER, "UTC")
    night = await promises.add(custom(START + 15 * HOUR), limit=50)  # midnight
    strangers = await promises.add(custom(START + 15 * HOUR, owner_id=STRANGER), limit=50)
    await users.set_quiet(OWNER, (time(23), time(8)))
    assert await coming(promises, night.id) == [START + 23 * HOUR]
    await users.set_zone(OWNER, "Asia/Shanghai")  # 23:00 is 15:00 UTC
    assert await coming(promises, night.id) == [START + 15 * HOUR]
    await users.set_zone(OWNER, "UTC")
    await users.set_quiet(OWNER, None)
    assert await coming(promises, night.id) == [START + 15 * HOUR]
    other = await promises.get(STRANGER, strangers.id)
    assert other is not None
    assert other.next_due_at == START + 15 * HOUR


async def test_a_snooze_keeps_its_instant_in_quiet_hours(
    store: Store, promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(custom(START), limit=50)
    await sent(deliveries, clock)
    await promises.snooze(OWNER, stored.id, 1, until=START + 15 * HOUR, limit=50)
    users = UserRepository(store=store)
    await users.set_zone(OWNER, "UTC")
    await users.set_quiet(OWNER, (time(23), time(8)))
    assert await coming(promises, stored.id) == [START + 15 * HOUR]


async def test_old_messages_of_a_series_are_purged_and_its_numbers_go_on(
    store: Store, promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(hourly(START), limit=50)
    for _ in range(3):
        await sent(deliveries, clock)
        clock.advance(HOUR)
    await Retention(store=store).purge(before=clock.now() + DAY)
    due = await sent(deliveries, clock)
    assert due.number == 4
    assert len(await coming(promises, stored.id)) == 1


async def test_two_processes_at_once_never_pass_the_limit(
    store: Store, database_address: str, promises: ReminderRepository, clock: FakeClock
) -> None:
    other = await Store.open(database_address, clock=clock)
    elsewhere = ReminderRepository(store=other)

    async def add(shelf: ReminderRepository) -> Reminder | TooMany:
        try:
            return await shelf.add(custom(START + HOUR), limit=5)
        except TooMany as refused:
            return refused

    answers = await asyncio.gather(
        *(add(shelf) for _ in range(10) for shelf in (promises, elsewhere))
    )
    assert sum(isinstance(each, Reminder) for each in answers) == 5
    assert len(await promises.active(OWNER)) == 5
    await other.close()
