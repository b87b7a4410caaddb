"""What a picture of a week shows: a bar a day, and words that are chosen already."""

from dataclasses import dataclass
from typing import Final

MOST_DAYS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBar:
    """One day."""

    name: str
    """The day of the week, short."""
    figure: str
    """What was used and is planned, as it is read; empty for nothing."""
    used: float
    planned: float
    marked: str | None = None
    """What happens on this day, such as the renewal."""
    today: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPicture:
    """The days of one quota; equal pictures are drawn as equal bytes."""

    title: str
    about: str
    """What is left, and when more comes."""
    days: tuple[DayBar, ...]
    notes: tuple[str, ...]
    """Lines at the foot: what the colours mean."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.days) <= MOST_DAYS:
            raise ValueError(f"a picture has 1 to {MOST_DAYS} days, not {len(self.days)}")

    @property
    def highest(self) -> float:
        """The greatest of the days, in the unit of the quota."""
        return max(day.used + day.planned for day in self.days)
