"""How a user's data is shown: what is kept, a file with all of it, and its end."""

import re
from typing import Final

import discord
from discord import ui

from bot.discord.mentions import CommandMentions
from bot.speech.phrasebook import Words
from bot.store.privacy import Erased, Held
from cogs.views.layout import button, card, line, row, text

EXPORT: Final = "privacy:export"
ASK: Final = "privacy:ask"
DECIDE: Final = re.compile(r"privacy:(?P<decision>erase|keep):(?P<user>[1-9][0-9]{0,19})", re.ASCII)
FILE: Final = "gpu-scout-export.json"
DANGER: Final = discord.Colour(0xDA373C)


class PrivacyViews:
    """Shows it in one language."""

    def __init__(self, *, words: Words, days: int, ledger_days: int) -> None:
        """Take the language, and for how many days reminders and what was used stay after that."""
        self._words = words
        self._days = days
        self._ledger_days = ledger_days

    def overview(self, held: Held) -> ui.LayoutView:
        """Return what is kept, how long, and how much of it there is."""
        words = self._words
        lines = [
            words("privacy-title"),
            self._amount(held),
            words("privacy-reminders", days=self._days),
            words("privacy-ledger", days=self._ledger_days),
            words("privacy-settings"),
            words("privacy-wishes"),
            words("privacy-channel"),
            words("privacy-server"),
        ]
        # In one text, the line after a list would be drawn as part of its last entry.
        said = (text("\n".join(lines)), text(words("privacy-nothing-else")))
        if not held.rows:
            return card(*said)
        buttons = row(
            button(words("privacy-export-button"), EXPORT),
            button(words("privacy-ask-button"), ASK, style=discord.ButtonStyle.danger),
        )
        return card(*said, line(), buttons)

    def question(self, held: Held, user_id: int, mentions: CommandMentions) -> ui.LayoutView:
        """Return the question before all of a user is erased; its buttons are the user's alone."""
        words = self._words
        if not held.rows:
            return card(text(words("privacy-nothing")))
        lines = [
            words("privacy-ask-title"),
            words("privacy-ask", coming=held.coming),
            words("privacy-ask-export", export=mentions("privacy export")),
        ]
        danger = discord.ButtonStyle.danger
        buttons = row(
            button(words("privacy-erase-button"), f"privacy:erase:{user_id}", style=danger),
            button(words("privacy-keep-button"), f"privacy:keep:{user_id}"),
        )
        return card(text("\n".join(lines)), buttons, accent=DANGER)

    def erased(self, erased: Erased) -> ui.LayoutView:
        """Return what was erased."""
        lines = [self._words("privacy-erased", cancelled=erased.cancelled)]
        if erased.in_flight:
            lines.append(self._words("privacy-erased-in-flight", n=erased.in_flight))
        lines.append(self._words("privacy-erased-rest"))
        return card(text("\n".join(lines)))

    def kept(self) -> ui.LayoutView:
        """Return that nothing was erased."""
        return card(text(self._words("privacy-kept")))

    def sent(self, message_url: str) -> ui.LayoutView:
        """Return that the file is in the direct messages."""
        return card(text(self._words("privacy-export-sent", message=message_url)))

    def attached(self) -> ui.LayoutView:
        """Return the file itself, where direct messages are closed; `FILE` must go with it."""
        said = text(self._words("privacy-export-attached"))
        return card(said, ui.File(f"attachment://{FILE}"))

    def _amount(self, held: Held) -> str:
        if not held.rows:
            return self._words("privacy-nothing")
        return self._words("privacy-amount", coming=held.coming, over=held.over)
