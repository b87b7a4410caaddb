"""What a process does beside answering, for as long as it runs: deliver, watch, be watched."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import final

import discord

from bot.app import Foundation
from bot.chores import chores
from bot.discord.courier import DiscordCourier
from bot.discord.owner_line import DiscordOwnerLine
from bot.ops.watch import Watch
from bot.reminders.deliver import Deliverer, DeliveryState
from bot.reminders.roster import Roster
from bot.reminders.ticker import Ticker
from bot.speech.phrasebook import PhraseError
from bot.store.deliveries import DeliveryRepository
from bot.store.ledger import LedgerRepository
from bot.store.retention import Retention
from bot.store.wakeups import CATALOG, Wakeups
from bot.store.workers import WorkerRepository
from bot.when import zones

_log = logging.getLogger(__name__)


@asynccontextmanager
async def watched(house: Foundation) -> AsyncGenerator[None]:
    """Serve health and metrics for as long as the block runs, where HTTP_PORT is set.

    Raises:
        StartupError: nobody can listen there.
    """
    port = house.settings.http_port
    if port is None or house.metrics is None:
        yield
        return
    from bot.ops.http import serving  # noqa: PLC0415 - a weight that only a port pays for

    host = house.settings.http_host
    async with serving(host=host, port=port, pulse=house.services.pulse, metrics=house.metrics):
        yield


@asynccontextmanager
async def reading_ahead(house: Foundation, client: discord.Client) -> AsyncGenerator[None]:
    """Read what nobody asked for so far, sentences and time zones, once the client is ready.

    A start needs little of them, and an answer should not wait for its own.
    """
    reading = asyncio.create_task(_read_ahead(house, client), name="read-ahead")
    try:
        yield
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def _read_ahead(house: Foundation, client: discord.Client) -> None:
    await client.wait_until_ready()
    is_more = True
    while is_more:
        try:
            is_more = house.services.phrasebook.read_next()
        except PhraseError as error:
            _log.error("a locale file is broken: %s", error)
        # One takes a fraction of a millisecond: whoever asks meanwhile goes first.
        await asyncio.sleep(0)
    try:
        await asyncio.to_thread(zones.read_all, now=house.services.clock.now())
    except zones.ZonesError as error:
        _log.error("%s", error)


@asynccontextmanager
async def keeping_watch(house: Foundation, client: discord.Client) -> AsyncGenerator[None]:
    """Tell the owner of troubles, and hear of a new catalog, for as long as the block runs.

    `client` is logged in already.
    """
    services, store = house.services, house.store
    watch = Watch(
        line=DiscordOwnerLine(
            client=client,
            phrasebook=services.phrasebook,
            preferences=services.preferences,
            clock=services.clock,
            tag=services.tag,
        ),
        clock=services.clock,
        oldest_overdue=DeliveryRepository(store=store).oldest_overdue,
        try_to_write=services.queue.try_to_write,
        disk=None if services.queue.is_shared else Path(store.url.database or ""),
    )
    looking = asyncio.create_task(watch.run(), name="watch")
    calls = Wakeups(url=store.url, wake=services.reloader.soon, channel=CATALOG)
    calls.start()
    try:
        yield
    finally:
        await calls.stop()
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


@asynccontextmanager
async def delivering(house: Foundation, client: discord.Client) -> AsyncGenerator[Ticker]:
    """Deliver reminders for as long as the block runs; then give back what was claimed.

    `client` is logged in already, or nothing can be due before it is.
    """
    rules, budget = house.rules, house.budget
    services, store = house.services, house.store
    worker = token_hex(8)
    shelf = DeliveryRepository(store=store)
    deliverer = Deliverer(
        shelf=shelf,
        courier=DiscordCourier(
            client=client,
            phrasebook=services.phrasebook,
            catalog=services.shelf,
            clock=services.clock,
            shelf=shelf,
            tag=services.tag,
        ),
        clock=services.clock,
        budget=budget,
        worker=worker,
        installation_id=store.installation_id,
        rules=rules,
        observer=house.metrics,
    )
    roll = WorkerRepository(store=store)
    ticker = Ticker(
        deliverer=deliverer,
        shelf=shelf,
        roster=Roster(roll=roll, budget=budget, worker=worker, rules=rules),
        clock=services.clock,
        rules=rules,
    )
    wakeups = Wakeups(url=store.url, wake=ticker.wake)
    tidying = chores(
        retention=Retention(store=store),
        ledger=LedgerRepository(store=store),
        tell=services.follows.tell,
        clock=services.clock,
    )
    services.pulse.delivery = _Delivery(ticker=ticker, deliverer=deliverer)
    # The catalog may be another than that of the last start.
    await services.watches.follow_rules()
    wakeups.start()
    ticker.start()
    try:
        with house.alarm.waking(ticker.wake):
            async with tidying:
                yield ticker
    finally:
        await wakeups.stop()
        await ticker.stop()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Delivery:
    """What the process's health sees of its delivery."""

    ticker: Ticker
    deliverer: Deliverer

    @property
    def last_tick_at(self) -> datetime | None:
        """When the reminders were last looked at with success."""
        return self.ticker.last_tick_at

    @property
    def token_refused(self) -> bool:
        """Whether delivery stands still because Discord refuses the token."""
        return self.deliverer.state is DeliveryState.UNAUTHORISED
