import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.reminders.errors import TooMany
from bot.reminders.models import Destination, OccurrenceState, ReminderId
from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from tests.databases import FakeClock
from tests.store.promises import CHANNEL, OWNER, STRANGER, custom, session

HOUR = timedelta(hours=1)
LEASE = timedelta(seconds=30)


async def test_a_session_comes_back_as_it_was_stored(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    ends_at = clock.now() + 6 * HOUR
    new = session(
        ends_at,
        timedelta(minutes=30),
        timedelta(minutes=10),
        destination=Destination.channel(CHANNEL),
    )
    stored = await promises.add(new, limit=50)
    assert await promises.get(OWNER, stored.id) == stored
    assert (stored.kind, stored.destination, stored.origin) == (
        new.kind,
        new.destination,
        new.origin,
    )
    assert (stored.offer_id, stored.ends_at, stored.zone) == ("kaggle-gpu", ends_at, new.zone)
    assert [(o.number, o.lead) for o in stored.occurrences] == [
        (1, timedelta(minutes=30)),
        (2, timedelta(minutes=10)),
    ]
    assert stored.next_due_at == ends_at - timedelta(minutes=30)


async def test_nobody_sees_or_cancels_what_is_somebody_elses(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    mine = await promises.add(custom(clock.now() + HOUR), limit=50)
    assert await promises.get(STRANGER, mine.id) is None
    assert await promises.active(STRANGER) == []
    assert await promises.cancel(STRANGER, mine.id) is None
    assert await promises.undo_cancel(STRANGER, mine.id, limit=50) is None
    assert await promises.get(OWNER, mine.id) == mine


async def test_a_missing_reminder_is_none(promises: ReminderRepository) -> None:
    assert await promises.get(OWNER, ReminderId(404)) is None
    assert await promises.cancel(OWNER, ReminderId(404)) is None


async def test_the_list_begins_with_what_comes_first(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    later = await promises.add(custom(clock.now() + 2 * HOUR), limit=50)
    sooner = await promises.add(custom(clock.now() + HOUR), limit=50)
    assert [reminder.id for reminder in await promises.active(OWNER)] == [sooner.id, later.id]


async def test_the_limit_holds_exactly_even_when_all_come_at_once(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    wishes = [promises.add(custom(clock.now() + HOUR), limit=5) for _ in range(12)]
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert sum(isinstance(answer, TooMany) for answer in answers) == 7
    assert len(await promises.active(OWNER)) == 5


async def test_owners_who_add_at_the_same_moment_are_each_held_to_their_own_limit(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    has_none, has_two, is_full, unlimited = (OWNER + number for number in range(4))
    for owner, has in ((has_two, 2), (is_full, 3), (unlimited, 4)):
        for _ in range(has):
            await promises.add(custom(clock.now() + HOUR, owner_id=owner), limit=50)
    limits = {has_none: 3, has_two: 3, is_full: 3, unlimited: 50}
    wishes = [owner for owner in limits for _ in range(4)]
    answers = await asyncio.gather(
        *(
            promises.add(custom(clock.now() + HOUR, owner_id=owner), limit=limits[owner])
            for owner in wishes
        ),
        return_exceptions=True,
    )
    granted = Counter(
        owner
        for owner, answer in zip(wishes, answers, strict=True)
        if not isinstance(answer, TooMany)
    )
    assert granted == {has_none: 3, has_two: 1, unlimited: 4}
    assert [len(await promises.active(owner)) for owner in limits] == [3, 3, 3, 8]


async def test_what_was_delivered_or_cancelled_no_longer_counts(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    sent = await promises.add(custom(clock.now()), limit=2)
    cancelled = await promises.add(custom(clock.now() + HOUR), limit=2)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    await promises.cancel(OWNER, cancelled.id)
    for _ in range(2):
        await promises.add(custom(clock.now() + HOUR), limit=2)
    with pytest.raises(TooMany):
        await promises.undo_cancel(OWNER, cancelled.id, limit=2)
    found = await promises.get(OWNER, sent.id)
    assert found is not None
    assert found.next_due_at is None


async def test_a_cancelled_reminder_leaves_the_list_and_is_never_claimed(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    reminder = await promises.add(custom(clock.now() + HOUR), limit=50)
    cancelled = await promises.cancel(OWNER, reminder.id)
    assert cancelled is not None
    assert cancelled.reminder.cancelled_at == clock.now()
    assert cancelled.in_flight == 0
    assert await promises.active(OWNER) == []
    later = clock.now() + 2 * HOUR
    assert await deliveries.claim(worker="w", now=later, lease=LEASE, limit=9) == []


async def test_undo_brings_back_only_what_is_still_to_come(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    ends_at = clock.now() + HOUR
    reminder = await promises.add(
        session(ends_at, timedelta(minutes=30), timedelta(minutes=10)), limit=50
    )
    await promises.cancel(OWNER, reminder.id)
    clock.advance(timedelta(minutes=40))
    back = await promises.undo_cancel(OWNER, reminder.id, limit=50)
    assert back is not None
    assert back.cancelled_at is None
    assert [o.state for o in back.occurrences] == [
        OccurrenceState.CANCELLED,
        OccurrenceState.PENDING,
    ]
    assert back.next_due_at == ends_at - timedelta(minutes=10)


async def test_undo_after_everything_passed_changes_nothing(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    reminder = await promises.add(custom(clock.now() + HOUR), limit=50)
    await promises.cancel(OWNER, reminder.id)
    clock.advance(2 * HOUR)
    back = await promises.undo_cancel(OWNER, reminder.id, limit=50)
    assert back is not None
    assert back.next_due_at is None
    assert back.cancelled_at is not None


async def test_cancel_wins_over_a_claim_whose_send_has_not_begun(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    reminder = await promises.add(custom(clock.now()), limit=50)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    cancelled = await promises.cancel(OWNER, reminder.id)
    assert cancelled is not None
    assert cancelled.in_flight == 0
    assert not await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)


async def test_cancel_comes_too_late_once_the_send_has_begun_and_says_so(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    reminder = await promises.add(custom(clock.now()), limit=50)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    assert await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    cancelled = await promises.cancel(OWNER, reminder.id)
    assert cancelled is not None
    assert cancelled.in_flight == 1
    assert await deliveries.settle(due, now=clock.now(), message_id=7, channel_id=8)
    found = await promises.get(OWNER, reminder.id)
    assert found is not None
    assert found.occurrences[0].state is OccurrenceState.SENT


async def test_what_was_cancelled_while_being_sent_is_never_tried_again(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    reminder = await promises.add(custom(clock.now()), limit=50)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await promises.cancel(OWNER, reminder.id)
    await deliveries.retry(due, at=clock.now(), certain=False, refusals=0)
    (again,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    assert not await deliveries.begin(again, now=clock.now(), lease=LEASE, clear_doubt=False)
    found = await promises.get(OWNER, reminder.id)
    assert found is not None
    assert found.occurrences[0].state is OccurrenceState.CANCELLED


async def test_failures_show_their_reason_for_a_while(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    reminder = await promises.add(custom(clock.now()), limit=50)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.give_up(due, now=clock.now(), reason="dm_closed")
    (failed,) = await promises.failed(OWNER, since=clock.now() - HOUR)
    assert (failed.id, failed.occurrences[0].reason) == (reminder.id, "dm_closed")
    assert await promises.failed(OWNER, since=clock.now() + HOUR) == []
    assert await promises.failed(STRANGER, since=clock.now() - HOUR) == []
