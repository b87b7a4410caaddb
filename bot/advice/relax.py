"""Nothing fits: the fewest wishes to change so that something does.

An option is opened by a set of moves, one for each constraint that it does not pass:

* a **change** where a value is known: to that value where the wish has degrees ("session 12 -> 9
  h"); else the wish is given up, or what is asked for is accepted ("card: no -> yes");
* a **check** where the value is unknown: no number can be asked for instead, and lowering the wish
  would tell nothing. Only the provider knows, so the way out is to ask.

Giving a wish up opens more than the other two: what they open, it opens too. So moves are sets of
bits, and for choosing one option from a table no solver is needed: a set of moves opens something
exactly if it contains the set of some option, so that the sets of options that contain no other
such set are all minimal relaxations. A set of checks alone changes no wish: its options are those
that may fit already, which are shown apart. The way out that it stands for is to give up the wishes
that nobody can answer.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from struct import pack
from typing import Final

from bot.advice.constraints import Change
from bot.advice.order import in_order
from bot.advice.query import Query
from bot.advice.search import CHANGE, CHECK, MOVE, Search, search
from bot.advice.wishes import AnyConstraint
from bot.catalog.offer import Offer

CHECK_PRICE: Final = 3
"""What asking a provider costs: an answer takes days and may be no."""
UNLOCKED_NAMED: Final = 10

_DIGITS: Final = tuple(bytes(b"01"[byte >> bit & 1] for byte in range(256)) for bit in range(8))
"""For each bit of a byte, the table that turns bytes into that bit, as a digit."""


Way = tuple[list[AnyConstraint], list[AnyConstraint]]
"""The wishes to change, and those to ask about."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What opens an option: wishes to change and wishes to ask about."""

    changes: frozenset[str]
    checks: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """One minimal way out."""

    changes: tuple[Change, ...]
    checks: tuple[str, ...]
    """Wishes of which the provider has to be asked; where there are any, nothing is certain."""
    cost: float
    query: Query
    """The request with the changes made: searching it finds what is unlocked."""
    unlocks: tuple[Offer, ...]
    """The first of what fits then; with checks, of what may fit then."""
    unlocked: int
    """How many offers that are."""


def minimal_moves(found: Search) -> frozenset[Moves]:
    """Return all minimal sets of moves, those of checks alone included."""
    return frozenset(
        Moves(
            changes=frozenset(each.wish for each in _changing(found, mask)),
            checks=frozenset(each.wish for each in _checking(found, mask)),
        )
        for mask in _minimal(set(found.moves))
    )


def relaxations(found: Search, limit: int) -> list[Relaxation]:
    """Return the cheapest minimal relaxations of a search that nothing fits, cheapest first."""
    ways = _ways(found)
    cheapest: dict[int, tuple[float, int]] = {}
    for row, mask in enumerate(found.moves):
        if mask in ways:
            changing, checking = ways[mask]
            option = found.option(row)
            cost = CHECK_PRICE * len(checking) + sum(
                each.cost(each.read(option)) for each in changing
            )
            cheapest[mask] = min((cost, row), cheapest.get(mask, (cost, row)))
    chosen = sorted((cost, row, mask) for mask, (cost, row) in cheapest.items())[:limit]
    return [_relaxation(found, row, ways[mask], cost) for cost, row, mask in chosen]


def changed(query: Query, changes: Iterable[Change]) -> Query:
    """Return the query with the changes made."""
    fields = Query.model_fields
    return query.model_copy(
        update={
            each.wish: fields[each.wish].default if each.offered is None else each.offered
            for each in changes
        }
    )


def _changing(found: Search, mask: int) -> list[AnyConstraint]:
    """Return the constraints that a set of moves changes or gives up."""
    places = enumerate(found.constraints)
    return [each for place, each in places if mask >> 2 * place & CHANGE]


def _checking(found: Search, mask: int) -> list[AnyConstraint]:
    """Return the constraints that a set of moves asks about."""
    places = enumerate(found.constraints)
    return [each for place, each in places if mask >> 2 * place & MOVE == CHECK]


def _ways(found: Search) -> dict[int, Way]:
    """Return what to change and what to ask about, for each minimal set of moves.

    To give up what nobody can answer is a way only where changing some of it is none.
    """
    ways: dict[int, Way] = {}
    asking: list[tuple[int, Way]] = []
    for mask in _minimal(set(found.moves)):
        changing, checking = _changing(found, mask), _checking(found, mask)
        if changing:
            ways[mask] = changing, checking
        else:
            asking.append((mask, (checking, [])))
    for mask, way in asking:
        given_up = mask | mask >> 1  # CHECK becomes GIVE_UP.
        if all(each & ~given_up for each in ways):
            ways[mask] = way
    return ways


def _minimal(masks: Collection[int]) -> list[int]:
    """Return the sets that contain no other one, the smallest first.

    The sets are numbered with the smallest at the lowest bit, and for each element one integer
    tells which sets have it. So all that contain a given set are found by a few operations on whole
    integers, and thousands of sets cost no more than those that are kept.
    """
    ordered = sorted(masks, key=int.bit_count, reverse=True)
    packed = pack(f"<{len(ordered)}Q", *ordered)
    having = {
        1 << 8 * byte + bit: int(packed[byte::8].translate(digits), 2)
        for byte in range((max(ordered, default=0).bit_length() + 7) // 8)
        for bit, digits in enumerate(_DIGITS)
    }
    every = left = (1 << len(ordered)) - 1
    kept: list[int] = []
    while left:
        smallest = ordered[len(ordered) - (left & -left).bit_length()]
        kept.append(smallest)
        containing = every
        rest = smallest
        while rest:
            containing &= having[rest & -rest]
            rest &= rest - 1
        left &= ~containing
    return kept


def _relaxation(found: Search, row: int, way: Way, cost: float) -> Relaxation:
    option = found.option(row)
    changing, checking = way
    changes = tuple(each.change(each.read(option)) for each in changing)
    checks = tuple(each.wish for each in checking)
    query = changed(found.query, changes)
    after = search(found.index, query, known=found)
    rows = after.fitting
    if checks:
        few = [each for each in after.open if after.unknowns[each] <= len(checks)]
        rows = [each for each in few if set(after.unknown_of(each)) <= set(checks)]
    return Relaxation(
        changes=changes,
        checks=checks,
        cost=cost,
        query=query,
        unlocks=tuple(
            found.option(each.row).offer for each in in_order(after, rows, UNLOCKED_NAMED)
        ),
        unlocked=len({found.index.places[each] for each in rows}),
    )
