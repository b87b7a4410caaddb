"""How long a recommendation takes to find, with its reasons and its ways out."""

import time
from collections.abc import Callable
from statistics import median
from typing import Final

from benchmarks.figures import Figure
from benchmarks.synthetic import grown
from bot.advice.constraints import Verdict
from bot.advice.index import OfferIndex
from bot.advice.options import Option
from bot.advice.query import Query
from bot.advice.recommend import recommend
from bot.advice.wishes import constraints_of
from bot.catalog.load import load_catalog

# Twelve constraints each: one on the accelerator comes of itself.
MODEST: Final = Query(
    min_vram_gib=8,
    max_vram_gib=200,
    min_gpus=1,
    min_session_hours=1,
    min_ram_gb=8,
    internet=True,
    tools=("notebook",),
    kinds=("notebook",),
    card=False,
    academic_email=False,
    waitlist=False,
)
GREEDY: Final = Query(
    min_vram_gib=40,
    bf16=True,
    min_session_hours=500,
    min_hours_per_week=500,
    min_persistent_gb=50,
    background=True,
    internet=True,
    card=False,
    phone=False,
    waitlist=False,
    application=False,
)
CONSTRAINTS: Final = 12
SYNTHETIC: Final = 10_000
_MS: Final = 1e3


async def advice() -> list[Figure]:
    """Recommend from the catalog and from one of 10,000 offers, with 12 constraints."""
    catalog = load_catalog()
    real, large = OfferIndex(catalog), OfferIndex(grown(catalog, SYNTHETIC))
    return [
        *_figures(real, most_ms=1, repeat=200),
        *_figures(large, most_ms=15, repeat=20),
    ]


def _figures(index: OfferIndex, *, most_ms: float, repeat: int) -> list[Figure]:
    offers = len(index.catalog.offers)
    figures: list[Figure] = []
    for name, query in (("some fit", MODEST), ("none fits", GREEDY)):
        found = recommend(index, query)
        counted = len(constraints_of(index.catalog, query))
        if counted != CONSTRAINTS or bool(found.fits) != (query is MODEST):
            raise RuntimeError(f"{name}: {counted} constraints, {found.fitting} offers fit")
        ours, floor = _in_turn(
            lambda query=query: recommend(index, query),
            lambda query=query: _filtered(index, query),
            repeat,
        )
        figures.append(
            Figure(
                name=f"recommend of {offers} offers, {name}",
                floor_name="a filter, option by option",
                ours=ours,
                floor=floor,
                unit="ms",
                most=most_ms,
            )
        )
    return figures


def _filtered(index: OfferIndex, query: Query) -> list[Option]:
    """Return what fits and nothing else: no order, no reasons, no ways out."""
    constraints = constraints_of(index.catalog, query)
    return [
        option
        for option in index.options
        if all(each.judge(each.read(option)) is Verdict.PASS for each in constraints)
    ]


def _in_turn(ours: Callable[[], object], floor: Callable[[], object], repeat: int) -> list[float]:
    """Return the median of each in ms."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeat):
        for run, times in zip((ours, floor), took, strict=True):
            began = time.perf_counter()
            run()
            times.append((time.perf_counter() - began) * _MS)
    return [median(times) for times in took]
