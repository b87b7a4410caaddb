"""Which of the options that fit stands before which.

First come the offers that no other one certainly beats, then the beaten ones; both by the aim. One
beats another if it is at least as good in every respect that the user cares about, whatever the
unknown turns out to be, and better in one. Cared about are the aim and each figure that the query
names; all four aims where it names none.

By the aim, what can be counted on comes first: the lower bound, then the upper one where there is
one. So 30 hours a week stand before "nobody says how many". A certain figure below one (an hour, a
GiB) is nothing to count on: "six minutes a week" stand behind an unknown that may be hours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isinf
from typing import Final, NamedTuple

from bot.advice import figures
from bot.advice.bounds import Bounds
from bot.advice.constraints import AtLeast
from bot.advice.query import Aim
from bot.advice.search import Search

WORTH_COUNTING: Final = 1.0
"""In the unit of the aim."""
MOST_COMPARED: Final = 500
"""More offers than any catalog has; it bounds the work on a synthetic one."""

GOODNESS: Final[dict[Aim, figures.Quantity]] = {
    Aim.WORK: figures.work,
    Aim.SESSION: figures.session,
    Aim.START: figures.ease,
    Aim.MEMORY: figures.vram,
}
"""What each aim compares; more is better."""


class Respect(NamedTuple):
    """Something that the user cares about."""

    name: str
    """An aim, or the field of the query that names the figure."""
    read: figures.Quantity


@dataclass(frozen=True, slots=True)
class Placed:
    """An option in its place."""

    row: int
    beaten_by: int | None
    """The first option that certainly beats it."""


def respects_of(search: Search) -> tuple[Respect, ...]:
    """Return what the user cares about, the aim first, each figure once."""
    aim = search.query.optimise
    named = [each for each in search.constraints if isinstance(each, AtLeast)]
    cared = [aim] if named else [aim, *(each for each in Aim if each is not aim)]
    found = {GOODNESS[each]: Respect(each, GOODNESS[each]) for each in cared}
    for constraint in named:
        found.setdefault(constraint.read, Respect(constraint.wish, constraint.read))
    return tuple(found.values())


def in_order(search: Search, rows: Sequence[int], limit: int) -> list[Placed]:
    """Return the best option of each offer, in order, at most `limit` of them.

    Args:
        search: tells the aim and what else is cared about.
        rows: places of options.
        limit: how many offers are wanted. Scanning ends when so many are found that nothing beats,
            and after `MOST_COMPARED` offers: those that follow have less of the aim than hundreds.
    """
    respects = respects_of(search)
    offers: set[int] = set()
    front: list[tuple[int, tuple[Bounds, ...]]] = []
    beaten: list[Placed] = []
    for row in by_aim(search, rows, respects):
        option = search.option(row)
        if option.place in offers:
            continue
        offers.add(option.place)
        own = tuple(respect.read(option) for respect in respects)
        better = next((other for other, theirs in front if beats(theirs, own)), None)
        if better is None:
            front.append((row, own))
        else:
            beaten.append(Placed(row, better))
        if len(front) == limit or len(offers) == MOST_COMPARED:
            break
    return [*(Placed(row, None) for row, _ in front), *beaten][:limit]


def by_aim(search: Search, rows: Sequence[int], respects: Sequence[Respect]) -> Iterator[int]:
    """Yield rows by the aim; where it is the same, an option before all that it beats.

    What beats an option is at least as good by the lower bound of each respect. So it comes first
    by the aim, or is equal in it and has the greater sum of the others: comparing an option with
    those before it finds all that beat it.
    """
    others = respects[1:]

    def key(row: int) -> tuple[float, int]:
        option = search.option(row)
        return -sum(respect.read(option).lo for respect in others), option.place

    ranks = search.index.ranks(respects[0].read, _reliable)
    for _, equal in groupby(sorted(rows, key=ranks.__getitem__), key=ranks.__getitem__):
        yield from sorted(equal, key=key)


def beats(ours: Sequence[Bounds], theirs: Sequence[Bounds]) -> bool:
    """Say whether figures are certainly as good as others in every respect, and better in one."""
    better = False
    for our, their in zip(ours, theirs, strict=True):
        if our.lo < their.hi:
            return False
        better = better or our.lo > their.hi
    return better


def _reliable(value: Bounds) -> tuple[float, float]:
    """Order by what is certain; an upper bound that is none says nothing.

    Who beats another still comes first: its lower bound is not below the other's upper one.
    """
    certain = value.lo if value.lo >= WORTH_COUNTING else 0.0
    return -certain, -(value.lo if isinf(value.hi) else value.hi)
