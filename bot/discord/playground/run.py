"""Runs a bot in the playground, from its login to the moment the operator has seen enough."""

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import discord
from simcord import SetupError

from bot.discord.playground.clock import PlaygroundClock
from bot.discord.playground.languages import localize_commands, localize_interactions
from bot.discord.playground.page import LivePage
from bot.discord.playground.world import World
from bot.errors import StartupError


async def run_playground(
    *,
    bot: discord.AutoShardedClient,
    clock: PlaygroundClock,
    prepare: Callable[[World], Awaitable[None]],
    greet: Callable[[], discord.ui.LayoutView],
    announce: Callable[[str], None],
    port: int,
    stop: asyncio.Event,
    zone: str,
) -> None:
    """Show `bot` in a browser page until `stop` is set or the page is ended from within.

    Args:
        bot: A bot that has not logged in; this logs it in to the world, which runs its
            `setup_hook`, and closes it. The bot registers its commands itself.
        clock: The clock that the bot's services were given.
        prepare: Called with the world before the login: the place to store its members' settings.
        greet: Makes the first message in the channel; called after the login, when the bot knows
            the ids of its commands.
        announce: Called once with the page's address, when it can be opened.
        port: Where on 127.0.0.1 the page is served; 0 takes a free port.
        stop: Ends the playground.
        zone: The IANA time zone in which the page shows times; see `machine_zone`.

    Raises:
        StartupError: the port is taken.
    """
    world = World.build(bot=bot, clock=clock)
    localize_interactions(bot, world.locale_of)
    localize_commands(world.env, world.locale_of)
    await prepare(world)
    await world.env.start()
    try:
        with world.env.time_context():
            await bot.get_partial_messageable(world.channel_id).send(view=greet())
            async with served(LivePage(world=world, clock=clock, port=port, zone=zone)) as page:
                announce(page.url)
                await _first(stop.wait(), page.wait_closed())
    finally:
        await world.env.shutdown()
        await bot.close()


@asynccontextmanager
async def served(page: LivePage) -> AsyncGenerator[LivePage]:
    """Serve a page for as long as the block runs.

    Raises:
        StartupError: its port can't be had.
    """
    try:
        await page.__aenter__()
    except SetupError as error:
        if isinstance(reason := error.__cause__, OSError):
            raise StartupError(
                f"The playground can't have port {page.port}: {os.strerror(reason.errno or 0)}. "
                "Set SCOUT_PLAYGROUND_PORT to another one; 0 takes a free one."
            ) from error
        raise
    try:
        yield page
    finally:
        await page.close()


async def _first(*events: Coroutine[Any, Any, object]) -> None:
    tasks = [asyncio.create_task(event) for event in events]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
