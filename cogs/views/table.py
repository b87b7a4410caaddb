"""A table in a code block, narrow enough for a phone."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WIDEST = 30
"""Columns that a phone of 390 px shows inside of a container."""


@dataclass(frozen=True, slots=True)
class Column:
    """Figures to the right, with what is to be remarked of each behind it."""

    head: str
    figures: Sequence[str]
    signs: Sequence[str]
    """A few characters for each figure, or none."""

    def cells(self) -> list[str]:
        """Return the head and the cells, equally wide; digits stand below digits."""
        room = max(map(width, self.signs), default=0)
        cells = [
            figure + sign + " " * (room - width(sign))
            for figure, sign in zip(self.figures, self.signs, strict=True)
        ]
        widest = max(map(width, (self.head, *cells)))
        head = self.head + " " * min(room, widest - width(self.head))
        return [" " * (widest - width(cell)) + cell for cell in (head, *cells)]


def table(head: str, names: Sequence[str], columns: Sequence[Column]) -> str:
    """Return a code block: the names to the left, then the columns.

    Args:
        head: stands above the names.
        names: one a line. Too wide a table loses the ends of names, never a figure.
        columns: with a figure for each name.
    """
    lines = [""] * (len(names) + 1)
    for column in columns:
        cells = column.cells()
        pairs = list(zip(lines, cells, strict=True))
        # Room that is kept for signs parts columns too, where no line has both sides full.
        parted = all(left.endswith(" ") or right.startswith(" ") for left, right in pairs)
        lines = [left + ("" if parted else " ") + right for left, right in pairs]
    left = [head, *names]
    room = max(1, min(max(map(width, left)), WIDEST - max(map(width, lines))))
    named = [cut(name, room) for name in left]
    whole = [
        (name + " " * (room - width(name)) + line).rstrip()
        for name, line in zip(named, lines, strict=True)
    ]
    return "```\n" + "\n".join(whole) + "\n```"


def width(text: str) -> int:
    """Return how many columns of a fixed-width font the text takes; Chinese takes two each."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def cut(text: str, columns: int) -> str:
    """Return the text in at most so many columns, with `…` where something was left out."""
    if width(text) <= columns:
        return text
    room = columns - 1
    for place, char in enumerate(text):
        room -= width(char)
        if room < 0:
            return text[:place] + "…"
    return text
