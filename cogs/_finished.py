"""Answers that are the same for many users, kept finished."""

from collections.abc import Callable, Hashable
from typing import Any, Final, final

from discord import ui
from typing_extensions import override

MOST_KEPT: Final = 256


@final
class FinishedAnswers:
    """Layouts by all that they were made of.

    To make one takes a millisecond or several, of which each of a thousand users at once would
    wait for all.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, Finished] = {}

    def take(self, key: Hashable, make: Callable[[], ui.LayoutView]) -> ui.LayoutView:
        """Return the layout with this key, to be sent as it is; made now where there is none.

        Args:
            key: what is shown, with the revision of the catalog, the locale, and the day: figures
                are marked as old by it.
            make: returns the layout, made of what the key names alone.
        """
        view = self._kept.get(key)
        if view is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            view = self._kept[key] = Finished(make().to_components())
        return view


@final
class Finished(ui.LayoutView):
    """A layout as Discord reads it: it holds no items, and can be sent any number of times."""

    def __init__(self, components: list[dict[str, Any]]) -> None:
        super().__init__(timeout=None)
        self._components = components
        self.stop()  # as `sealed` does: discord.py is to keep nothing about it

    @override
    def to_components(self) -> list[dict[str, Any]]:
        return self._components

    @override
    def has_components_v2(self) -> bool:
        return True
