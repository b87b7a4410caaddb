import asyncio
from collections import deque
from collections.abc import Coroutine
from datetime import timedelta

import pytest

from bot.reminders.deliver import DeliveryState
from bot.reminders.models import (
    ChannelPolicy,
    Destination,
    Due,
    Occurrence,
    OccurrenceState,
    Reminder,
)
from bot.reminders.outcome import Refused, Unauthorised, Vanished
from bot.reminders.rules import DeliveryRules
from bot.reminders.targets import Target
from bot.store.deliveries import DeliveryRepository
from bot.store.guilds import GuildRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from tests.databases import FakeClock
from tests.reminders.simulated import (
    NONCE_WINDOW,
    RULES,
    BeforeSend,
    Fault,
    ProcessDied,
    SimulatedDiscord,
    deliver,
    worker,
)
from tests.store.promises import CHANNEL, GUILD, OWNER, custom, session

MINUTE = timedelta(minutes=1)
DM = OWNER + 10**18


@pytest.fixture
def database_address(sqlite_url: str) -> str:
    """The store's own tests show that both databases behave alike."""
    return sqlite_url


@pytest.fixture
def promises(store: Store) -> ReminderRepository:
    return ReminderRepository(store=store)


@pytest.fixture
def discord(clock: FakeClock) -> SimulatedDiscord:
    return SimulatedDiscord(clock)


async def first_occurrence(promises: ReminderRepository, reminder: Reminder) -> Occurrence:
    found = await promises.get(OWNER, reminder.id)
    assert found is not None
    return found.occurrences[0]


async def due_now(promises: ReminderRepository, clock: FakeClock) -> Reminder:
    return await promises.add(custom(clock.now(), note="secret plan"), limit=1000)


