"""A recommendation: what fits and in which order, what may fit, else what to give up.

index = OfferIndex(catalog)                              # once a revision of the catalog
found = recommend(index, Query(min_vram_gib=12, card=False))
"""

from dataclasses import dataclass
from typing import Final

from bot.advice.bounds import Bounds
from bot.advice.index import OfferIndex
from bot.advice.options import Accelerator, Option
from bot.advice.order import Placed, Respect, by_aim, in_order, respects_of
from bot.advice.problems import Problem, problems_of
from bot.advice.query import Query
from bot.advice.reasons import Against, Reason, against, reason_for
from bot.advice.relax import Relaxation, relaxations
from bot.advice.search import Search, search
from bot.catalog.offer import Assigned, Offer

MOST_RESULTS: Final = 10
MOST_RELAXATIONS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An offer, the card to take of it, and the figures that were compared."""

    offer: Offer
    cards: tuple[str, ...]
    """The model; several where the provider decides; none where no source names one."""
    accelerator: Accelerator | None
    assigned: Assigned | None
    vram_gib: Bounds
    gpus: Bounds
    speed: Bounds
    hours_per_week: Bounds
    work_per_week: Bounds
    session_hours: Bounds
    effort: Bounds

    @classmethod
    def of(cls, option: Option) -> "Choice":
        """Return an option as a result shows it."""
        return cls(
            offer=option.offer,
            cards=option.cards,
            accelerator=option.accelerator,
            assigned=option.assigned,
            vram_gib=option.vram_gib,
            gpus=option.gpus,
            speed=option.speed,
            hours_per_week=option.hours,
            work_per_week=option.work,
            session_hours=option.session_hours,
            effort=option.effort,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """An offer that meets all wishes for certain."""

    choice: Choice
    reason: Reason
    against: Against | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MayFit:
    """An offer that fails no wish, but of which something is unknown: to be checked."""

    choice: Choice
    unknown: tuple[str, ...]
    """The fields of the query that nobody can answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The whole answer; with problems, all else is empty."""

    query: Query
    problems: tuple[Problem, ...] = ()
    fits: tuple[Fit, ...] = ()
    """The first of them, in order."""
    fitting: int = 0
    """How many offers fit."""
    may_fit: tuple[MayFit, ...] = ()
    """The first of them: those with the least to check, then in order."""
    open: int = 0
    """How many offers may fit, beside those that do."""
    relaxations: tuple[Relaxation, ...] = ()
    """The cheapest ways out where nothing fits."""


def recommend(index: OfferIndex, query: Query, *, limit: int = MOST_RESULTS) -> Recommendation:
    """Answer a query.

    Args:
        index: the options of the catalog.
        query: the wishes.
        limit: how many results to name of those that fit, and of those that may.
    """
    if problems := problems_of(index.catalog, query):
        return Recommendation(query=query, problems=problems)
    found = search(index, query)
    fitting = found.fitting
    places = index.places
    offers = {places[row] for row in fitting}
    still_open = [row for row in found.open if places[row] not in offers]
    return Recommendation(
        query=query,
        fits=_fits(found, in_order(found, fitting, limit)),
        fitting=len(offers),
        may_fit=_may_fit(found, still_open, limit),
        open=len({places[row] for row in still_open}),
        relaxations=() if fitting else tuple(relaxations(found, MOST_RELAXATIONS)),
    )


def _fits(found: Search, placed: list[Placed]) -> tuple[Fit, ...]:
    respects = respects_of(found)
    options = [found.option(each.row) for each in placed]
    return tuple(
        _fit(option, options[:place], respects, placed[place].beaten_by, found)
        for place, option in enumerate(options)
    )


def _fit(
    option: Option,
    before: list[Option],
    respects: tuple[Respect, ...],
    beaten_by: int | None,
    found: Search,
) -> Fit:
    return Fit(
        choice=Choice.of(option),
        reason=reason_for(option, before, respects),
        against=against(option, None if beaten_by is None else found.option(beaten_by)),
    )


def _may_fit(found: Search, rows: list[int], limit: int) -> tuple[MayFit, ...]:
    """Return offers by the least number of facts to check, then by the aim; each with one card."""
    by_number: dict[int, list[int]] = {}
    for row in rows:
        by_number.setdefault(found.unknowns[row], []).append(row)
    respects = respects_of(found)
    results: dict[int, MayFit] = {}
    for number in sorted(by_number):
        for row in by_aim(found, by_number[number], respects):
            if len(results) == limit:
                return tuple(results.values())
            option = found.option(row)
            if option.place not in results:
                unknown = found.unknown_of(row)
                results[option.place] = MayFit(choice=Choice.of(option), unknown=unknown)
    return tuple(results.values())
