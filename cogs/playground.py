"""`/playground`: moves the clock of the playground's world; registered there only."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, final

from discord import Interaction, app_commands
from discord.ext import commands

from bot.discord.errors import UserError
from bot.discord.playground.clock import PlaygroundClock
from bot.speech import stamps
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from bot.when import Slot
from cogs._times import read_time

if TYPE_CHECKING:
    from bot.discord.client import ScoutBot

FARTHEST = timedelta(days=366)  # a year with its leap day: as far ahead as a reminder can be


@final
class Playground(commands.GroupCog, group_name="playground"):
    """What a visitor of the playground can do to its world."""

    def __init__(
        self,
        *,
        clock: PlaygroundClock,
        read: Callable[[str], timedelta],
        wake: Callable[[], None],
        words: Callable[[Interaction[Any]], Awaitable[Words]],
    ) -> None:
        """Build it.

        Args:
            clock: the clock of the world and of the bot's services.
            read: reads a length of time; where there is none, its error has a sentence.
            wake: has the ticker look at the clock at once.
            words: opens the phrasebook at the language of the one who asks.
        """
        super().__init__()
        self._clock = clock
        self._read = read
        self._wake = wake
        self._words = words

    @app_commands.command(name="skip")
    async def skip(
        self, interaction: Interaction[Any], duration: app_commands.Range[str, 1, 100]
    ) -> None:
        """Let time pass for everyone in the world."""
        ahead = self._read(duration)
        if ahead > FARTHEST:
            raise UserError(Phrase("playground-skip-too-far"))
        words = await self._words(interaction)
        then = stamps.full(self._clock.now() + ahead)
        # The answer comes first: on the other side of a skip this interaction has expired.
        await interaction.response.send_message(words("playground-skipped", now=then))
        self._clock.advance(ahead.total_seconds())
        self._wake()


async def setup(bot: "ScoutBot") -> None:
    """Add the cog; only the playground loads this module."""
    services = bot.services
    clock = services.clock
    if not isinstance(clock, PlaygroundClock):
        raise TypeError("/playground needs a clock that it can move")

    def read(text: str) -> timedelta:
        reading = read_time(text, now=clock.now(), zone=None, slot=Slot.DURATION)
        return timedelta(seconds=reading.seconds)

    async def words(interaction: Interaction[Any]) -> Words:
        return (await services.people.behind(interaction)).words

    await bot.add_cog(
        Playground(clock=clock, read=read, wake=lambda: services.wake(None), words=words)
    )
