"""`/about`: what the bot can do, how fresh its facts are, what it keeps."""

from typing import TYPE_CHECKING, Any, final

from discord import Interaction, app_commands, ui
from discord.ext import commands

from bot.catalog.shelf import CatalogShelf
from bot.chores import KEPT_FOR
from bot.discord.mentions import CommandMentions
from bot.discord.people import People
from bot.speech.phrasebook import Words
from cogs._replies import publicly
from cogs.views.layout import card, line, text

if TYPE_CHECKING:
    from bot.discord.client import ScoutBot


@final
class About(commands.Cog):
    """Introduces the bot."""

    def __init__(
        self, *, shelf: CatalogShelf, people: People, mentions: CommandMentions, version: str
    ) -> None:
        self._shelf = shelf
        self._people = people
        self._mentions = mentions
        self._version = version

    @app_commands.command(name="about")
    async def about(self, interaction: Interaction[Any]) -> None:
        """Say what the bot can do."""
        words = (await self._people.behind(interaction)).words
        await publicly(interaction, self.card(words))

    def card(self, words: Words) -> ui.LayoutView:
        """Return the introduction in one language."""
        abilities = [words("about-title")]
        abilities += [
            words(f"about-{name.replace(' ', '-')}", command=self._mentions(name))
            for name in (
                "gpu ask",
                "gpu recommend",
                "gpu fit",
                "gpu compare",
                "gpu info",
                "gpu unlock",
                "gpu profile",
                "remind session",
                "remind me",
                "remind list",
                "quota show",
                "settings me",
            )
        ]
        facts = words(
            "about-facts",
            version=self._version,
            offers=len(self._shelf.catalog.offers),
            date=self._shelf.catalog.date.isoformat(),
        )
        privacy = words("about-privacy", days=KEPT_FOR.days, privacy=self._mentions("privacy show"))
        return card(text("\n".join(abilities)), line(), text(privacy), text(facts))


async def setup(bot: "ScoutBot") -> None:
    """Add the cog."""
    services = bot.services
    await bot.add_cog(
        About(
            shelf=services.shelf,
            people=services.people,
            mentions=services.mentions,
            version=services.version,
        )
    )
