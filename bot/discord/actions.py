"""Buttons and selects that go on working after a restart.

A message carries plain components whose `custom_id` holds all their state (`sealed` sends them so
that discord.py keeps nothing about them in memory). What a click does is registered once a
process: `on_click(template, handler)` gives the class for `bot.add_dynamic_items`.

Traps of discord.py 2.7 that this avoids: a view that mixes dynamic and ordinary items can
de-register the class for the whole process when it times out; an exception in a dynamic item's
callback reaches the log alone, so the user would see "interaction failed".
"""

import re
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any, Self, TypeVar, cast

from discord import Interaction, ui
from typing_extensions import override

from bot.discord.errors import Complaints
from bot.discord.observer import command_of, kind_of

V = TypeVar("V", ui.View, ui.LayoutView)
Handler = Callable[[Interaction[Any], re.Match[str]], Awaitable[None]]


def on_click(
    template: str | re.Pattern[str], handler: Handler, *, complaints: Complaints
) -> type[ui.DynamicItem[ui.Item[Any]]]:
    """Return a class that hands each click on a matching `custom_id` to `handler`.

    Args:
        template: a regular expression for the whole `custom_id`; its groups reach the handler.
        handler: answers the interaction.
        complaints: answers the user where the handler raises.
    """

    class Clicked(ui.DynamicItem[ui.Item[Any]], template=template):
        """One click: lives as long as its callback."""

        def __init__(self, item: ui.Item[Any], match: re.Match[str]) -> None:
            super().__init__(item)
            self._match = match

        @classmethod
        @override
        async def from_custom_id(
            cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            return cls(item, match)

        @override
        async def callback(self, interaction: Interaction[Any]) -> None:
            began = perf_counter()
            try:
                await handler(interaction, self._match)
            except Exception as error:  # noqa: BLE001 - every failure becomes an answer
                await complaints.answer(interaction, error)
            seconds = perf_counter() - began
            complaints.observer.answered(
                kind_of(interaction), command_of(interaction), seconds=seconds
            )

    return Clicked


def sealed(view: V) -> V:
    """Return the view, ready to send: discord.py forgets it at once instead of storing it."""
    view.stop()
    return view


def chosen(interaction: Interaction[Any]) -> list[str]:
    """Return the values that were chosen in the select behind this interaction."""
    return list(cast("list[str]", (interaction.data or {}).get("values", [])))


class Form(ui.Modal):
    """A modal whose failures are answered like everything else's."""

    def __init__(self, *, title: str, complaints: Complaints) -> None:
        super().__init__(title=title)
        self._complaints = complaints

    @override
    async def on_error(self, interaction: Interaction[Any], error: Exception, /) -> None:
        await self._complaints.answer(interaction, error)
