"""A wish as a test of options: passed, failed, or open because a fact is unknown.

Each constraint reads one figure of an option and judges it alone, so that an index can judge each
distinct value once. It also knows the way back: to what the wish has to be changed for a value to
pass, and how much that costs.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from math import ceil, floor, inf, log2, log10
from typing import Final, Generic, TypeVar

from typing_extensions import override

from bot.advice.bounds import Bounds
from bot.advice.options import Option, Regions

T = TypeVar("T")

_ROUNDING: Final = 1 - 1e-9
"""40 h a month are 40 * 12 / 52 a week, and floating point must not lose the last hour of them."""

WishValue = bool | float | str | tuple[str, ...]
"""What a field of `Query` holds, in its unit; the unit is the last part of the field's name."""


# A halved figure costs 1 and giving it up 4. What a user gets in minutes costs little, what takes
# weeks or puts money at risk costs more, and nobody moves to another country for a GPU.
_GIVING_UP_A_FIGURE: Final = 4
_PRICES: Final[Mapping[str, float]] = {
    "phone": 1,
    "kinds": 1,
    "card": 2,
    "id_check": 2,
    "waitlist": 2,
    "gpus": 2,
    "accelerator": 3,
    "application": 3,
    "bf16": 3,
    "background": 3,
    "internet": 3,
    "custom_containers": 3,
    "commercial_use": 3,
    "tools": 3,
    "academic_email": 4,
    "region": 8,
}


class Verdict(IntEnum):
    """What a constraint says of a value, in bits, so that verdicts can be joined by `|`.

    Bit 1: failed. Bit 2: open, because something is unknown. Bit 4: there is a value that the wish
    could be changed to instead of being given up.
    """

    PASS = 0
    FAIL = 1
    OPEN = 2
    FAIL_BUT = 5
    OPEN_BUT = 6


# An attribute of an enumeration is looked up in Python; these are read once a value.
PASS: Final = Verdict.PASS
FAIL: Final = Verdict.FAIL
OPEN: Final = Verdict.OPEN
FAIL_BUT: Final = Verdict.FAIL_BUT
OPEN_BUT: Final = Verdict.OPEN_BUT


