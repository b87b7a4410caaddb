"""What is certain of a quantity: it lies between two bounds, and they meet where it is known.

Most figures of the catalog are one value, some are a least ("30 hours or more"), and many are
unknown. One type for the three lets a limit be passed, failed or left open without a special case,
and keeps arithmetic honest: what is computed of an unknown is as wide as the unknown was.
"""

from collections.abc import Iterable
from math import inf
from typing import NamedTuple


class Bounds(NamedTuple):
    """The least and the most that a quantity can be; both are never negative."""

    lo: float
    hi: float

    @property
    def known(self) -> bool:
        """Whether the bounds meet in one value."""
        return self.lo == self.hi

    def times(self, other: "Bounds") -> "Bounds":
        """Return the bounds of the product; nothing of something endless is nothing."""
        hi = 0.0 if 0 in (self.hi, other.hi) else self.hi * other.hi
        return Bounds(self.lo * other.lo, hi)

    def by(self, factor: float) -> "Bounds":
        """Return the bounds multiplied by a plain number."""
        return self.times(exactly(factor))


UNKNOWN = Bounds(0, inf)
"""Nothing is certain but the sign."""


def exactly(value: float | None, *, at_most: float = inf) -> Bounds:
    """Return a known value, or the bounds of an unknown one that cannot exceed `at_most`."""
    return Bounds(0, at_most) if value is None else Bounds(value, value)


def hull(parts: Iterable[Bounds]) -> Bounds:
    """Return the bounds of a quantity that is one of `parts`; unknown where there are none."""
    found = list(parts)
    if not found:
        return UNKNOWN
    return Bounds(min(part.lo for part in found), max(part.hi for part in found))
