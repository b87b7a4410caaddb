"""What to look up again: the figures of the catalog, the oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.catalog.catalog import Catalog
from bot.catalog.facts import Source
from bot.catalog.freshness import Figure, figures, is_stale


@dataclass(frozen=True, slots=True)
class StaleFigure:
    """A figure of an offer that nobody has confirmed for long."""

    offer_id: str
    field: str
    confirmed: date | None
    """When its newest dated source was read; None where none is dated."""
    source: Source
    """Where to look first: the newest source."""


def stale_figures(catalog: Catalog, *, now: datetime) -> tuple[StaleFigure, ...]:
    """Return what is older than 180 days or has no date, what has no date first."""
    found = (
        StaleFigure(offer_id, figure.field, figure.as_of_date, _newest(figure))
        for offer_id, figure in _all_figures(catalog)
        if is_stale(figure, now)
    )
    return tuple(
        sorted(found, key=lambda each: (each.confirmed or date.min, each.offer_id, each.field))
    )


def _all_figures(catalog: Catalog) -> Iterator[tuple[str, Figure]]:
    for offer in catalog.offers.values():
        # What is gone for good needs no second look.
        if offer.status.value != "discontinued":
            for figure in figures(offer):
                yield offer.id, figure


def _newest(figure: Figure) -> Source:
    return max(figure.sources, key=lambda source: source.as_of_date or date.min)