async def test_what_is_due_arrives_once_and_on_time(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    reminder = await due_now(promises, clock)
    for _ in range(3):
        await deliver(worker(store, discord))
        clock.advance(MINUTE)
    (message,) = discord.messages
    assert (message.channel_id, message.notice.note, message.notice.late_by) == (
        DM,
        "secret plan",
        None,
    )
    assert (await first_occurrence(promises, reminder)).state is OccurrenceState.SENT


@pytest.mark.parametrize(
    "fault", [Fault.ERROR_BEFORE, Fault.ERROR_AFTER, Fault.RATE_LIMIT, Fault.HANG]
)
async def test_after_an_unclear_answer_it_is_tried_again_and_arrives_once(
    fault: Fault,
    store: Store,
    promises: ReminderRepository,
    discord: SimulatedDiscord,
    clock: FakeClock,
) -> None:
    reminder = await due_now(promises, clock)
    discord.faults = deque([fault])
    deliverer = worker(store, discord)
    await deliver(deliverer)
    assert (await first_occurrence(promises, reminder)).state is OccurrenceState.PENDING
    clock.advance(10 * timedelta(seconds=1))
    await deliver(deliverer)
    assert len(discord.messages) == 1
    assert (await first_occurrence(promises, reminder)).state is OccurrenceState.SENT


async def test_a_message_that_somebody_deleted_meanwhile_counts_as_delivered(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    reminder = await due_now(promises, clock)
    discord.refusals[None] = Vanished()
    await deliver(worker(store, discord))
    assert (await first_occurrence(promises, reminder)).state is OccurrenceState.SENT


async def test_closed_dms_move_it_to_the_channel_where_it_was_made_without_the_note(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    await due_now(promises, clock)
    discord.refusals[None] = Refused("dm_closed")
    deliverer = worker(store, discord)
    await deliver(deliverer)
    await deliver(deliverer)
    (message,) = discord.messages
    notice = message.notice
    assert message.channel_id == CHANNEL
    assert (notice.note, notice.offer_id, notice.note_hidden) == (None, None, True)
    assert notice.moved_because == "dm_closed"


async def test_a_channel_that_is_gone_moves_it_to_the_dm_with_note_and_reason(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    await promises.add(
        session(clock.now() + MINUTE, MINUTE, destination=Destination.channel(CHANNEL)), limit=9
    )
    discord.refusals[CHANNEL] = Refused("no_access", final=False)
    deliverer = worker(store, discord)
    for _ in range(RULES.refusals + 1):
        await deliver(deliverer)
        clock.advance(timedelta(seconds=3))
    (message,) = discord.messages
    assert (message.channel_id, message.notice.moved_because) == (DM, "no_access")
    assert message.notice.offer_id == "kaggle-gpu"


async def test_when_all_refuse_the_reason_is_kept_and_nobody_is_asked_again(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    reminder = await due_now(promises, clock)
    discord.refusals = {None: Refused("dm_closed"), CHANNEL: Refused("channel_gone")}
    for _ in range(9):
        await deliver(worker(store, discord))
        clock.advance(MINUTE)
    occurrence = await first_occurrence(promises, reminder)
    assert (occurrence.state, occurrence.reason) == (OccurrenceState.DEAD, "channel_gone")
    assert [target.channel_id for target in discord.asked] == [None, CHANNEL]


@pytest.mark.parametrize("policy", [ChannelPolicy.OFF, ChannelPolicy.LISTED])
async def test_a_server_that_forbids_it_is_not_even_asked(
    policy: ChannelPolicy,
    store: Store,
    promises: ReminderRepository,
    discord: SimulatedDiscord,
    clock: FakeClock,
) -> None:
    await promises.add(
        session(clock.now() + MINUTE, MINUTE, destination=Destination.channel(CHANNEL)), limit=9
    )
    await GuildRepository(store=store).set_policy(GUILD, policy, [CHANNEL + 99])
    deliverer = worker(store, discord)
    await deliver(deliverer)
    await deliver(deliverer)
    (message,) = discord.messages
    assert (message.channel_id, message.notice.moved_because) == (DM, "server_policy")


async def test_a_thread_follows_the_policy_of_its_channel(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    new = session(clock.now() + MINUTE, MINUTE, destination=Destination.channel(CHANNEL))
    await promises.add(new, limit=9)
    assert new.origin.parent_id is not None
    await GuildRepository(store=store).set_policy(
        GUILD, ChannelPolicy.LISTED, [new.origin.parent_id]
    )
    await deliver(worker(store, discord))
    assert [message.channel_id for message in discord.messages] == [CHANNEL]


async def test_a_wrong_token_stops_delivery_loudly_and_loses_nothing(
    store: Store,
    promises: ReminderRepository,
    discord: SimulatedDiscord,
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for _ in range(5):
        await due_now(promises, clock)
    discord.refusals[None] = Unauthorised()
    deliverer = worker(store, discord)
    for _ in range(5):
        await deliver(deliverer)
        clock.advance(MINUTE)
    assert deliverer.state is DeliveryState.UNAUTHORISED
    assert len(discord.asked) == 1
    assert [record.levelname for record in caplog.records].count("CRITICAL") == 1
    await deliverer.stop()
    discord.refusals.clear()
    await deliver(worker(store, discord, name="with the right token"))
    assert len(discord.messages) == 5


async def test_down_for_three_days_means_late_and_says_so(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    await promises.add(session(clock.now() + 10 * MINUTE, 10 * MINUTE), limit=9)
    clock.advance(timedelta(days=3))
    await deliver(worker(store, discord))
    (message,) = discord.messages
    assert message.notice.late_by == timedelta(days=3)
    assert (message.notice.session_over, message.notice.time_left) == (True, None)


async def test_a_little_late_tells_what_is_left(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    await promises.add(session(clock.now() + 30 * MINUTE, 30 * MINUTE), limit=9)
    clock.advance(12 * MINUTE)
    await deliver(worker(store, discord))
    (message,) = discord.messages
    assert (message.notice.late_by, message.notice.time_left) == (12 * MINUTE, 18 * MINUTE)
    assert not message.notice.session_over


@pytest.mark.parametrize("step", ["claimed", "begun", "answered", "marked"])
async def test_a_process_that_dies_at_any_step_neither_loses_nor_doubles(
    step: str,
    store: Store,
    promises: ReminderRepository,
    discord: SimulatedDiscord,
    clock: FakeClock,
) -> None:
    await due_now(promises, clock)

    def die(at: str) -> None:
        if at == step:
            raise ProcessDied

    dying = worker(store, discord, name="dying", trace=die)
    await ignoring_death(dying.deliver_due())
    await ignoring_death(dying.idle())
    clock.advance(RULES.lease)
    await deliver(worker(store, discord, name="heir"))
    assert len(discord.messages) == 1


async def ignoring_death(work: Coroutine[object, object, object]) -> None:
    task = asyncio.create_task(work)
    await asyncio.wait([task])
    task.exception()


def gated(begun: asyncio.Event, gate: asyncio.Event) -> BeforeSend:
    """Say that a send began, and hold it until the gate opens."""

    async def hold(_due: Due, _target: Target) -> None:
        begun.set()
        await gate.wait()

    return hold


async def in_doubt(store: Store, discord: SimulatedDiscord, clock: FakeClock) -> None:
    """Leave a row whose message was made, by a worker that died, until the nonce is forgotten."""
    discord.faults = deque([Fault.ERROR_AFTER])
    await deliver(worker(store, discord))
    clock.advance(NONCE_WINDOW + MINUTE)


async def test_a_row_in_doubt_is_reconciled_from_the_channels_history(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    reminder = await due_now(promises, clock)
    await in_doubt(store, discord, clock)
    await deliver(worker(store, discord))
    assert len(discord.messages) == 1
    assert (await first_occurrence(promises, reminder)).state is OccurrenceState.SENT


async def test_a_row_in_doubt_whose_message_is_not_there_is_sent(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    await due_now(promises, clock)
    discord.faults = deque([Fault.ERROR_BEFORE])
    await deliver(worker(store, discord))
    clock.advance(NONCE_WINDOW + MINUTE)
    await deliver(worker(store, discord))
    (message,) = discord.messages
    assert not message.notice.may_repeat


async def test_where_the_history_may_not_be_read_the_message_says_that_it_may_be_a_repeat(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    await due_now(promises, clock)
    await in_doubt(store, discord, clock)
    discord.readable = False
    await deliver(worker(store, discord))
    assert [message.notice.may_repeat for message in discord.messages] == [False, True]


async def test_after_the_clock_was_set_back_the_nonce_is_not_trusted(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    clock.advance(timedelta(hours=2))
    await due_now(promises, clock)
    discord.faults = deque([Fault.CRASH_AFTER])
    dying = worker(store, discord)
    await ignoring_death(deliver(dying))
    clock.advance(-timedelta(hours=1))
    await dying.stop()
    looked = discord.looks
    await deliver(worker(store, discord))
    assert (len(discord.messages), discord.looks - looked) == (1, 1)


async def test_a_target_that_closes_while_in_doubt_is_looked_at_before_it_is_left(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    reminder = await due_now(promises, clock)
    discord.faults = deque([Fault.ERROR_AFTER])
    deliverer = worker(store, discord)
    await deliver(deliverer)
    discord.refusals[None] = Refused("dm_closed")
    clock.advance(timedelta(seconds=5))
    await deliver(deliverer)
    assert [message.channel_id for message in discord.messages] == [DM]
    assert (await first_occurrence(promises, reminder)).state is OccurrenceState.SENT


async def test_a_fallback_from_where_nobody_could_look_says_that_it_may_be_a_repeat(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    here = Destination.channel(CHANNEL)
    await promises.add(session(clock.now() + MINUTE, MINUTE, destination=here), limit=50)
    discord.faults = deque([Fault.ERROR_AFTER, Fault.NONE, Fault.ERROR_BEFORE])
    await deliver(worker(store, discord))
    discord.readable = False
    discord.refusals[CHANNEL] = Refused("channel_gone")
    for _ in range(4):  # refused, then unlucky once more, then there
        clock.advance(timedelta(seconds=5))
        await deliver(worker(store, discord))
    _, repeat = discord.messages
    assert repeat.channel_id == DM
    assert repeat.notice.may_repeat


async def test_cancelled_between_the_claim_and_the_send_is_not_sent(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    await due_now(promises, clock)
    cancelled = await due_now(promises, clock)
    gate, begun = asyncio.Event(), asyncio.Event()
    discord.before_send = gated(begun, gate)
    deliverer = worker(store, discord, rules=DeliveryRules())
    await deliverer.deliver_due()
    await begun.wait()  # the second is claimed, and waits for its channel
    answer = await promises.cancel(OWNER, cancelled.id)
    assert answer is not None
    assert answer.in_flight == 0
    gate.set()
    await deliverer.idle()
    assert len(discord.messages) == 1
    assert (await first_occurrence(promises, cancelled)).state is OccurrenceState.CANCELLED


async def test_one_slow_channel_delays_nobody_and_gets_one_message_at_a_time(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    rules = DeliveryRules(capacity=8, lane_depth=3)
    for _ in range(20):
        await due_now(promises, clock)
    for other in range(1, 6):
        await promises.add(custom(clock.now(), owner_id=other), limit=9)
    gate, busy, others = asyncio.Event(), asyncio.Semaphore(0), asyncio.Semaphore(0)
    in_flight: list[Due] = []

    async def slow_for_the_owner(due: Due, target: Target) -> None:
        if target.user_id != OWNER:
            others.release()
            return
        in_flight.append(due)
        assert len(in_flight) == 1
        busy.release()
        await gate.wait()
        in_flight.pop()

    discord.before_send = slow_for_the_owner
    deliverer = worker(store, discord, rules=rules)
    async with asyncio.timeout(60):
        await deliverer.deliver_due()
        await busy.acquire()
        for _ in range(5):
            await others.acquire()
        gate.set()
        await deliverer.idle()
        while len(discord.messages) < 25:
            clock.advance(timedelta(seconds=30))
            await deliver(deliverer)
    assert len(discord.messages) == 25


async def test_stopping_finishes_what_is_being_sent_and_gives_back_the_rest(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    for _ in range(3):
        await due_now(promises, clock)
    gate, begun = asyncio.Event(), asyncio.Event()
    discord.before_send = gated(begun, gate)
    stopping = worker(store, discord, rules=DeliveryRules())
    await stopping.deliver_due()
    await begun.wait()
    stop = asyncio.create_task(stopping.stop())
    await asyncio.sleep(0)
    gate.set()
    await stop
    assert len(discord.messages) == 1
    rest = await DeliveryRepository(store=store).claim(
        worker="next", now=clock.now(), lease=RULES.lease, limit=9
    )
    assert len(rest) == 2
    assert [due.doubt_since for due in rest] == [None, None]


async def test_a_send_that_outlasts_the_stop_is_given_back_in_doubt(
    store: Store, promises: ReminderRepository, discord: SimulatedDiscord, clock: FakeClock
) -> None:
    await due_now(promises, clock)
    began = clock.now()
    discord.faults = deque([Fault.HANG])
    sending, gate = asyncio.Event(), asyncio.Event()
    gate.set()
    discord.before_send = gated(sending, gate)
    stopping = worker(store, discord, rules=DeliveryRules(stop_within=timedelta()))
    await stopping.deliver_due()
    await sending.wait()
    await stopping.stop()
    (due,) = await DeliveryRepository(store=store).claim(
        worker="next", now=clock.now(), lease=RULES.lease, limit=9
    )
    assert due.doubt_since == began
