"""What a user follows, and the select that stops it."""

from collections.abc import Sequence
from typing import Final

import discord
from discord import ui

from bot.speech.phrasebook import Words
from cogs.views.layout import card, row, text

STOP: Final = "follow:stop"


def following(said: str, followed: Sequence[tuple[str, str]], words: Words) -> ui.LayoutView:
    """Return the layout: what was said, and what is followed as pairs of an offer's id and name."""
    lines = [said]
    if followed:
        names = words("between").join(name for _, name in followed)
        lines.append(words("follow-list", names=names))
    items: list[ui.Item[ui.LayoutView]] = [text("\n".join(lines))]
    if followed:
        items.append(
            row(
                ui.Select[ui.LayoutView](
                    custom_id=STOP,
                    placeholder=words("follow-stop"),
                    options=[
                        discord.SelectOption(label=name, value=offer_id)
                        for offer_id, name in followed
                    ],
                )
            )
        )
    return card(*items)
