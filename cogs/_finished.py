"""Answers that are the same for many users, kept finished."""

from collections.abc import Callable, Hashable
from typing import Final, final

from discord import ui

MOST_KEPT: Final = 256


@final
class FinishedAnswers:
    """Sealed layouts by all that they were made of; sending one changes nothing in it.

    To make one takes a millisecond or several, of which each of a thousand users at once would
    wait for all.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, ui.LayoutView] = {}

    def take(self, key: Hashable, make: Callable[[], ui.LayoutView]) -> ui.LayoutView:
        """Return the layout with this key, made now where there is none.

        Args:
            key: what is shown, with the revision of the catalog, the locale, and the day: figures
                are marked as old by it.
            make: returns a sealed layout, made of what the key names alone.
        """
        view = self._kept.get(key)
        if view is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            view = self._kept[key] = make()
        return view
