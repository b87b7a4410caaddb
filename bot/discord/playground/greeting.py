"""The first message on the page: what to try, in both languages."""

from discord import ui

from bot.discord.actions import sealed
from bot.discord.mentions import CommandMentions
from bot.speech.locales import Locale
from bot.speech.phrasebook import Phrasebook


def greeting(phrasebook: Phrasebook, mentions: CommandMentions) -> ui.LayoutView:
    """Return the greeting, each command in it to click on."""
    view = ui.LayoutView(timeout=None)
    card: ui.Container[ui.LayoutView] = ui.Container(accent_colour=0x3BA55D)
    for locale in Locale:
        words = phrasebook.words(locale)
        if card.children:
            card.add_item(ui.Separator())
        card.add_item(
            ui.TextDisplay(
                words(
                    "playground-greeting",
                    ask=mentions("gpu ask"),
                    recommend=mentions("gpu recommend"),
                    compare=mentions("gpu compare"),
                    info=mentions("gpu info"),
                    fit=mentions("gpu fit"),
                    unlock=mentions("gpu unlock"),
                    session=mentions("remind session"),
                    skip=mentions("playground skip"),
                    quota=mentions("quota show"),
                    settings=mentions("settings me"),
                    about=mentions("about"),
                )
            )
        )
    view.add_item(card)
    return sealed(view)
