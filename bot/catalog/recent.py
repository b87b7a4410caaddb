"""What changed lately, as the catalog itself tells: older values and states with their dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.catalog.catalog import Catalog
from bot.catalog.conflicts import OlderValue
from bot.catalog.dates import latest_day
from bot.catalog.offer import Offer


@dataclass(frozen=True, slots=True)
class Recent:
    """One change; `older` is what was noted of it, None is a change of the state."""

    day: date
    offer: Offer
    older: OlderValue | None


def recent(catalog: Catalog, *, offer_id: str | None = None, limit: int = 10) -> tuple[Recent, ...]:
    """Return up to `limit` changes, the newest first; those without a date are left out.

    Args:
        catalog: the facts.
        offer_id: of one offer alone.
        limit: how many.
    """
    offers = [
        offer for offer in catalog.offers.values() if offer_id is None or offer.id == offer_id
    ]
    found = [each for offer in offers for each in _of(offer)]
    # Stable: what changed on one day stays in the order of the catalog.
    return tuple(sorted(found, key=lambda each: each.day, reverse=True)[:limit])


def _of(offer: Offer) -> Iterable[Recent]:
    since = offer.status_date.value
    if since is not None and offer.status.value != "active" and (day := latest_day(since)):
        yield Recent(day, offer, None)
    for older in offer.history:
        if isinstance(older.date, str) and (day := latest_day(older.date)):
            yield Recent(day, offer, older)
