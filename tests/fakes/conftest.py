"""What the fake's own tests share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio

from tests.fakes.discord import FakeDiscord
from tests.fakes.fixtures import discordpy_pointed_at, fake_discord
from tests.fakes.sample_bot import SampleBot

__all__ = ["fake_discord"]


@pytest_asyncio.fixture
async def bot(fake_discord: FakeDiscord) -> AsyncIterator[SampleBot]:
    with discordpy_pointed_at(fake_discord):
        async with SampleBot() as client:
            await client.login(fake_discord.token)
            connection = asyncio.create_task(client.connect())
            await fake_discord.wait_for_ready()
            yield client
            await client.close()
            await connection
