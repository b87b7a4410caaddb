import asyncio
import logging

import pytest

from bot.chores import chores
from bot.store.ledger import LedgerRepository
from bot.store.retention import Retention
from bot.store.store import Store
from tests.databases import FakeClock, clock, sqlite_url

__all__ = ["clock", "sqlite_url"]


@pytest.mark.parametrize("ends", ["in the middle of it", "after it"])
async def test_a_chore_that_the_end_of_the_process_cuts_off_is_no_error(
    sqlite_url: str, clock: FakeClock, caplog: pytest.LogCaptureFixture, ends: str
) -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def tell() -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    store = await Store.open(sqlite_url, clock=clock)
    housekeeping = chores(
        retention=Retention(store=store),
        ledger=LedgerRepository(store=store),
        tell=tell,
        clock=clock,  # its time is past: what is planned in seconds is due at once
    )
    with caplog.at_level(logging.WARNING):
        async with housekeeping:
            await begun.wait()
            if ends == "after it":
                may_end.set()
                await ended.wait()
        # The cancelled chore has its say, and what the scheduler makes of it.
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait([task], timeout=0.1)
    assert ended.is_set() == (ends == "after it")
    assert [each.message for each in caplog.records] == []
    await store.close()
