import asyncio
from datetime import timedelta

import pytest

from bot.reminders.errors import ChangedMeanwhile, TooMany
from bot.reminders.models import OccurrenceState, PlannedOccurrence, ReminderId
from bot.reminders.ports import Cancelled, Revision
from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from tests.databases import FakeClock
from tests.store.promises import OWNER, STRANGER, custom, session

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LEASE = timedelta(seconds=30)


def revision(*occurrences: PlannedOccurrence, note: str = "new", based_on: int = 0) -> Revision:
    return Revision(
        based_on=based_on,
        note=note,
        ends_at=None,
        zone=None,
        recurrence=None,
        occurrences=occurrences or None,
    )


async def test_of_edits_on_the_same_revision_one_counts(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    stored = await promises.add(custom(clock.now() + HOUR), limit=50)

    async def edit(note: str) -> Cancelled | ChangedMeanwhile | None:
        planned = PlannedOccurrence(due_at=clock.now() + 2 * HOUR)
        try:
            return await promises.revise(OWNER, stored.id, revision(planned, note=note), limit=50)
        except ChangedMeanwhile as refused:
            return refused

    answers = await asyncio.gather(*(edit(str(number)) for number in range(6)))
    assert sum(isinstance(each, Cancelled) for each in answers) == 1
    found = await promises.get(OWNER, stored.id)
    assert found is not None
    assert found.revision == 1
    assert [each.due_at for each in found.occurrences if each.is_live] == [clock.now() + 2 * HOUR]


async def test_a_claimed_message_whose_send_has_not_begun_is_edited_away(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(custom(clock.now()), limit=50)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    later = PlannedOccurrence(due_at=clock.now() + HOUR)
    edited = await promises.revise(OWNER, stored.id, revision(later), limit=50)
    assert edited is not None
    assert edited.in_flight == 0
    assert not await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)


async def test_an_edit_of_what_is_over_takes_a_place_among_the_active_ones(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    over = await promises.add(custom(clock.now()), limit=1)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    await promises.add(custom(clock.now() + HOUR), limit=1)
    again = revision(PlannedOccurrence(due_at=clock.now() + HOUR))
    with pytest.raises(TooMany):
        await promises.revise(OWNER, over.id, again, limit=1)
    assert await promises.revise(OWNER, over.id, again, limit=2) is not None


async def test_a_new_end_of_a_session_leaves_the_snooze_of_a_warning(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    stored = await promises.add(session(clock.now() + 6 * HOUR, 30 * MINUTE), limit=50)
    await promises.snooze(OWNER, stored.id, 1, until=clock.now() + MINUTE, limit=50)
    later = PlannedOccurrence(due_at=clock.now() + 7 * HOUR, lead=30 * MINUTE)
    edited = await promises.revise(OWNER, stored.id, revision(later), limit=50)
    assert edited is not None
    assert [each.due_at for each in edited.reminder.occurrences if each.is_live] == [
        clock.now() + MINUTE,
        clock.now() + 7 * HOUR,
    ]


async def test_nobody_edits_what_is_somebody_elses_or_cancelled(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    stored = await promises.add(custom(clock.now() + HOUR), limit=50)
    assert await promises.revise(STRANGER, stored.id, revision(), limit=50) is None
    assert await promises.revise(OWNER, ReminderId(987), revision(), limit=50) is None
    await promises.cancel(OWNER, stored.id)
    unchanged = await promises.revise(OWNER, stored.id, revision(), limit=50)
    assert unchanged is not None
    assert (unchanged.reminder.note, unchanged.reminder.revision) == (stored.note, 0)


async def test_all_up_to_an_id_are_cancelled_and_nobody_elses(
    promises: ReminderRepository, clock: FakeClock
) -> None:
    mine = [await promises.add(custom(clock.now() + HOUR), limit=50) for _ in range(3)]
    theirs = await promises.add(custom(clock.now() + HOUR, owner_id=STRANGER), limit=50)
    later = await promises.add(custom(clock.now() + HOUR), limit=50)
    counts = await asyncio.gather(
        *(promises.cancel_all(OWNER, latest=mine[-1].id) for _ in range(3))
    )
    assert sorted(counts) == [0, 0, 3]
    assert [each.id for each in await promises.active(OWNER)] == [later.id]
    assert [each.id for each in await promises.active(STRANGER)] == [theirs.id]
    first = await promises.get(OWNER, mine[0].id)
    assert first is not None
    assert first.occurrences[0].state is OccurrenceState.CANCELLED
