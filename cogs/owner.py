"""`/owner`: for whoever runs the bot, in the one server that OWNER_GUILD_ID names."""

import platform
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, final

import discord
from discord import Interaction, app_commands, ui
from discord.ext import commands

from bot.catalog.changes import describe
from bot.catalog.problems import CatalogError
from bot.catalog.shelf import CatalogShelf
from bot.clock import Clock
from bot.discord.errors import UserError
from bot.discord.owners import owners_of
from bot.discord.people import People
from bot.ops.health import Pulse
from bot.ops.reload import CatalogReloader
from bot.reminders.rules import DeliveryRules
from bot.speech import stamps
from bot.speech.neutral import neutral
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from bot.store.queue import Queue, QueueRepository
from cogs._replies import privately_once_done
from cogs.views.layout import MOST_TEXT, card, fitting, line, text

if TYPE_CHECKING:
    from bot.discord.client import ScoutBot

_MOST_LINES: Final = 20
_LONGEST_LINE: Final = 300


@final
@app_commands.default_permissions(administrator=True)  # hidden from the server's other members
class Owner(commands.GroupCog, group_name="owner"):
    """Answers the application's owner, or the members of its team, and nobody else."""

    def __init__(
        self,
        *,
        people: People,
        shelf: CatalogShelf,
        reloader: CatalogReloader,
        queue: QueueRepository,
        pulse: Pulse,
        clock: Clock,
        version: str,
        rules: DeliveryRules,
    ) -> None:
        super().__init__()
        self._people = people
        self._shelf = shelf
        self._reloader = reloader
        self._queue = queue
        self._pulse = pulse
        self._clock = clock
        self._version = version
        self._rules = rules

    @app_commands.command(name="reload")
    async def reload(self, interaction: Interaction[Any]) -> None:
        """Read the catalog again, and say what changed."""
        await privately_once_done(interaction, self._reload(interaction))

    @app_commands.command(name="status")
    async def status(self, interaction: Interaction[Any]) -> None:
        """Say how the bot is."""
        await privately_once_done(interaction, self._status(interaction))

    async def _reload(self, interaction: Interaction[Any]) -> ui.LayoutView:
        words = await self._words_of_owner(interaction)
        try:
            found = await self._reloader.reload()
        except CatalogError as error:
            head = words("owner-broken", count=len(error.problems))
            return card(text(_listing(head, map(str, error.problems), words)))
        head = words("owner-reloaded", count=len(found))
        listing = text(_listing(head, map(describe, found), words))
        others = await self._others()
        if self._queue.is_shared:
            return card(listing, line(), text(words("owner-reload-told")))
        if others:
            return card(listing, line(), text(words("owner-reload-others", n=others)))
        return card(listing)

    async def _status(self, interaction: Interaction[Any]) -> ui.LayoutView:
        words = await self._words_of_owner(interaction)
        health = await self._pulse.feel()
        problems = [words(f"owner-problem-{problem}") for problem in health.problems]
        lines = [
            words(
                "owner-status-ill", version=self._version, problems=words("between").join(problems)
            )
            if problems
            else words("owner-status-well", version=self._version),
            words("owner-status-no-tick")
            if health.since_tick_s is None
            else words("owner-status-tick", ago=f"{health.since_tick_s:.0f}"),
        ]
        catalog = self._shelf.catalog
        facts = words(
            "owner-status-catalog", offers=len(catalog.offers), date=catalog.date.isoformat()
        )
        if "database" in health.problems:
            return card(text("\n".join([*lines, facts])))
        queue = await self._look()
        lines.append(words("owner-status-processes", n=queue.workers))
        lines.append(words("owner-status-queue", waiting=queue.waiting, overdue=queue.overdue))
        if queue.oldest_due_at is not None:
            since = stamps.relative(queue.oldest_due_at)
            lines.append(words("owner-status-oldest", since=since))
        versions = words(
            "owner-status-versions",
            schema=queue.schema,
            library=discord.__version__,
            python=platform.python_version(),
        )
        return card(text("\n".join([*lines, facts, versions])))

    async def _words_of_owner(self, interaction: Interaction[Any]) -> Words:
        """Return the language of the one who asked.

        Raises:
            UserError: it is neither the application's owner nor of its team.
        """
        if interaction.user.id not in await owners_of(interaction.client):
            raise UserError(Phrase("owner-only"))
        return (await self._people.behind(interaction)).words

    async def _look(self) -> Queue:
        now = self._clock.now()
        return await self._queue.look(now=now, alive_since=now - self._rules.alive)

    async def _others(self) -> int:
        """Return how many other processes deliver on this database."""
        mine = 0 if self._pulse.delivery is None else 1
        return max(0, (await self._look()).workers - mine)


def _listing(head: str, lines: Iterable[str], words: Words) -> str:
    every = [neutral(each, most=_LONGEST_LINE) for each in lines]
    shown = [words("owner-change", change=each) for each in every[:_MOST_LINES]]
    if left := len(every) - len(shown):
        shown.append(words("owner-more", n=left))
    return fitting([head, *shown], most=MOST_TEXT, cut_short=words("owner-cut-short"))


async def setup(bot: "ScoutBot") -> None:
    """Add the cog to the owner's server; only loaded where one is named."""
    services = bot.services
    if services.owner_guild_id is None:
        raise TypeError("/owner needs the one server that it lives in")
    await bot.add_cog(
        Owner(
            people=services.people,
            shelf=services.shelf,
            reloader=services.reloader,
            queue=services.queue,
            pulse=services.pulse,
            clock=services.clock,
            version=services.version,
            rules=DeliveryRules(),
        ),
        guild=discord.Object(services.owner_guild_id),
    )
