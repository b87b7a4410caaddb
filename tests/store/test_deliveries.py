import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.reminders.models import ChannelPolicy, Due, OccurrenceState
from bot.store.deliveries import DeliveryRepository
from bot.store.guilds import GuildRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from tests.databases import FakeClock
from tests.store.promises import CHANNEL, GUILD, OWNER, custom, session

LEASE = timedelta(seconds=30)
MINUTE = timedelta(minutes=1)


async def claim_one(deliveries: DeliveryRepository, clock: FakeClock, worker: str = "w1") -> Due:
    (due,) = await deliveries.claim(worker=worker, now=clock.now(), lease=LEASE, limit=10)
    return due


async def test_only_what_is_due_is_claimed_the_longest_due_first(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    for minutes in (3, 1, 2, 9):
        await promises.add(custom(clock.now() + minutes * MINUTE), limit=50)
    assert await deliveries.next_due() == clock.now() + MINUTE
    clock.advance(5 * MINUTE)
    dues = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=2)
    assert [clock.now() - due.due_at for due in dues] == [4 * MINUTE, 3 * MINUTE]
    assert await deliveries.oldest_overdue(clock.now()) == clock.now() - 4 * MINUTE
    rest = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    assert [clock.now() - due.due_at for due in rest] == [2 * MINUTE]


