"""Beside APScheduler with its SQLAlchemy job store, which many bots keep their reminders in."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from apscheduler.events import EVENT_JOB_EXECUTED
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from benchmarks.backlog import add_one, service_on
from benchmarks.figures import Figure
from benchmarks.stalls import Longest
from bot.clock import SystemClock
from bot.ops.garbage import made_to_stay
from bot.reminders.budget import Budget
from bot.reminders.deliver import Deliverer
from bot.reminders.models import Destination, Due, Origin
from bot.reminders.outcome import Delivered, Finding, NotFound, Outcome
from bot.reminders.roster import Roster
from bot.reminders.rules import DeliveryRules, PromiseRules
from bot.reminders.service import Reminders
from bot.reminders.targets import Target
from bot.reminders.ticker import Ticker
from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.workers import WorkerRepository

_COUNT: Final = 1000
_PATIENCE_S: Final = 300.0
_MS: Final = 1e3
_UNBOUNDED: Final = 1e6


class NowhereCourier:
    """Delivers to nobody, at once: what is measured is the store and the loop."""

    async def send(self, due: Due, target: Target, nonce: str) -> Outcome:  # noqa: ARG002
        """Say that it was delivered."""
        return Delivered(1, 1)

    async def find(self, due: Due, target: Target) -> Finding:  # noqa: ARG002
        """Find nothing."""
        return NotFound()


async def job_store() -> list[Figure]:
    """Add 1,000 at once, and let 1,000 come due at once, beside APScheduler's job store."""
    with TemporaryDirectory(prefix="gpu-scout-bench-") as name:
        their_add, their_stall = await _theirs(Path(name) / "theirs.sqlite3")
        our_add, our_stall = await _ours(Path(name) / "ours.sqlite3")
    return [
        Figure(
            name="1,000 added at once",
            floor_name="APScheduler, SQLAlchemy store",
            ours=our_add * _MS,
            floor=their_add * _MS,
            unit="ms",
            most_times_floor=1 / 20,
        ),
        Figure(
            name="loop held up, 1,000 due at once",
            floor_name="APScheduler, SQLAlchemy store",
            ours=our_stall * _MS,
            floor=their_stall * _MS,
            unit="ms",
            most_times_floor=1 / 50,
        ),
    ]


async def _ours(file: Path) -> tuple[float, float]:
    with made_to_stay():  # as when the bot starts
        store = await Store.open(f"sqlite:///{file}", clock=SystemClock())
    service = service_on(store)
    await add_one(service, owner=_COUNT)  # statements are compiled once
    began = time.perf_counter()
    await asyncio.gather(*(add_one(service, owner=number) for number in range(_COUNT)))
    added = time.perf_counter() - began
    stall = await _stall_of_ours(store)
    await store.close()
    return added, stall


async def _stall_of_ours(store: Store) -> float:
    clock, rules = store.clock, DeliveryRules()
    due_at = clock.now() + timedelta(seconds=8)
    service = Reminders(
        shelf=ReminderRepository(store=store),
        clock=clock,
        wake=lambda _: None,
        rules=PromiseRules(soonest=timedelta()),
    )
    await asyncio.gather(
        *(
            service.create_custom(
                number,
                at=due_at,
                note="save the checkpoint",
                destination=Destination.dm(),
                origin=Origin(guild_id=1, channel_id=2),
                locale="en-US",
            )
            for number in range(_COUNT)
        )
    )
    shelf = DeliveryRepository(store=store)
    budget = Budget(per_second=_UNBOUNDED)
    deliverer = Deliverer(
        shelf=shelf,
        courier=NowhereCourier(),
        clock=clock,
        budget=budget,
        worker="bench",
        installation_id=store.installation_id,
        rules=rules,
    )
    roll = WorkerRepository(store=store)
    ticker = Ticker(
        deliverer=deliverer,
        shelf=shelf,
        roster=Roster(roll=roll, budget=budget, worker="bench", rules=rules),
        clock=clock,
        rules=rules,
    )
    async with Longest() as longest:
        ticker.start()
        async with asyncio.timeout(_PATIENCE_S):
            await asyncio.sleep(max(0.0, (due_at - clock.now()).total_seconds()))
            while await ticker.oldest_overdue() is not None:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.2)
        await ticker.stop()
    return longest.seconds


async def _theirs(file: Path) -> tuple[float, float]:
    scheduler: Any = AsyncIOScheduler(  # untyped
        jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{file}")},
        job_defaults={"misfire_grace_time": None},
    )
    scheduler.start()

    async def add(run_date: datetime) -> None:
        note = {"note": "save the checkpoint"}
        scheduler.add_job(remind, "date", kwargs=note, run_date=run_date)

    later = SystemClock().now() + timedelta(days=300)
    await add(later)
    began = time.perf_counter()
    await asyncio.gather(*(add(later) for _ in range(_COUNT)))
    added = time.perf_counter() - began
    scheduler.remove_all_jobs()

    executed = asyncio.Event()
    left = _COUNT

    def on_executed(_event: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            executed.set()

    scheduler.add_listener(on_executed, EVENT_JOB_EXECUTED)
    scheduler.pause()
    due_at = SystemClock().now()
    for _ in range(_COUNT):
        await add(due_at)
    async with Longest() as longest:
        scheduler.resume()
        async with asyncio.timeout(_PATIENCE_S):
            await executed.wait()
    scheduler.shutdown()
    return added, longest.seconds


async def remind(note: str) -> str:
    """Deliver to nobody, as `NowhereCourier`; a job store keeps its name, so it is public."""
    return note