@dataclass(frozen=True, slots=True)
class Change:
    """One wish, and what to make of it: the distance between an offer and the request."""

    wish: str
    """The field of `Query`."""
    wanted: WishValue
    offered: WishValue | None
    """The value to ask for instead; None: give the wish up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint(ABC, Generic[T]):
    """One wish of a query."""

    wish: str
    """The field of `Query` that it comes from."""
    read: Callable[[Option], T]
    """The figure that is judged."""

    @property
    def price(self) -> float:
        """What giving the wish up costs; a judgement, of which only the order matters."""
        return _PRICES.get(self.wish, _GIVING_UP_A_FIGURE)

    @property
    @abstractmethod
    def wanted(self) -> WishValue:
        """The value of the field."""

    @abstractmethod
    def judge(self, value: T) -> Verdict:
        """Say whether a value meets the wish."""

    def judged(self, values: Iterable[T]) -> bytes:
        """Return the verdict on each of many values, one byte each."""
        return bytes(map(self.judge, values))

    def relaxed(self, value: T) -> WishValue | None:  # noqa: ARG002 - only some wishes have degrees
        """Return what to ask for so that `value` passes for certain; None: only by giving up."""
        return None

    def loosest(self, values: Iterable[T]) -> WishValue | None:
        """Return what to ask for so that all `values` pass that asking can make pass."""
        wishes = {self.relaxed(value) for value in values}
        return wishes.pop() if len(wishes) == 1 else None

    def cost(self, value: T) -> float:  # noqa: ARG002 - as above
        """Return what it costs to ask for `relaxed(value)` instead."""
        return self.price

    def change(self, value: T) -> Change:
        """Return what to change so that `value` passes."""
        return Change(self.wish, self.wanted, self.relaxed(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast(Constraint[Bounds]):
    """A quantity must reach `need`."""

    need: float
    whole: bool = False
    """Whether the field counts things."""
    per_value: float = 1
    """Units of the field in one unit of the figure (months of hours in a week of them)."""

    @property
    @override
    def wanted(self) -> WishValue:
        return self.need

    @override
    def judge(self, value: Bounds) -> Verdict:
        return Verdict(self.judged([value])[0])

    @override
    def judged(self, values: Iterable[Bounds]) -> bytes:
        # One expression without a call: figures have thousands of distinct values.
        need = self.need / self.per_value
        enough = need * _ROUNDING
        passed, fail, fail_but, open_, open_but = map(int, (PASS, FAIL, FAIL_BUT, OPEN, OPEN_BUT))
        return bytes(
            [
                passed
                if lo >= enough
                else (fail_but if lo > 0 else fail)
                if hi < need
                else (open_but if lo > 0 else open_)
                for lo, hi in values
            ]
        )

    @override
    def relaxed(self, value: Bounds) -> WishValue | None:
        rounded = rounded_down(value.lo * self.per_value)
        return (int(rounded) if self.whole else rounded) if rounded > 0 else None

    @override
    def loosest(self, values: Iterable[Bounds]) -> WishValue | None:
        numbered = [value for value in values if value.lo > 0]
        return self.relaxed(min(numbered)) if numbered else None

    @override
    def cost(self, value: Bounds) -> float:
        """Return how often the wish is halved, at most the price of giving it up."""
        have = value.lo * self.per_value
        return min(log2(self.need / have), self.price) if have > 0 else self.price


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost(Constraint[Bounds]):
    """A quantity must stay within `limit`."""

    limit: float

    @property
    @override
    def wanted(self) -> WishValue:
        return self.limit

    @override
    def judge(self, value: Bounds) -> Verdict:
        if value.hi <= self.limit:
            return PASS
        if value.lo > self.limit:
            return FAIL if value.hi == inf else FAIL_BUT
        return OPEN if value.hi == inf else OPEN_BUT

    @override
    def relaxed(self, value: Bounds) -> WishValue | None:
        return None if value.hi == inf else rounded_up(value.hi)

    @override
    def loosest(self, values: Iterable[Bounds]) -> WishValue | None:
        return self.relaxed(max(values, key=lambda value: value.hi))

    @override
    def cost(self, value: Bounds) -> float:
        """Return how often the limit is doubled, at most the price of giving it up."""
        return min(log2(value.hi / self.limit), self.price)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs(Constraint[bool | None]):
    """The offer must have it."""

    @property
    @override
    def wanted(self) -> WishValue:
        return True

    @override
    def judge(self, value: bool | None) -> Verdict:
        if value is None:
            return OPEN
        return PASS if value else FAIL

    @override
    def relaxed(self, value: bool | None) -> WishValue | None:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Without(Constraint[bool | None]):
    """The offer must not ask for it."""

    @property
    @override
    def wanted(self) -> WishValue:
        return False

    @override
    def judge(self, value: bool | None) -> Verdict:
        if value is None:
            return OPEN
        return FAIL if value else PASS

    @override
    def relaxed(self, value: bool | None) -> WishValue | None:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf(Constraint[str | None]):
    """The offer must be of one of these kinds."""

    allowed: tuple[str, ...]

    @property
    @override
    def wanted(self) -> WishValue:
        return self.allowed

    @override
    def judge(self, value: str | None) -> Verdict:
        if value is None:
            return OPEN
        return PASS if value in self.allowed else FAIL_BUT

    @override
    def relaxed(self, value: str | None) -> WishValue | None:
        return None if value is None else (*self.allowed, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs(Constraint[str | None]):
    """The accelerator must be a GPU, or a TPU."""

    accelerator: str

    @property
    @override
    def wanted(self) -> WishValue:
        return self.accelerator

    @override
    def judge(self, value: str | None) -> Verdict:
        if value is None:
            return OPEN
        return PASS if value == self.accelerator else FAIL

    @override
    def relaxed(self, value: str | None) -> WishValue | None:
        return "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class IsCard(Constraint[frozenset[str]]):
    """The card must be one of those that the names mean."""

    names: tuple[str, ...]
    meant: frozenset[str]

    @property
    @override
    def wanted(self) -> WishValue:
        return self.names

    @override
    def judge(self, value: frozenset[str]) -> Verdict:
        if value and value <= self.meant:
            return PASS
        return FAIL_BUT if value and not value & self.meant else OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers(Constraint[frozenset[str] | None]):
    """The offer must have all of these tools; one that no source names is unknown, not missing."""

    needed: tuple[str, ...]

    @property
    @override
    def wanted(self) -> WishValue:
        return self.needed

    @override
    def judge(self, value: frozenset[str] | None) -> Verdict:
        return PASS if value is not None and value.issuperset(self.needed) else OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIn(Constraint[Regions]):
    """The offer must be open to users of this country."""

    country: str

    @property
    @override
    def wanted(self) -> WishValue:
        return self.country

    @override
    def judge(self, value: Regions) -> Verdict:
        if not value.stated:
            return OPEN
        if self.country in value.blocked:
            return FAIL
        return PASS if not value.allowed or self.country in value.allowed else FAIL


def rounded_down(value: float) -> float:
    """Return `value` with one decimal place (two digits below 1), never more than it is."""
    step = _step(value)
    return round(floor(value * step + 1e-9) / step, 12)


def rounded_up(value: float) -> float:
    """Return `value` with one decimal place (two digits below 1), never less than it is."""
    step = _step(value)
    return round(ceil(value * step - 1e-9) / step, 12)


def _step(value: float) -> float:
    return 10.0 if value >= 1 or value <= 0 else 10.0 ** (1 - floor(log10(value)))
