"""One row of the table of faults: what was done, what came of it, and whether it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import final


@final
@dataclass(kw_only=True)
class Row:
    """What a scenario found. `check` collects what does not hold, so that a soak goes on."""

    fault: str
    run: str
    figures: dict[str, int | float | str] = field(default_factory=dict[str, int | float | str])
    broken: list[str] = field(default_factory=list[str])

    def check(self, holds: bool, otherwise: str) -> None:
        """Note what does not hold."""
        if not holds:
            self.broken.append(otherwise)

    @property
    def holds(self) -> bool:
        """Whether all of it did."""
        return not self.broken


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| Fault | Run | Measured | |", "|---|---|---|---|"]
    for row in rows:
        figures = ", ".join(f"{name} {_written(value)}" for name, value in row.figures.items())
        verdict = "holds" if row.holds else f"BROKEN: {'; '.join(row.broken)}"
        lines.append(f"| {row.fault} | {row.run} | {figures} | {verdict} |")
    return "\n".join(lines)


def _written(value: float | str) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)
