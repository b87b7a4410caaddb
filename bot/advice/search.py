"""A query against all options: which fit, which may fit, and what each of the others fails."""

from dataclasses import dataclass
from functools import cached_property
from itertools import compress, count
from struct import unpack
from typing import Final

from bot.advice.constraints import FAIL, FAIL_BUT, OPEN, OPEN_BUT, PASS
from bot.advice.index import OfferIndex, joined
from bot.advice.options import Option
from bot.advice.query import Query
from bot.advice.wishes import AnyConstraint, constraints_of

CHANGE: Final = 0b01
CHECK: Final = 0b10
GIVE_UP: Final = CHANGE | CHECK
"""Who gives a wish up opens what changing it opens, and what only lacks an answer to it."""
MOVE: Final = 0b11
"""The bits of one constraint."""


def _table(values: dict[int, int]) -> bytes:
    return bytes(values.get(byte, 0) for byte in range(256))


_MOVES: Final = _table({FAIL: GIVE_UP, FAIL_BUT: CHANGE, OPEN: CHECK, OPEN_BUT: CHANGE})
_FITS: Final = _table({PASS: 1})
_IS_OPEN: Final = _table({OPEN: 1, OPEN_BUT: 1})
_WISHES_A_BYTE: Final = 4
_BYTES_A_MASK: Final = 8


@dataclass(frozen=True)
class Search:
    """Verdicts of each constraint of a query on each option of an index."""

    index: OfferIndex
    query: Query
    constraints: tuple[AnyConstraint, ...]
    verdicts: tuple[bytes, ...]
    """For each constraint, one byte an option."""

    @cached_property
    def total(self) -> bytes:
        """The verdicts of all constraints on each option, joined by `|`."""
        return joined(self.verdicts, len(self.index.options))

    @cached_property
    def fitting(self) -> list[int]:
        """The options that pass all constraints, by their place in the index."""
        return list(compress(count(), self.total.translate(_FITS)))

    @cached_property
    def open(self) -> list[int]:
        """The options that fail nothing, but leave something unknown."""
        failed = int(FAIL)
        return [row for row, verdict in enumerate(self.total) if verdict and not verdict & failed]

    @cached_property
    def unknowns(self) -> bytes:
        """How many wishes are unknown of each option; there are far less than 256 wishes."""
        columns = (verdicts.translate(_IS_OPEN) for verdicts in self.verdicts)
        total = sum(int.from_bytes(column, "big") for column in columns)
        return total.to_bytes(len(self.index.options), "big")

    @cached_property
    def moves(self) -> tuple[int, ...]:
        """What opens each option: `CHANGE`, `CHECK` or `GIVE_UP << 2 * i` for the i-th constraint.

        Four constraints share a byte of each mask, so that masks are made column by column in C.
        """
        length = len(self.index.options)
        masks = bytearray(length * _BYTES_A_MASK)
        for start in range(0, len(self.verdicts), _WISHES_A_BYTE):
            lane = 0
            for place, verdicts in enumerate(self.verdicts[start : start + _WISHES_A_BYTE]):
                lane |= int.from_bytes(verdicts.translate(_MOVES), "big") << 2 * place
            masks[start // _WISHES_A_BYTE :: _BYTES_A_MASK] = lane.to_bytes(length, "big")
        return unpack(f"<{length}Q", masks)

    def unknown_of(self, row: int) -> tuple[str, ...]:
        """Return the wishes that are unknown of an option."""
        judged = zip(self.constraints, self.verdicts, strict=True)
        return tuple(each.wish for each, verdicts in judged if verdicts[row] & OPEN)

    def option(self, row: int) -> Option:
        """Return an option by its place."""
        return self.index.options[row]


def search(index: OfferIndex, query: Query, *, known: Search | None = None) -> Search:
    """Judge all options by a query.

    Args:
        index: the options.
        query: one without problems, see `problems_of`.
        known: a search on the same index, whose verdicts are used where a wish is the same.
    """
    constraints = constraints_of(index.catalog, query)
    before: dict[str, bytes] = {}
    if known is not None:
        judged = zip(known.constraints, known.verdicts, strict=True)
        before = {
            each.wish: verdicts
            for each, verdicts in judged
            if getattr(query, each.wish) == getattr(known.query, each.wish)
        }
    verdicts = tuple(
        before[each.wish] if each.wish in before else index.judged(each) for each in constraints
    )
    return Search(index, query, constraints, verdicts)
