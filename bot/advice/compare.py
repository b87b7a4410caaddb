"""Which offers stand side by side, and how old the oldest figure of each is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.catalog.catalog import Catalog
from bot.catalog.dates import is_old
from bot.catalog.freshness import oldest_date, undated
from bot.catalog.offer import Offer

MOST_OFFERS: Final = 5

# The three that the article of 2020 compared come first: it is where people still come from.
# Beside them the two that changed most what one gets for nothing since: 96 GB on one card, and
# a choice of cards for monthly credits.
DEFAULT_OFFERS: Final = (
    "kaggle-notebooks-gpu",
    "google-colab-free",
    "paperspace-gradient-free",
    "marimo-molab",
    "lightning-ai-free",
)


# What a comparison shows of an offer, by the catalog's names of fields.
SHOWN: Final = frozenset(
    {
        "access.card",
        "access.phone",
        "credits",
        "gpus",
        "quota.amount",
        "quota.rule",
        "session.idle_minutes",
        "session.limit_hours",
        "status",
        "tpu",
    }
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One offer of a comparison."""

    offer: Offer
    oldest: date | None
    """The date of the oldest of its shown figures; None where none is dated."""
    old: bool
    """Whether a figure is older than 180 days, or without a date."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Offers side by side, in the order they were asked for."""

    offers: tuple[Compared, ...]


def compare(catalog: Catalog, ids: Sequence[str], *, now: datetime) -> Comparison:
    """Compare the offers with these ids, or the default set where there are none.

    Args:
        catalog: the facts.
        ids: at most `MOST_OFFERS` offer ids; a repeated one counts once.
        now: aware; what is old is measured from here.

    Raises:
        KeyError: the catalog has no such offer.
    """
    chosen = dict.fromkeys(ids or DEFAULT_OFFERS)
    compared: list[Compared] = []
    for offer_id in list(chosen)[:MOST_OFFERS]:
        offer = catalog.offer(offer_id)
        oldest = oldest_date(offer, SHOWN)
        old = is_old(oldest, now) or any(each.field in SHOWN for each in undated(offer))
        compared.append(Compared(offer=offer, oldest=oldest, old=old))
    return Comparison(offers=tuple(compared))
