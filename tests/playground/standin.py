"""A small bot with one of each thing that a Discord bot shows, to try the playground with.

`python -m tests.playground.standin [PORT]` serves it, as `gpu-scout playground` serves the bot.
"""

import asyncio
import re
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.actions import chosen, sealed
from bot.discord.definitions import definitions
from bot.discord.errors import UserError
from bot.discord.mentions import CommandMentions
from bot.discord.playground.clock import PlaygroundClock
from bot.discord.playground.run import run_playground
from bot.discord.playground.world import World
from bot.errors import StartupError
from bot.speech import stamps
from bot.speech.locales import pick
from bot.speech.phrasebook import Phrasebook, Words
from cogs.playground import Playground
from cogs.views.layout import button, card, line, row, text

Interaction = discord.Interaction[Any]
OFFERS = ("Kaggle GPU", "Kaggle TPU", "Colab GPU", "Modal", "Lightning", "ZeroGPU")
TICK = 15.0


def read_length(text: str) -> timedelta:
    match = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", text)
    assert match is not None
    hours, minutes, rest = (int(part or 0) for part in match.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=rest)


Handler = Callable[[Interaction, re.Match[str]], Awaitable[None]]


def on_click(pattern: str, handler: Handler) -> type[ui.DynamicItem[ui.Item[Any]]]:
    class Clicked(ui.DynamicItem[ui.Item[Any]], template=pattern):
        def __init__(self, item: ui.Item[Any], match: re.Match[str]) -> None:
            super().__init__(item)
            self._match = match

        @classmethod
        async def from_custom_id(
            cls, _interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            return cls(item, match)

        async def callback(self, interaction: Interaction) -> None:
            await handler(interaction, self._match)

    return Clicked


class Promises:
    """Sends a classic message when its time has come, from a task that is not the bot's."""

    def __init__(self, bot: commands.AutoShardedBot, clock: PlaygroundClock) -> None:
        self._bot = bot
        self._clock = clock
        self._news = asyncio.Event()
        self._due: list[tuple[datetime, int, str]] = []

    def add(self, at: datetime, channel_id: int, text: str) -> None:
        self._due.append((at, channel_id, text))
        self.wake()

    def wake(self) -> None:
        self._news.set()

    async def run(self) -> None:
        while True:
            now = self._clock.now()
            for promise in sorted(self._due):
                if promise[0] <= now:
                    self._due.remove(promise)
                    await self._send(*promise)
            pause = min(((at - now).total_seconds() for at, _, _ in self._due), default=TICK)
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, min(pause, TICK))):
                    await self._news.wait()
            self._news.clear()

    async def _send(self, at: datetime, channel_id: int, text: str) -> None:
        view = ui.View(timeout=None)
        view.add_item(ui.Button(label="Snooze", custom_id=f"snooze:{int(at.timestamp())}"))
        view.add_item(ui.Button(label="Done", custom_id="done:1"))
        async with asyncio.timeout(12):
            await self._bot.get_partial_messageable(channel_id).send(
                content=f"⏰ {text}", view=sealed(view), nonce=f"n{int(at.timestamp())}"
            )


