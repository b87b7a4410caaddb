"""Forms that can still be sent after a restart.

discord.py keeps each modal that it opened in memory until it is sent, and a user who closes one
says so to nobody. Here a modal's `custom_id` is all its state, as for buttons: discord.py is told
to forget it (`opened`), and what was filled in arrives as an event (`Submissions`).
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast, final

import discord
from discord import Interaction, TextStyle, ui
from discord.ext import commands

from bot.discord.errors import Complaints

Fields = Mapping[str, str]
SubmitHandler = Callable[[Interaction[Any], re.Match[str], Fields], Awaitable[None]]

LONGEST_PLACEHOLDER = 100


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One line to fill in."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    """What stands there while it is empty."""
    most: int
    required: bool = False
    long: bool = False


async def open_form(
    interaction: Interaction[Any], *, title: str, custom_id: str, fields: Sequence[Field]
) -> None:
    """Answer with a form."""
    modal = ui.Modal(title=title, custom_id=custom_id)
    for field in fields:
        line: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id=field.name,
            default=field.value[: field.most] or None,
            placeholder=field.hint[:LONGEST_PLACEHOLDER] or None,
            max_length=field.most,
            required=field.required,
            style=TextStyle.paragraph if field.long else TextStyle.short,
        )
        modal.add_item(ui.Label(text=field.label, component=line))
    modal.stop()  # as `sealed` does for views
    await interaction.response.send_modal(modal)


@final
class Submissions(commands.Cog):
    """Hands each form that was sent to the one who knows its `custom_id`."""

    def __init__(
        self,
        handlers: Mapping[str, SubmitHandler],
        *,
        complaints: Complaints,
        name: str = "Submissions",
    ) -> None:
        """Take what answers each form, by a regular expression for its whole `custom_id`.

        `name` tells the forms of one subject from another's: a bot has one cog of a name.
        """
        self.__cog_name__ = name
        self._handlers = [(re.compile(each), handler) for each, handler in handlers.items()]
        self._complaints = complaints

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction[Any]) -> None:
        """Answer the forms that are known here; the rest is discord.py's."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data = cast("Mapping[str, Any]", interaction.data or {})
        for template, handler in self._handlers:
            match = template.fullmatch(data.get("custom_id", ""))
            if match is None:
                continue
            try:
                await handler(interaction, match, dict(_filled_in(data.get("components", ()))))
            except Exception as error:  # noqa: BLE001 - every failure becomes an answer
                await self._complaints.answer(interaction, error)
            return


def _filled_in(components: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    for component in components:
        if "value" in component:
            yield component["custom_id"], component["value"] or ""
        inner = component.get("component")
        yield from _filled_in([*component.get("components", ()), *([inner] if inner else [])])
