import asyncio
from datetime import timedelta

import pytest

from bot.reminders.errors import TooMany
from bot.reminders.models import OccurrenceState, Reminder, ReminderId
from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from tests.databases import FakeClock
from tests.store.promises import OWNER, STRANGER, custom, session

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LEASE = timedelta(seconds=30)


async def delivered(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> Reminder:
    """A session with warnings at 30 and 10 minutes, of which the first was delivered."""
    ends_at = clock.now() + 6 * HOUR
    stored = await promises.add(session(ends_at, 30 * MINUTE, 10 * MINUTE), limit=50)
    clock.advance(6 * HOUR - 30 * MINUTE)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    return stored


def coming(reminder: Reminder | None) -> list[int]:
    assert reminder is not None
    return [o.number for o in reminder.occurrences if o.state is OccurrenceState.PENDING]


async def test_a_snooze_adds_a_message_and_leaves_the_others(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await delivered(promises, deliveries, clock)
    until = clock.now() + 5 * MINUTE
    snoozed = await promises.snooze(OWNER, stored.id, 1, until=until, limit=50)
    assert coming(snoozed) == [2, 3]
    assert snoozed is not None
    assert snoozed.next_due_at == until
    clock.advance(5 * MINUTE)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    assert (due.number, due.reminder.ends_at) == (3, stored.ends_at)


async def test_the_later_of_two_snoozes_of_one_message_counts(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await delivered(promises, deliveries, clock)
    await promises.snooze(OWNER, stored.id, 1, until=clock.now() + 5 * MINUTE, limit=50)
    again = await promises.snooze(OWNER, stored.id, 1, until=clock.now() + HOUR, limit=50)
    assert coming(again) == [2, 4]


async def test_two_presses_at_once_leave_one_snooze(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await delivered(promises, deliveries, clock)
    until = clock.now() + 5 * MINUTE
    await asyncio.gather(
        *(promises.snooze(OWNER, stored.id, 1, until=until, limit=50) for _ in range(5))
    )
    assert len(coming(await promises.get(OWNER, stored.id))) == 2


async def test_undoing_a_cancel_brings_back_the_latest_snooze_alone(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await delivered(promises, deliveries, clock)
    await promises.snooze(OWNER, stored.id, 1, until=clock.now() + 5 * MINUTE, limit=50)
    await promises.snooze(OWNER, stored.id, 1, until=clock.now() + 6 * MINUTE, limit=50)
    await promises.cancel(OWNER, stored.id)
    assert coming(await promises.undo_cancel(OWNER, stored.id, limit=50)) == [2, 4]


async def test_what_was_cancelled_is_not_snoozed(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await delivered(promises, deliveries, clock)
    await promises.cancel(OWNER, stored.id)
    until = clock.now() + HOUR
    unchanged = await promises.snooze(OWNER, stored.id, 1, until=until, limit=50)
    assert coming(unchanged) == []


async def test_a_snooze_cannot_pass_the_limit(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    over = await promises.add(custom(clock.now() + MINUTE), limit=2)
    clock.advance(MINUTE)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    for _ in range(2):
        await promises.add(custom(clock.now() + HOUR), limit=2)
    with pytest.raises(TooMany):
        await promises.snooze(OWNER, over.id, 1, until=clock.now() + MINUTE, limit=2)


async def test_nobody_snoozes_what_is_somebody_elses_or_missing(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await delivered(promises, deliveries, clock)
    until = clock.now() + HOUR
    assert await promises.snooze(STRANGER, stored.id, 1, until=until, limit=50) is None
    assert await promises.snooze(OWNER, ReminderId(987), 1, until=until, limit=50) is None
    assert coming(await promises.get(OWNER, stored.id)) == [2]
