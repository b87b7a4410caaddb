"""Backwards: which one thing opens the most work per week for this user.

What the user can count on is the sum, over all offers that fit, of the certain work per week of
each one's best card: offers can be used side by side. A wish is worth the difference that giving
way in it alone makes to this sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.advice.constraints import FAIL, OPEN, PASS, Change, WishValue
from bot.advice.index import OfferIndex, joined
from bot.advice.order import in_order
from bot.advice.problems import Problem, problems_of
from bot.advice.query import Query
from bot.advice.recommend import MOST_RESULTS, Choice
from bot.advice.relax import changed
from bot.advice.search import Search, search
from bot.advice.wishes import AnyConstraint

_NOT_FOR_THE_USER_TO_CHANGE: Final = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One thing to have, to accept or to ask less of, and what it opens."""

    change: Change
    query: Query
    """The request with the change made."""
    work_gained: float
    """Certain work per week beside what fits already, in hours of one T4."""
    opens: tuple[Choice, ...]
    """The first of the offers that fit only now, by the aim of the query."""
    opened: int
    """How many offers that are."""
    may_open: int
    """How many more offers would then fail nothing, and only leave something to check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocking:
    """The whole answer, the key that opens most first; with problems, all else is empty."""

    query: Query
    problems: tuple[Problem, ...] = ()
    work: float = 0.0
    """Certain work per week of all that fits already, in hours of one T4."""
    fitting: int = 0
    keys: tuple[Key, ...] = ()


def unlock(index: OfferIndex, query: Query) -> Unlocking:
    """Weigh each wish of a query alone. `Query.empty_handed` is what to ask for a newcomer."""
    if problems := problems_of(index.catalog, query):
        return Unlocking(query=query, problems=problems)
    found = search(index, query)
    before = _work_by_offer(found)
    weighed = [
        (constraint.price, key)
        for place, constraint in enumerate(found.constraints)
        if constraint.wish != _NOT_FOR_THE_USER_TO_CHANGE
        and (key := _key(found, place, before)) is not None
    ]
    weighed.sort(key=_by_worth)
    return Unlocking(
        query=query,
        work=sum(before.values()),
        fitting=len(before),
        keys=tuple(key for _, key in weighed),
    )


def _by_worth(weighed: tuple[float, Key]) -> tuple[float, int, int, float]:
    price, key = weighed
    return -key.work_gained, -key.opened, -key.may_open, price


def _key(found: Search, place: int, before: dict[int, float]) -> Key | None:
    """Return what giving way in one wish opens; None where that opens nothing."""
    constraint = found.constraints[place]
    rows, unsure = _held_back(found, place)
    if not rows and not unsure:
        return None
    change = Change(
        constraint.wish, constraint.wanted, _way(found, constraint, rows or unsure, before)
    )
    query = changed(found.query, [change])
    after = search(found.index, query, known=found)
    work = _work_by_offer(after)
    places = found.index.places
    new = [row for row in after.fitting if places[row] not in before]
    placed = in_order(after, new, MOST_RESULTS)
    known = {places[row] for row in (*after.fitting, *found.open)}
    return Key(
        change=change,
        query=query,
        work_gained=sum(work.values()) - sum(before.values()),
        opens=tuple(Choice.of(found.option(each.row)) for each in placed),
        opened=len({places[row] for row in new}),
        may_open=len({places[row] for row in after.open} - known),
    )


def _held_back(found: Search, place: int) -> tuple[list[int], list[int]]:
    """Return the options that one constraint alone fails, by a value that is known.

    Of the first all else is certain, of the second something is unknown too.
    """
    others = (*found.verdicts[:place], *found.verdicts[place + 1 :])
    rest = joined(others, len(found.index.options))
    held = [row for row, own in enumerate(found.verdicts[place]) if own not in {PASS, OPEN}]
    return (
        [row for row in held if rest[row] == PASS],
        [row for row in held if rest[row] and not rest[row] & FAIL],
    )


def _way(
    found: Search, constraint: AnyConstraint, rows: Sequence[int], before: dict[int, float]
) -> WishValue | None:
    """Return the smallest change after which a greater one gains no more certain work."""
    options = [found.option(row) for row in rows]
    gaining = [each for each in options if each.work.lo > before.get(each.place, 0.0)]
    return constraint.loosest(constraint.read(each) for each in gaining or options)


def _work_by_offer(found: Search) -> dict[int, float]:
    """Return the most certain work per week of each offer that fits."""
    work: dict[int, float] = {}
    for row in found.fitting:
        option = found.option(row)
        work[option.place] = max(work.get(option.place, 0.0), option.work.lo)
    return work
