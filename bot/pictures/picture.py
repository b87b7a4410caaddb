"""What a comparison picture shows: figures, and words that are chosen already."""

from dataclasses import dataclass
from typing import Final, Literal

MOST_OFFERS: Final = 5

Certainty = Literal["exact", "at_least", "advertised"]
"""What is known of a figure: its value, a value that it reaches, or what an advertisement says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure of one offer."""

    text: str
    """The figure as it is read, or the word for "unknown"."""
    value: float | None
    """The length of the bar, in the row's unit; None is unknown and has no bar, unlike 0."""
    certainty: Certainty = "exact"
    caption: str | None = None
    """A word of warning below the bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure of all offers; more is better."""

    label: str
    cells: tuple[Cell, ...]
    """In the order of the picture's heads."""
    best: frozenset[int] = frozenset()
    """The places of the cells that get a star."""

    @property
    def longest(self) -> float:
        """The greatest value that is drawn, in the row's unit; 0 where none is known."""
        return max((cell.value for cell in self.cells if cell.value is not None), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Whose figures stand below."""

    name: str
    about: str | None = None
    """The card that the figures are of."""
    warning: str | None = None
    """Why one can't have it, such as that it is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Offers side by side; equal pictures are drawn as equal bytes."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    """Lines at the foot: what the signs mean, and how old the figures are."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.heads) <= MOST_OFFERS:
            raise ValueError(f"a picture has 1 to {MOST_OFFERS} offers, not {len(self.heads)}")
        for row in self.rows:
            if len(row.cells) != len(self.heads):
                raise ValueError(f"{row.label}: {len(row.cells)} cells, {len(self.heads)} offers")
