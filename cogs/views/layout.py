"""What every layout is built with."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.discord.actions import sealed

ACCENT = discord.Colour(0x3BA55D)
MOST_TEXT = 3900  # of the 4,000 characters that all texts of one message may have


def card(*items: ui.Item[ui.LayoutView], accent: discord.Colour = ACCENT) -> ui.LayoutView:
    """Return a layout of one framed card, ready to send."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*items, accent_colour=accent))
    return sealed(view)


def text(content: str) -> ui.TextDisplay[ui.LayoutView]:
    """Return one block of text."""
    return ui.TextDisplay(content)


def line() -> ui.Separator[ui.LayoutView]:
    """Return a thin line between two blocks."""
    return ui.Separator()


def row(*items: ui.Item[ui.LayoutView]) -> ui.ActionRow[ui.LayoutView]:
    """Return a row of buttons, or of one select."""
    return ui.ActionRow(*items)


def button(
    label: str,
    custom_id: str,
    *,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    emoji: str | None = None,
) -> ui.Button[ui.LayoutView]:
    """Return a button whose state is all in its `custom_id`."""
    return ui.Button(label=label, custom_id=custom_id, style=style, emoji=emoji)


def link(label: str, url: str) -> ui.Button[ui.LayoutView]:
    """Return a button that opens an address."""
    return ui.Button(label=label, url=url)


def fitting(lines: Sequence[str], *, most: int, cut_short: str) -> str:
    """Join lines to at most `most` characters; where some are left out, `cut_short` says so."""
    kept: list[str] = []
    room = most
    for index, each in enumerate(lines):
        last = index == len(lines) - 1
        if len(each) + 1 > room - (0 if last else len(cut_short) + 1):
            return "\n".join([*kept, cut_short])
        kept.append(each)
        room -= len(each) + 1
    return "\n".join(kept)
