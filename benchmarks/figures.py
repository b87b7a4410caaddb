"""One line of the table, and the table."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, final

Unit = Literal["ms", "MB", "s"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What the bot took and what the floor took, in one run.

    It is met where one of its bounds is: a ratio to the floor, or a figure of its own.
    """

    name: str
    floor_name: str
    ours: float
    floor: float
    unit: Unit
    most_times_floor: float | None = None
    most: float | None = None
    """In `unit`."""

    @property
    def ratio(self) -> float:
        """How many floors it took."""
        return self.ours / self.floor

    @property
    def wanted(self) -> str:
        """The bounds in words."""
        bounds = [
            *([] if self.most is None else [f"≤ {self.most:g} {self.unit}"]),
            *([] if self.most_times_floor is None else [f"≤ {self.most_times_floor:g}x"]),
        ]
        return " or ".join(bounds)

    @property
    def is_met(self) -> bool:
        """Whether one of the bounds holds."""
        return (self.most is not None and self.ours <= self.most) or (
            self.most_times_floor is not None and self.ratio <= self.most_times_floor
        )


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines of columns."""
    rows = [("figure", "ours", "floor", "ratio", "wanted", "", "the floor is")]
    rows += [
        (
            each.name,
            f"{each.ours:.3g} {each.unit}",
            f"{each.floor:.3g} {each.unit}",
            f"{each.ratio:.2f}x",
            each.wanted,
            "ok" if each.is_met else "OVER",
            each.floor_name,
        )
        for each in figures
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def machine() -> str:
    """Return what it ran on, in one line."""
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )
