"""A table in a code block, narrow enough for a phone."""

import unicodedata
from collections.abc import Sequence

WIDEST = 40  # columns that a phone shows without wrapping


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a code block: the first column to the left, the others to the right.

    Too wide a table loses the ends of its first column, never a figure.
    """
    lines = [head, *rows]
    widths = [max(width(line[column]) for line in lines) for column in range(len(head))]
    spare = WIDEST - sum(widths[1:]) - (len(widths) - 1)
    widths[0] = max(1, min(widths[0], spare))
    return "```\n" + "\n".join(_line(line, widths) for line in lines) + "\n```"


def width(text: str) -> int:
    """Return how many columns of a fixed-width font the text takes; Chinese takes two each."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cut(cells[0], widths[0])
    padded = [first + " " * (widths[0] - width(first))]
    padded += [
        " " * (w - width(cell)) + cell for cell, w in zip(cells[1:], widths[1:], strict=True)
    ]
    return " ".join(padded).rstrip()


def cut(text: str, columns: int) -> str:
    """Return the text in at most so many columns, with `…` where something was left out."""
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > columns - 1:
            break
        kept += char
    return kept + "…"
