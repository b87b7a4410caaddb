"""The options of a catalog as columns, so that a wish is judged once for each distinct value.

A hundred offers have three values of "asks for a card" and twenty session lengths. Each figure is
stored as its distinct values and one code an option; a constraint judges the values, and the
verdicts of all options follow by one table look-up in C. That is what makes a search over ten
thousand offers a matter of milliseconds without a library for arrays.
"""

from array import array
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from typing import Any, Final, Generic, TypeVar, cast

from bot.advice.constraints import Constraint
from bot.advice.options import Option, options_of
from bot.catalog.catalog import Catalog

T = TypeVar("T")

Order = tuple[float, ...]
"""What figures are sorted by."""

_BYTE: Final = 256


class Column(Generic[T]):
    """One figure of all options: its distinct values, and which of them each option has."""

    __slots__ = ("_codes", "values")

    def __init__(self, figures: Iterable[T]) -> None:
        numbers: dict[T, int] = {}
        codes = [numbers.setdefault(each, len(numbers)) for each in figures]
        self.values: tuple[T, ...] = tuple(numbers)
        self._codes: bytes | array[int] = (
            bytes(codes) if len(numbers) <= _BYTE else array("L", codes)
        )

    def mapped(self, judge: Callable[[Iterable[T]], bytes]) -> bytes:
        """Return one byte an option: what `judge` says of each distinct value, spread out."""
        verdicts = judge(self.values)
        if isinstance(self._codes, bytes):
            return self._codes.translate(verdicts.ljust(_BYTE, b"\0"))
        return bytes(map(verdicts.__getitem__, self._codes))

    def ranks(self, key: Callable[[T], Order]) -> list[int]:
        """Return the place of each option's figure by `key`; equal keys have equal places."""
        keys = [key(value) for value in self.values]
        places = {each: place for place, each in enumerate(sorted(set(keys)))}
        ranked = [places[each] for each in keys]
        return [ranked[code] for code in self._codes]


class OfferIndex:
    """All options of one revision of the catalog. Columns are made when they are first read."""

    def __init__(self, catalog: Catalog, options: tuple[Option, ...] | None = None) -> None:
        """Expand the offers that a recommendation may name; or take some of their options."""
        self.catalog: Final = catalog
        self.options: Final = options_of(catalog) if options is None else options
        self.places: Final = tuple(option.place for option in self.options)
        """Place of each option's offer in the catalog."""
        self._columns: dict[object, Column[Any]] = {}
        self._ranks: dict[tuple[object, object], list[int]] = {}

    def without(self, offers: AbstractSet[str]) -> "OfferIndex":
        """Return the same without some offers, by their ids: whoever wants none of them."""
        left = tuple(option for option in self.options if option.offer.id not in offers)
        return OfferIndex(self.catalog, left)

    def column(self, read: Callable[[Option], T]) -> Column[T]:
        """Return the figures that `read` returns; the same reader gets the same column."""
        column = self._columns.get(read)
        if column is None:
            column = self._columns[read] = Column(map(read, self.options))
        return cast("Column[T]", column)

    def ranks(self, read: Callable[[Option], T], key: Callable[[T], Order]) -> list[int]:
        """Return the place of each option by `key` of a figure; made once."""
        ranks = self._ranks.get((read, key))
        if ranks is None:
            ranks = self._ranks[read, key] = self.column(read).ranks(key)
        return ranks

    def judged(self, constraint: Constraint[T]) -> bytes:
        """Return the verdict of a constraint on each option, one byte each."""
        return self.column(constraint.read).mapped(constraint.judged)


def joined(columns: Iterable[bytes], length: int) -> bytes:
    """Return the verdicts of several constraints on each option, joined by `|`."""
    whole = 0
    for column in columns:
        whole |= int.from_bytes(column, "big")
    return whole.to_bytes(length, "big")
