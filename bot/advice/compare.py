"""Which offers stand side by side, what is best, disputed or old among their figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from bot.advice.best import best_of, memory_gib, quota_hours, session_hours, takes_part
from bot.advice.bounds import Bounds
from bot.advice.memory import main_card
from bot.catalog.catalog import Catalog
from bot.catalog.dates import is_old
from bot.catalog.facts import Citations, newest_day
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


Column = Literal["memory", "session", "quota"]
COLUMNS: Final[tuple[Column, ...]] = ("memory", "session", "quota")

_FIELDS: Final[Mapping[Column, frozenset[str]]] = {
    "memory": frozenset({"gpus", "tpu"}),
    "session": frozenset({"session.limit_hours"}),
    "quota": frozenset({"quota", "quota.amount", "quota.rule", "credits"}),
}
"""What a column is made of, by the catalog's names of fields."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be said of one figure."""

    best: bool
    """Whether no other offer of the comparison has more, as far as is known."""
    disputed: bool
    """Whether sources disagree on it or on a part of it; the careful value is shown."""
    old: bool
    """Whether it was confirmed more than 180 days ago, or on no known day."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One offer of a comparison."""

    offer: Offer
    marks: Mapping[Column, Mark]
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
    offers = [catalog.offer(each) for each in list(chosen)[:MOST_OFFERS]]
    return compare_offers(catalog, offers, now=now)


def compare_offers(catalog: Catalog, offers: Sequence[Offer], *, now: datetime) -> Comparison:
    """Compare these offers, with what the catalog knows of their cards."""
    measured = {column: [_figure(catalog, each, column) for each in offers] for column in COLUMNS}
    best = {
        column: best_of(
            [
                figure if takes_part(offer) else None
                for offer, figure in zip(offers, measured[column], strict=True)
            ]
        )
        for column in COLUMNS
    }
    compared: list[Compared] = []
    for place, offer in enumerate(offers):
        marks: dict[Column, Mark] = {
            column: Mark(
                best=place in best[column],
                disputed=any(each.field in _FIELDS[column] for each in offer.conflicts),
                old=measured[column][place] is not None and _is_old(offer, column, now),
            )
            for column in COLUMNS
        }
        oldest = oldest_date(offer, SHOWN)
        old = is_old(oldest, now) or any(each.field in SHOWN for each in undated(offer))
        compared.append(Compared(offer=offer, marks=marks, oldest=oldest, old=old))
    return Comparison(offers=tuple(compared))


def _figure(catalog: Catalog, offer: Offer, column: Column) -> Bounds | None:
    match column:
        case "memory":
            return memory_gib(catalog, offer)
        case "session":
            return session_hours(offer)
        case "quota":
            return quota_hours(catalog, offer)


def _is_old(offer: Offer, column: Column, now: datetime) -> bool:
    return any(each and is_old(newest_day(each), now) for each in _citations(offer, column))


def _citations(offer: Offer, column: Column) -> Iterator[Citations]:
    """Yield what stands behind each part of a figure that is shown."""
    match column:
        case "memory":
            stands = main_card(offer) or offer.tpu
            if stands is not None:
                yield stands.sources
        case "session":
            yield offer.session.limit_hours.sources
        case "quota":
            if offer.quota.rule is not None:
                yield offer.quota.rule.sources
            if offer.quota.amount.value is not None:
                yield offer.quota.amount.sources
            elif offer.credits is not None:
                yield offer.credits.sources
