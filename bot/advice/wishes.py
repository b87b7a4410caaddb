"""From a query to its constraints: which figure each wish reads, and how it judges it."""

from collections.abc import Iterator
from typing import Any, Final

from bot.advice import figures
from bot.advice.constraints import (
    AtLeast,
    AtMost,
    Constraint,
    IsCard,
    Needs,
    Offers,
    OneOf,
    OpenIn,
    Runs,
    Without,
)
from bot.advice.hours import MONTHS_PER_YEAR, WEEKS_PER_YEAR
from bot.advice.options import identities_of
from bot.advice.query import Query
from bot.catalog.catalog import Catalog
from bot.catalog.hardware import Hardware
from bot.catalog.names import folded

AnyConstraint = Constraint[Any]
"""A constraint on whatever figure: only it knows the type that it reads and judges."""

# Field of the query, figure of the option, units of the field in one of the figure.
_LEAST: Final[tuple[tuple[str, figures.Quantity, float], ...]] = (
    ("min_vram_gib", figures.vram, 1),
    ("min_gpus", figures.gpus, 1),
    ("min_session_hours", figures.session, 1),
    ("min_idle_minutes", figures.idle, 1),
    ("min_hours_per_week", figures.hours, 1),
    ("min_hours_per_month", figures.hours, WEEKS_PER_YEAR / MONTHS_PER_YEAR),
    ("min_persistent_gb", figures.persistent, 1),
    ("min_disk_gb", figures.disk, 1),
    ("min_ram_gb", figures.ram, 1),
)


def constraints_of(catalog: Catalog, query: Query) -> tuple[AnyConstraint, ...]:
    """Return one constraint for each wish of a query without problems."""
    return (
        *_on_the_card(catalog, query),
        *_on_figures(query),
        *_on_the_offer(query),
        *_on_flags(query),
    )


def cards_named(catalog: Catalog, name: str) -> tuple[Hardware, ...] | None:
    """Return the rows that a model, family or architecture means; None for a name unheard of.

    Empty for a card that the catalog knows by name only.
    """
    if name in catalog.gpu_names:
        return catalog.gpu_names.rows(name)
    wanted = folded(name)
    rows = (row for row in catalog.hardware.values() if row.architecture is not None)
    return tuple(row for row in rows if folded(row.architecture or "") == wanted) or None


def _on_the_card(catalog: Catalog, query: Query) -> Iterator[AnyConstraint]:
    if query.accelerator != "any":
        yield Runs(wish="accelerator", read=figures.accelerator, accelerator=query.accelerator)
    if query.gpus:
        meant = frozenset[str]().union(*(_meant(catalog, name) for name in query.gpus))
        yield IsCard(wish="gpus", read=figures.identities, names=query.gpus, meant=meant)


def _on_figures(query: Query) -> Iterator[AnyConstraint]:
    for wish, read, per_value in _LEAST:
        need: float | None = getattr(query, wish)
        if need is not None:
            yield AtLeast(
                wish=wish, read=read, need=need, whole=isinstance(need, int), per_value=per_value
            )
    if query.max_vram_gib is not None:
        yield AtMost(wish="max_vram_gib", read=figures.vram, limit=query.max_vram_gib)


def _on_the_offer(query: Query) -> Iterator[AnyConstraint]:
    if query.tools:
        yield Offers(wish="tools", read=figures.tools, needed=query.tools)
    if query.kinds:
        yield OneOf(wish="kinds", read=figures.kind, allowed=query.kinds)
    if query.region is not None:
        yield OpenIn(wish="region", read=figures.regions, country=query.region)


def _on_flags(query: Query) -> Iterator[AnyConstraint]:
    for wish, read in figures.needed.items():
        if getattr(query, wish):
            yield Needs(wish=wish, read=read)
    for wish, read in figures.asked.items():
        if not getattr(query, wish):
            yield Without(wish=wish, read=read)


def _meant(catalog: Catalog, name: str) -> frozenset[str]:
    rows = cards_named(catalog, name)
    if rows:
        return frozenset(row.id for row in rows)
    return identities_of(catalog.gpu_names, name)