async def test_a_claim_carries_all_that_it_takes_to_send(
    store: Store, promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(session(clock.now() + 10 * MINUTE, 10 * MINUTE), limit=50)
    await deliveries.keep_dm_channel(OWNER, 1)
    await deliveries.keep_dm_channel(OWNER, 987)
    await GuildRepository(store=store).set_policy(GUILD, ChannelPolicy.LISTED, [CHANNEL])
    due = await claim_one(deliveries, clock)
    assert (due.reminder.id, due.reminder.origin, due.reminder.ends_at) == (
        stored.id,
        stored.origin,
        stored.ends_at,
    )
    assert (due.number, due.lead, due.due_at) == (1, 10 * MINUTE, clock.now())
    assert due.dm_channel_id == 987
    assert due.guild is not None
    assert due.guild.allows(CHANNEL)
    assert not due.guild.allows(CHANNEL + 5)
    assert due.doubt_since is None


async def test_an_expired_lease_is_claimed_by_another_and_the_first_is_fenced_out(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    await promises.add(custom(clock.now()), limit=50)
    first = await claim_one(deliveries, clock, "w1")
    clock.advance(LEASE - timedelta(milliseconds=1))
    assert await deliveries.claim(worker="w2", now=clock.now(), lease=LEASE, limit=9) == []
    clock.advance(timedelta(milliseconds=1))
    second = await claim_one(deliveries, clock, "w2")
    assert (second.worker, second.attempt) == ("w2", 2)
    now = clock.now()
    assert not await deliveries.begin(first, now=now, lease=LEASE, clear_doubt=False)
    assert not await deliveries.settle(first, now=now, message_id=1, channel_id=1)
    assert not await deliveries.retry(first, at=now, certain=True, refusals=0)
    assert not await deliveries.fall_back(first, now=now, reason="dm_closed", may_repeat=False)
    assert not await deliveries.give_up(first, now=now, reason="dm_closed")
    await deliveries.put_back([first], at=now)
    assert await deliveries.settle(second, now=now, message_id=1, channel_id=1)


async def test_beginning_renews_the_lease(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    await promises.add(custom(clock.now()), limit=50)
    due = await claim_one(deliveries, clock)
    clock.advance(LEASE - timedelta(seconds=1))
    assert await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    clock.advance(LEASE - timedelta(seconds=1))
    assert await deliveries.claim(worker="w2", now=clock.now(), lease=LEASE, limit=9) == []


async def test_the_doubt_lasts_from_the_first_uncertain_send(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    await promises.add(custom(clock.now()), limit=50)
    began = clock.now()
    due = await claim_one(deliveries, clock)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.retry(due, at=clock.now(), certain=False, refusals=0)
    clock.advance(MINUTE)
    due = await claim_one(deliveries, clock)
    assert due.doubt_since == began
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    clock.advance(MINUTE)
    due = await claim_one(deliveries, clock, "w2")
    assert due.doubt_since == began
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=True)
    await deliveries.retry(due, at=clock.now(), certain=False, refusals=0)
    due = await claim_one(deliveries, clock)
    assert due.doubt_since == clock.now()


async def test_a_certain_no_leaves_no_doubt(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    await promises.add(custom(clock.now()), limit=50)
    due = await claim_one(deliveries, clock)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.retry(due, at=clock.now() + MINUTE, certain=True, refusals=1)
    assert await deliveries.next_due() == clock.now() + MINUTE
    clock.advance(MINUTE)
    due = await claim_one(deliveries, clock)
    assert (due.doubt_since, due.refusals) == (None, 1)


async def test_the_fallback_starts_fresh_and_knows_why(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    await promises.add(custom(clock.now()), limit=50)
    due = await claim_one(deliveries, clock)
    await deliveries.begin(due, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.fall_back(due, now=clock.now(), reason="dm_closed", may_repeat=False)
    due = await claim_one(deliveries, clock)
    assert (due.target_index, due.reason, due.refusals, due.doubt_since) == (
        1,
        "dm_closed",
        0,
        None,
    )


async def test_what_is_settled_is_never_claimed_again(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    stored = await promises.add(custom(clock.now()), limit=50)
    due = await claim_one(deliveries, clock)
    await deliveries.settle(due, now=clock.now(), message_id=5, channel_id=6)
    clock.advance(timedelta(days=400))
    assert await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9) == []
    assert await deliveries.next_due() is None
    assert await deliveries.oldest_overdue(clock.now()) is None
    found = await promises.get(OWNER, stored.id)
    assert found is not None
    assert found.occurrences[0].state is OccurrenceState.SENT


async def test_a_stopping_worker_gives_back_its_own_and_only_that(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    for _ in range(3):
        await promises.add(custom(clock.now()), limit=50)
    now = clock.now()
    await deliveries.claim(worker="stays", now=now, lease=LEASE, limit=1)
    begun, _ = await deliveries.claim(worker="stops", now=now, lease=LEASE, limit=2)
    await deliveries.begin(begun, now=now, lease=LEASE, clear_doubt=False)
    assert await deliveries.release("stops", now=now, begun=True) == 2
    again = await deliveries.claim(worker="next", now=now, lease=LEASE, limit=9)
    assert [due.doubt_since for due in again] == [now, None]


async def test_rows_that_were_put_back_wait(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    for _ in range(2):
        await promises.add(custom(clock.now()), limit=50)
    dues = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.put_back(dues, at=clock.now() + MINUTE)
    assert await deliveries.next_due() == clock.now() + MINUTE


async def test_no_step_of_delivery_reads_the_whole_table(sqlite_url: str, clock: FakeClock) -> None:
    store = await Store.open(sqlite_url, clock=clock)
    promises, deliveries = ReminderRepository(store=store), DeliveryRepository(store=store)
    executed: list[tuple[str, Any]] = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: object, *_: object
    ) -> None:
        executed.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    for _ in range(3):
        await promises.add(custom(clock.now()), limit=9)
    first, second, third = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.begin(first, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.settle(first, now=clock.now(), message_id=1, channel_id=2)
    await deliveries.retry(second, at=clock.now(), certain=True, refusals=0)
    await deliveries.put_back([third], at=clock.now())
    await deliveries.next_due()
    await deliveries.oldest_overdue(clock.now())
    await deliveries.release("w", now=clock.now(), begun=True)
    event.remove(Engine, "before_cursor_execute", note)

    def plans(connection: Connection) -> list[str]:
        return [
            row.detail
            for statement, parameters in executed
            if statement.lstrip().startswith(("SELECT", "UPDATE", "WITH"))
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]

    steps = [plan for plan in await store.read(plans) if "occurrences" in plan]
    await store.close()
    assert len(steps) >= 8
    assert [step for step in steps if " USING " not in step] == []


CLAIMER = """
import asyncio, json, sys
from datetime import timedelta
from bot.store.deliveries import DeliveryRepository
from bot.store.store import Store
from tests.databases import FakeClock

async def main(url, worker):
    clock = FakeClock()
    store = await Store.open(url, clock=clock)
    deliveries = DeliveryRepository(store=store)
    claimed = []
    print("ready", flush=True)
    sys.stdin.readline()
    while dues := await deliveries.claim(
        worker=worker, now=clock.now(), lease=timedelta(hours=1), limit=7
    ):
        claimed += [due.reminder.id for due in dues]
    print(json.dumps(claimed), flush=True)
    await store.close()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_two_processes_share_what_is_due_and_double_nothing(
    database_address: str, promises: ReminderRepository, clock: FakeClock
) -> None:
    stored = {(await promises.add(custom(clock.now()), limit=500)).id for _ in range(200)}
    processes = [
        subprocess.Popen(  # noqa: ASYNC220 - nothing else runs on this loop
            [sys.executable, "-c", CLAIMER, database_address, worker],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for worker in ("w1", "w2")
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    shares: list[list[int]] = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        output, _ = process.communicate()
        assert process.returncode == 0
        shares.append(json.loads(output))
    assert sorted(shares[0] + shares[1]) == sorted(stored)


async def test_a_stopping_worker_first_gives_back_what_it_has_not_begun(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    for _ in range(2):
        await promises.add(custom(clock.now()), limit=50)
    begun, _ = await deliveries.claim(worker="stops", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.begin(begun, now=clock.now(), lease=LEASE, clear_doubt=False)
    assert await deliveries.release("stops", now=clock.now(), begun=False) == 1
    (other,) = await deliveries.claim(worker="other", now=clock.now(), lease=LEASE, limit=9)
    assert other.reminder.id != begun.reminder.id
    assert await deliveries.settle(begun, now=clock.now(), message_id=1, channel_id=2)


async def test_after_the_clock_was_set_back_leases_and_pauses_hold_no_longer_than_they_should(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    start = clock.now()
    await promises.add(custom(start), limit=50)  # will be held by a worker that died
    await promises.add(custom(start), limit=50)  # will wait for its next try
    later = start + timedelta(days=3)
    await promises.add(custom(later), limit=50)
    clock.advance(timedelta(hours=2))
    _, paused = await deliveries.claim(worker="dies", now=clock.now(), lease=LEASE, limit=9)
    await deliveries.begin(paused, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.retry(paused, at=clock.now() + MINUTE, certain=True, refusals=0)

    clock.advance(-timedelta(hours=1))
    assert await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9) == []
    assert await deliveries.clock_set_back(now=clock.now(), lease=LEASE) == 2
    (due,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    assert due.reminder.id == paused.reminder.id
    clock.advance(LEASE)
    assert len(await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)) == 2
    # What was never tried is its owner's own time.
    clock.instant = later - timedelta(milliseconds=1)
    await deliveries.claim(worker="w", now=clock.now(), lease=timedelta(days=1), limit=9)
    assert await deliveries.next_due() == later


async def test_of_several_missed_warnings_of_a_session_the_last_one_is_sent(
    promises: ReminderRepository, deliveries: DeliveryRepository, clock: FakeClock
) -> None:
    await promises.add(session(clock.now() + 3 * MINUTE, 2 * MINUTE, MINUTE), limit=50)
    clock.advance(MINUTE)
    (alone,) = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    assert await deliveries.begin(alone, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.retry(alone, at=clock.now(), certain=True, refusals=0)
    clock.advance(MINUTE)
    first, second = await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9)
    assert not await deliveries.begin(first, now=clock.now(), lease=LEASE, clear_doubt=False)
    assert await deliveries.begin(second, now=clock.now(), lease=LEASE, clear_doubt=False)
    await deliveries.settle(second, now=clock.now(), message_id=1, channel_id=1)
    clock.advance(timedelta(days=1))
    assert await deliveries.claim(worker="w", now=clock.now(), lease=LEASE, limit=9) == []