class Offers(commands.Cog):
    """Slash commands under the names of the product's, so that its words describe them."""

    def __init__(self, clock: PlaygroundClock, promises: Promises) -> None:
        self._clock = clock
        self._promises = promises

    gpu = app_commands.Group(name="gpu", description="…")
    remind = app_commands.Group(name="remind", description="…")

    @gpu.command(name="info", description="…")
    async def info(self, interaction: Interaction, offer: str) -> None:
        choices = [discord.SelectOption(label=name) for name in OFFERS]
        view = card(
            text(f"## {offer}\nAsked in {interaction.locale.value}"),
            line(),
            ui.Section(text("30 hours a week"), accessory=button("Start", "start:1")),
            row(button("More", f"more:{offer}"), button("Note", "note:1")),
            row(ui.Select(custom_id="pick:1", options=choices)),
        )
        await interaction.response.send_message(view=view)

    @info.autocomplete("offer")
    async def complete(
        self, _interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        names = [name for name in OFFERS if current.casefold() in name.casefold()]
        return [app_commands.Choice(name=name, value=name) for name in names]

    @remind.command(name="session", description="…")
    async def session(self, interaction: Interaction, duration: str) -> None:
        at = self._clock.now() + read_length(duration)
        channel_id = interaction.channel_id
        assert channel_id is not None
        self._promises.add(at, channel_id, f"{duration} are over")
        await interaction.response.send_message(f"Due {stamps.full(at)}, {stamps.relative(at)}")


class Note(ui.Modal, title="A note"):
    text: ui.TextInput[Any] = ui.TextInput(label="Text")

    async def on_submit(self, interaction: Interaction) -> None:
        await interaction.response.send_message(f"Noted: {self.text.value}", ephemeral=True)


class StandIn(commands.AutoShardedBot):
    def __init__(self, clock: PlaygroundClock) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            intents=discord.Intents(guilds=True, guild_messages=True),
        )
        self.clock = clock
        self.mention = CommandMentions()
        self.promises = Promises(self, clock)
        self.book = Phrasebook()
        self.world: World | None = None

    async def setup_hook(self) -> None:
        self.tree.error(self._complain)
        await self.add_cog(Offers(self.clock, self.promises))
        await self.add_cog(
            Playground(
                clock=self.clock,
                read=read_length,
                wake=self.promises.wake,
                words=self._words,
            )
        )
        for template, handler in {
            r"more:(?P<offer>.+)": self._more,
            r"note:1": self._note,
            r"start:1": self._start,
            r"pick:1": self._pick,
            r"done:1": self._done,
            r"snooze:\d+": self._snooze,
        }.items():
            self.add_dynamic_items(on_click(template, handler))
        assert self.application_id is not None
        registered = await self.http.bulk_upsert_global_commands(
            self.application_id, definitions(self.tree, self.book)
        )
        self.mention.learn({command["name"]: int(command["id"]) for command in registered})

    def greeting(self) -> ui.LayoutView:
        names = ("gpu info", "remind session", "playground skip")
        return card(text("# GPU Scout\nTry these:"), text("\n".join(map(self.mention, names))))

    async def _words(self, interaction: Interaction) -> Words:
        return self.book.words(pick(interaction.locale.value))

    async def _complain(
        self, interaction: Interaction, error: app_commands.AppCommandError
    ) -> None:
        cause = error.__cause__
        assert isinstance(cause, UserError)
        said = cause.phrase.put_in(await self._words(interaction))
        await interaction.response.send_message(said, ephemeral=True)

    async def _more(self, interaction: Interaction, match: re.Match[str]) -> None:
        await interaction.response.send_message(f"More of {match['offer']}", ephemeral=True)
        await interaction.followup.send("And a follow-up", ephemeral=True)

    async def _note(self, interaction: Interaction, _match: re.Match[str]) -> None:
        await interaction.response.send_modal(Note())

    async def _start(self, interaction: Interaction, _match: re.Match[str]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="Started")

    async def _pick(self, interaction: Interaction, _match: re.Match[str]) -> None:
        await interaction.response.send_message(f"Chosen: {chosen(interaction)[0]}", ephemeral=True)

    async def _done(self, interaction: Interaction, _match: re.Match[str]) -> None:
        await interaction.response.edit_message(content="Done", view=None)

    async def _snooze(self, interaction: Interaction, _match: re.Match[str]) -> None:
        at = self.clock.now() + timedelta(hours=1)
        await interaction.response.send_message(f"Again {stamps.relative(at)}")


async def serve(port: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    clock = PlaygroundClock(start=datetime.now(UTC))
    bot = StandIn(clock)
    ticker = asyncio.create_task(bot.promises.run())

    async def prepare(world: World) -> None:
        bot.world = world

    try:
        await run_playground(
            bot=bot,
            clock=clock,
            prepare=prepare,
            greet=bot.greeting,
            announce=lambda url: print(url, flush=True),  # noqa: T201 - the address is the output
            port=port,
            stop=stop,
            zone="UTC",
        )
    finally:
        ticker.cancel()


if __name__ == "__main__":
    try:
        asyncio.run(serve(int(sys.argv[1]) if sys.argv[1:] else 0))
    except StartupError as error:
        sys.exit(str(error))
