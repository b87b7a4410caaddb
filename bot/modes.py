"""What a process can be: a bot at the gateway, a worker, a playground, or one registration."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import aiohttp
import discord
from pydantic import SecretStr

from bot.app import COGS, foundation
from bot.catalog.problems import CatalogError
from bot.clock import SystemClock
from bot.discord.client import ScoutBot
from bot.discord.completions import watched_completions
from bot.discord.endpoint import use_api_base, use_gateway
from bot.duties import delivering, keeping_watch, reading_ahead, watched
from bot.errors import StartupError
from bot.ops.garbage import made_to_stay
from bot.ops.reload import CatalogReloader
from bot.settings import Settings
from bot.speech.phrasebook import PhraseError

WRONG_TOKEN: Final = 4004  # the gateway's close code


async def run(settings: Settings) -> None:
    """Be at the gateway, answer, and deliver unless that is switched off; until a signal."""
    stop = stop_signal()
    async with AsyncExitStack() as house_and_guests:
        enter = house_and_guests.enter_async_context
        with made_to_stay():
            house = await enter(foundation(settings, clock=SystemClock()))
            reload_on_signal(house.services.reloader)
            await enter(watched(house))
            bot = await enter(logged_in(house.bot(), settings))
        house.services.pulse.connected = bot.is_connected
        await enter(keeping_watch(house, bot))
        await enter(reading_ahead(house, bot))
        if settings.deliver:
            await enter(delivering(house, bot))
        with friendly(settings):
            await use_gateway(settings, bot.http)
            await first_of(bot.connect(), stop.wait())


async def worker(settings: Settings) -> None:
    """Deliver without a gateway connection, until a signal."""
    stop = stop_signal()
    async with AsyncExitStack() as house_and_guests:
        enter = house_and_guests.enter_async_context
        with made_to_stay():
            house = await enter(foundation(settings, clock=SystemClock()))
            reload_on_signal(house.services.reloader)
            await enter(watched(house))
            bot = await enter(logged_in(house.bot(cogs=()), settings))
        house.services.pulse.connected = lambda: not bot.is_closed()
        await enter(keeping_watch(house, bot))
        await enter(delivering(house, bot))
        await stop.wait()


async def sync(settings: Settings) -> int:
    """Register the commands, changed or not, and return how many there are."""
    async with (
        foundation(settings, clock=SystemClock()) as house,
        logged_in(house.bot(always_register=True), settings) as bot,
    ):
        return len(bot.tree.get_commands())


async def playground(settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Show the bot in a browser page, with a database of its own, until a signal.

    Args:
        settings: of which the port counts.
        announce: called with the page's address.
    """
    # SimCord is a tool for looking, and not part of what a server installs.
    try:
        from bot.discord.playground.clock import PlaygroundClock  # noqa: PLC0415
        from bot.discord.playground.greeting import greeting  # noqa: PLC0415
        from bot.discord.playground.run import run_playground  # noqa: PLC0415
        from bot.discord.playground.world import World  # noqa: PLC0415
        from bot.discord.playground.zone import machine_zone  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise StartupError(
            "The playground needs SimCord, which is not installed: `make run` sets it up. "
            "To connect to Discord instead, set DISCORD_TOKEN."
        ) from error

    stop = stop_signal()
    clock = PlaygroundClock(start=SystemClock().now())
    with TemporaryDirectory(prefix="gpu-scout-") as folder:
        database = SecretStr(f"sqlite:///{Path(folder) / 'playground.sqlite3'}")
        own = settings.model_copy(
            update={
                "database_url": database,
                "shard_ids": None,
                "http_port": None,
                "owner_guild_id": None,
            }
        )
        async with foundation(own, clock=clock) as house:
            bot = house.bot(cogs=(*COGS, "cogs.playground"), always_register=True)

            async def prepare(world: World) -> None:
                # The page shows one channel and no direct messages.
                for member in world.members:
                    await house.services.preferences.set_delivery(member.id, here=True)

            async with delivering(house, bot):
                await run_playground(
                    bot=bot,
                    clock=clock,
                    prepare=prepare,
                    greet=lambda: greeting(house.services.phrasebook, house.services.mentions),
                    announce=announce,
                    port=settings.scout_playground_port,
                    stop=stop,
                    zone=machine_zone(),
                )


@asynccontextmanager
async def logged_in(bot: ScoutBot, settings: Settings) -> AsyncGenerator[ScoutBot]:
    """Yield the bot once Discord took its token and its cogs are loaded; close it afterwards.

    Raises:
        StartupError: there is no token, Discord refused it, or Discord can't be reached.
    """
    if settings.discord_token is None:
        raise StartupError("DISCORD_TOKEN is not set; without one only the playground runs.")
    use_api_base(settings)
    async with bot:
        with friendly(settings):
            await bot.login(settings.discord_token.get_secret_value())
        with watched_completions(bot.services.complaints):
            yield bot


@contextmanager
def friendly(settings: Settings) -> Generator[None]:
    """Say in one sentence why Discord and the bot don't come together."""
    try:
        yield
    except discord.LoginFailure as error:
        raise StartupError(_REFUSED) from error
    except discord.ConnectionClosed as error:
        if error.code == WRONG_TOKEN:
            raise StartupError(_REFUSED) from error
        raise StartupError(f"Discord closed the connection for good: {error}") from error
    except PhraseError as error:
        raise StartupError(f"A locale file is broken: {error}") from error
    except discord.HTTPException as error:
        raise StartupError(_answered(error)) from error
    except discord.GatewayNotFound as error:
        # Raised instead of what Discord answered, which is its cause.
        cause = error.__cause__
        known = isinstance(cause, discord.HTTPException)
        raise StartupError(_answered(cause) if known else str(error)) from error
    except discord.RateLimited as error:
        raise StartupError(
            f"Discord wants {error.retry_after:.0f} s of patience before this bot may go on, "
            "so it stopped; start it again after that."
        ) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise StartupError(
            f"Discord can't be reached at {settings.discord_api_base}; is there a network?"
        ) from error


def _answered(error: discord.HTTPException) -> str:
    return f"Discord answered {error.status} at the start, so the bot stopped: {error.text}"


def stop_signal() -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set, instead of ending the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    return stop


def reload_on_signal(reloader: CatalogReloader) -> None:
    """Read the catalog again on SIGHUP; a broken one is told in the log, and the last one stays."""
    running: set[asyncio.Task[None]] = set()

    async def reload() -> None:
        with suppress(CatalogError):
            await reloader.reload()

    def start() -> None:
        task = asyncio.create_task(reload(), name="reload")
        running.add(task)
        task.add_done_callback(running.discard)

    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, start)


async def first_of(*coroutines: Coroutine[Any, Any, object]) -> None:
    """Wait until one of them ends, and cancel the others; raise what it raised."""
    tasks = [asyncio.ensure_future(each) for each in coroutines]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


_REFUSED: Final = (
    "Discord refused the token in DISCORD_TOKEN. Copy it again from the page of your application "
    "(Bot, Reset Token)."
)
