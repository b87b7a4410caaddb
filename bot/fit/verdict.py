"""Whether a run fits on a card."""

from enum import StrEnum
from typing import Final

MIB: Final = 2**20

FITS_TO: Final = 0.90
MISSES_FROM: Final = 1.10
"""Of usable memory. The same run was measured at 12,021 and at 13,413 MiB in two sessions, so that
nothing closer than a tenth is certain, on either side."""


class Verdict(StrEnum):
    """The answer."""

    FITS = "fits"
    TIGHT = "tight"
    DOES_NOT_FIT = "does_not_fit"
