from datetime import datetime, timedelta

import pytest

from bot.reminders.errors import (
    AlreadyOver,
    LeadOutOfRange,
    NoteTooLong,
    NotFound,
    TooFar,
    TooMany,
    TooManyLeads,
    TooSoon,
)
from bot.reminders.models import Destination, Origin, ReminderId, ReminderKind
from bot.reminders.rules import PromiseRules
from bot.reminders.service import Promise, Reminders
from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from tests.databases import FakeClock
from tests.store.promises import CHANNEL, GUILD, OWNER, STRANGER

RULES = PromiseRules(per_user=3)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
MILLISECOND = timedelta(milliseconds=1)
HERE = Origin(guild_id=GUILD, channel_id=CHANNEL)


@pytest.fixture
def database_address(sqlite_url: str) -> str:
    return sqlite_url


class Desk:
    """The service as one user meets it."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.woken: list[datetime] = []
        self.clock = clock
        self.service = Reminders(
            shelf=ReminderRepository(store=store),
            clock=clock,
            wake=self.woken.append,
            rules=RULES,
        )

    async def custom(self, after: timedelta, note: str = "tea") -> Promise:
        return await self.service.create_custom(
            OWNER,
            at=self.clock.now() + after,
            note=note,
            destination=Destination.dm(),
            origin=HERE,
            locale="en-US",
        )

    async def session(self, left: timedelta, leads: list[timedelta] | None = None) -> Promise:
        return await self.service.create_session(
            OWNER,
            ends_at=self.clock.now() + left,
            leads=leads,
            destination=Destination.dm(),
            origin=HERE,
            locale="en-US",
        )


@pytest.fixture
def desk(store: Store, clock: FakeClock) -> Desk:
    return Desk(store, clock)


async def test_a_promise_is_stored_before_it_is_confirmed_and_wakes_the_ticker(desk: Desk) -> None:
    promise = await desk.custom(HOUR)
    assert promise.reminder.kind is ReminderKind.CUSTOM
    assert await desk.service.get(OWNER, promise.reminder.id) == promise.reminder
    assert desk.woken == [desk.clock.now() + HOUR]


async def test_a_session_warns_half_an_hour_and_ten_minutes_before_its_end(desk: Desk) -> None:
    promise = await desk.session(6 * HOUR)
    ends_at = desk.clock.now() + 6 * HOUR
    assert [warning.due_at for warning in promise.warnings] == [
        ends_at - 30 * MINUTE,
        ends_at - 10 * MINUTE,
    ]
    assert [o.due_at for o in promise.reminder.occurrences] == [
        warning.due_at for warning in promise.warnings
    ]
    assert desk.woken == [ends_at - 30 * MINUTE]


async def test_the_confirmation_can_tell_which_leads_were_shortened(desk: Desk) -> None:
    promise = await desk.session(5 * MINUTE)
    (warning,) = promise.warnings
    assert (warning.lead, warning.shortened) == (MINUTE, (30 * MINUTE, 10 * MINUTE))


@pytest.mark.parametrize("after", [10 * SECOND, timedelta(days=366)])
async def test_the_bounds_themselves_are_fine(desk: Desk, after: timedelta) -> None:
    await desk.custom(after)
    await desk.session(after)


@pytest.mark.parametrize(
    ("after", "error"),
    [
        (10 * SECOND - MILLISECOND, TooSoon),
        (-HOUR, TooSoon),
        (timedelta(days=366) + MILLISECOND, TooFar),
    ],
)
async def test_beyond_the_bounds_nothing_is_stored(
    desk: Desk, after: timedelta, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await desk.custom(after)
    with pytest.raises(error):
        await desk.session(after)
    assert await desk.service.active(OWNER) == []
    assert desk.woken == []


async def test_bounds_count_from_the_instant_that_the_wish_counted_from(
    desk: Desk, clock: FakeClock
) -> None:
    asked_at = clock.now()
    clock.advance(SECOND)
    await desk.service.create_custom(
        OWNER,
        at=asked_at + 10 * SECOND,
        note="tea",
        destination=Destination.dm(),
        origin=HERE,
        locale="en-US",
        asked_at=asked_at,
    )


async def test_notes_and_leads_have_limits(desk: Desk) -> None:
    await desk.custom(HOUR, "x" * RULES.note_length)
    with pytest.raises(NoteTooLong):
        await desk.custom(HOUR, "x" * (RULES.note_length + 1))
    with pytest.raises(TooManyLeads):
        await desk.session(HOUR, [number * MINUTE for number in range(6)])
    for lead in (-SECOND, RULES.longest_lead + SECOND):
        with pytest.raises(LeadOutOfRange):
            await desk.session(HOUR, [lead])


async def test_the_limit_per_user_is_exact(desk: Desk) -> None:
    for _ in range(RULES.per_user):
        await desk.custom(HOUR)
    with pytest.raises(TooMany) as refused:
        await desk.custom(HOUR)
    assert refused.value.limit == RULES.per_user
    assert len(await desk.service.active(OWNER)) == RULES.per_user


async def test_somebody_elses_reminder_and_a_missing_one_are_the_same(desk: Desk) -> None:
    mine = (await desk.custom(HOUR)).reminder.id
    for owner, reminder in ((STRANGER, mine), (OWNER, ReminderId(404))):
        for action in (desk.service.get, desk.service.cancel, desk.service.undo_cancel):
            with pytest.raises(NotFound) as refused:
                await action(owner, reminder)
            assert str(refused.value) == ""
    assert (await desk.service.get(OWNER, mine)).cancelled_at is None


async def test_cancel_and_undo_may_be_pressed_twice(desk: Desk) -> None:
    reminder = (await desk.custom(HOUR)).reminder.id
    for _ in range(2):
        cancelled = await desk.service.cancel(OWNER, reminder)
        assert cancelled.reminder.cancelled_at is not None
    desk.woken.clear()
    await desk.service.undo_cancel(OWNER, reminder)
    back = await desk.service.undo_cancel(OWNER, reminder)
    assert back.cancelled_at is None
    assert desk.woken[0] == back.next_due_at


async def test_what_was_delivered_can_no_longer_be_cancelled(
    desk: Desk, store: Store, clock: FakeClock
) -> None:
    reminder = (await desk.custom(MINUTE)).reminder.id
    clock.advance(MINUTE)
    deliveries = DeliveryRepository(store=store)
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=MINUTE, limit=1)
    await deliveries.settle(due, now=clock.now(), message_id=1, channel_id=2)
    with pytest.raises(AlreadyOver):
        await desk.service.cancel(OWNER, reminder)


async def test_undo_after_it_would_have_come_says_that_it_is_over(
    desk: Desk, clock: FakeClock
) -> None:
    reminder = (await desk.custom(HOUR)).reminder.id
    await desk.service.cancel(OWNER, reminder)
    clock.advance(HOUR)
    with pytest.raises(AlreadyOver):
        await desk.service.undo_cancel(OWNER, reminder)
