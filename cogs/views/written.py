"""Layouts written down as Discord reads them: for an answer that is made for one question.

discord.py's items can be walked and changed, which a message that is sent once does not need; to
build them takes as long as to read the question.
"""

from collections.abc import Mapping

import discord

from cogs._finished import Finished
from cogs.views.layout import ACCENT

Component = Mapping[str, object]


def card(*components: Component, accent: discord.Colour = ACCENT) -> Finished:
    """Return a layout of one framed card, ready to send."""
    container: dict[str, object] = {
        "type": discord.ComponentType.container.value,
        "accent_color": accent.value,
        "spoiler": False,
        "components": list(components),
    }
    return Finished([container])


def text(content: str) -> Component:
    """Return one block of text."""
    return {"type": discord.ComponentType.text_display.value, "content": content}


def line() -> Component:
    """Return a thin line between two blocks."""
    return {"type": discord.ComponentType.separator.value, "divider": True, "spacing": 1}


def row(*components: Component) -> Component:
    """Return a row of at most five buttons, or of one select."""
    return {"type": discord.ComponentType.action_row.value, "components": list(components)}


def button(
    label: str,
    custom_id: str,
    *,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> Component:
    """Return a button whose state is all in its `custom_id`."""
    return {
        "type": discord.ComponentType.button.value,
        "style": style.value,
        "disabled": False,
        "label": label,
        "custom_id": custom_id,
    }
