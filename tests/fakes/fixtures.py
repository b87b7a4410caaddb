"""Fixtures around the fake Discord. A conftest takes what it wants by importing it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager

import discord
import pytest_asyncio
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes.discord import FakeDiscord


@pytest_asyncio.fixture
async def fake_discord() -> AsyncIterator[FakeDiscord]:
    """A fake Discord that serves on loopback, empty but for the bot itself."""
    async with FakeDiscord() as fake:
        yield fake


@contextmanager
def discordpy_pointed_at(fake: FakeDiscord) -> Generator[None]:
    """Let discord.py in this process talk to the fake; afterwards all is as it was."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = fake.api_base, yarl.URL(fake.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


def unprivileged_intents() -> discord.Intents:
    """The intents of the bot: guilds and messages, none that Discord must approve."""
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    return intents
