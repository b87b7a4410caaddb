"""The parts of a day by the clock, whatever they are called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day: which hours belong to it, and how a bare hour is read in it."""

    default: time | None
    """The house's hour when only the part is named; None: too vague to choose one."""
    spoken: MappingProxyType[int, int]
    """Hour on a 12-hour dial -> hour of the day (24 and more: of the following night)."""
    exact: range
    """Hours of a 24-hour dial that agree with it."""
    runs_past_midnight: bool = False


def _dial(shift: int, hours: range, **special: int) -> MappingProxyType[int, int]:
    twelve = {12: special["twelve"]} if "twelve" in special else {}
    return MappingProxyType({hour: hour + shift for hour in hours} | twelve)


DAWN: Final = Part(time(3), _dial(0, range(1, 7), twelve=0), range(7))
MORNING: Final = Part(time(9), _dial(0, range(1, 12)), range(12))
FORENOON: Final = Part(time(9), _dial(0, range(5, 12)), range(5, 13))
MIDDAY: Final = Part(time(12), MappingProxyType({11: 11, 12: 12, 1: 13}), range(11, 14))
AFTERNOON: Final = Part(time(15), _dial(12, range(1, 8), twelve=12), range(12, 20))
EVENING: Final = Part(time(19), _dial(12, range(4, 12)), range(16, 24))
NIGHT: Final = Part(time(20), _dial(12, range(5, 12), twelve=24), range(17, 24), True)  # noqa: FBT003
NIGHTTIME: Final = Part(time(20), _dial(12, range(7, 12), twelve=24), range(18, 24), True)  # noqa: FBT003
"""夜里: unlike 晚上 it is dark; at 夜里5点 nobody means 17:00."""
LATE_NIGHT: Final = Part(time(23), _dial(12, range(10, 12)), range(22, 24))
AFTER_MIDNIGHT: Final = Part(None, _dial(24, range(1, 7), twelve=24), range(0), True)  # noqa: FBT003
"""今晚凌晨: the small hours that follow the night which was named."""
