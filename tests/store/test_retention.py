from datetime import timedelta

from bot.chores import KEPT_FOR
from bot.reminders.models import Reminder
from bot.store.deliveries import DeliveryRepository
from bot.store.privacy import PrivacyRepository
from bot.store.reminders import ReminderRepository
from bot.store.retention import Retention
from bot.store.store import Store
from tests.databases import FakeClock
from tests.store.promises import CHANNEL, OWNER, STRANGER, custom, session

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEASE = timedelta(seconds=30)


async def deliver_all(store: Store, clock: FakeClock) -> None:
    deliveries = DeliveryRepository(store=store)
    for due in await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9):
        await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
        await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)


async def kept(promises: ReminderRepository, *stored: Reminder) -> list[bool]:
    return [await promises.get(OWNER, each.id) is not None for each in stored]


async def test_only_what_is_over_for_long_is_deleted(
    store: Store, promises: ReminderRepository, clock: FakeClock
) -> None:
    sent = await promises.add(custom(clock.now()), limit=50)
    cancelled = await promises.add(custom(clock.now() + 90 * DAY), limit=50)
    half_sent = await promises.add(session(clock.now() + 90 * DAY, 90 * DAY, HOUR), limit=50)
    pending = await promises.add(custom(clock.now() + 90 * DAY), limit=50)
    await deliver_all(store, clock)
    await promises.cancel(OWNER, cancelled.id)
    clock.advance(31 * DAY)
    recent = await promises.add(custom(clock.now()), limit=50)
    await deliver_all(store, clock)

    assert await Retention(store=store).purge(before=clock.now() - 30 * DAY) == 2
    found = await kept(promises, sent, cancelled, half_sent, pending, recent)
    assert found == [False, False, True, True, True]
    assert await Retention(store=store).purge(before=clock.now() - 30 * DAY) == 0


async def test_an_id_is_never_used_again(
    store: Store, promises: ReminderRepository, clock: FakeClock
) -> None:
    first = await promises.add(custom(clock.now()), limit=50)
    await promises.cancel(OWNER, first.id)
    clock.advance(DAY)
    await Retention(store=store).purge(before=clock.now())
    second = await promises.add(custom(clock.now() + DAY), limit=50)
    assert second.id > first.id


async def test_a_reminder_stays_for_thirty_days_to_the_millisecond(
    store: Store, promises: ReminderRepository, clock: FakeClock
) -> None:
    over = await promises.add(custom(clock.now()), limit=50)
    await deliver_all(store, clock)
    clock.advance(KEPT_FOR)
    assert await Retention(store=store).purge(before=clock.now() - KEPT_FOR) == 0
    assert await kept(promises, over) == [True]
    clock.advance(timedelta(milliseconds=1))
    assert await Retention(store=store).purge(before=clock.now() - KEPT_FOR) == 1
    assert await kept(promises, over) == [False]
    assert timedelta(days=30) == KEPT_FOR


async def test_the_latest_message_of_a_reminder_counts(
    store: Store, promises: ReminderRepository, clock: FakeClock
) -> None:
    both = await promises.add(session(clock.now() + 20 * DAY, 20 * DAY, HOUR), limit=50)
    await deliver_all(store, clock)
    clock.advance(20 * DAY)
    await deliver_all(store, clock)
    clock.advance(29 * DAY)
    assert await Retention(store=store).purge(before=clock.now() - KEPT_FOR) == 0
    assert await kept(promises, both) == [True]


async def test_the_channel_of_direct_messages_goes_with_the_last_reminder(
    store: Store, promises: ReminderRepository, clock: FakeClock
) -> None:
    deliveries = DeliveryRepository(store=store)
    for user in (OWNER, STRANGER):
        await promises.add(custom(clock.now(), owner_id=user), limit=50)
        await deliveries.keep_dm_channel(user, CHANNEL)
    await deliver_all(store, clock)
    clock.advance(31 * DAY)
    await promises.add(custom(clock.now() + DAY, owner_id=STRANGER), limit=50)
    assert await Retention(store=store).purge(before=clock.now() - KEPT_FOR) == 2
    privacy = PrivacyRepository(store=store)
    assert (await privacy.export(OWNER))["dm_channels"] == []
    assert len((await privacy.export(STRANGER))["dm_channels"]) == 1
