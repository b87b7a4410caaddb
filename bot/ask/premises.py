"""What a question takes for granted and the catalog knows otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.ask.amounts import Role
from bot.ask.reading import Reading
from bot.catalog.catalog import Catalog
from bot.catalog.conflicts import OlderValue
from bot.catalog.facts import Text
from bot.catalog.fields import value_at
from bot.catalog.offer import Offer

_CHECKED: Final = {
    ("session_limit", Role.SESSION): "session.limit_hours",
    ("idle_timeout", Role.IDLE): "session.idle_minutes",
    ("idle_timeout", Role.MINUTES): "session.idle_minutes",
    ("weekly_quota", Role.WEEKLY): "quota.amount",
    ("weekly_quota", Role.MINUTES): "quota.amount",
}
"""Which figure of the catalog an amount speaks of, by what is asked."""


@dataclass(frozen=True, slots=True)
class WrongFigure:
    """A figure of the question that is not the catalog's."""

    offer: Offer
    field: str
    said: float
    """In the unit of the field."""
    true: float | None
    """None where no source gives one."""
    once: OlderValue | None
    """Where it was true before."""


@dataclass(frozen=True, slots=True)
class NoSuchCard:
    """A card of the question that no source gives the offer."""

    offer: Offer
    card: str
    once: OlderValue | None


def wrong_figures(reading: Reading, offer: Offer) -> Iterator[WrongFigure]:
    """Yield each figure that the question states of the offer and that is not so.

    Only where one figure is stated: of two, one is what somebody wishes for.
    """
    amounts = [
        (field, amount.value)
        for amount in reading.amounts
        for attribute in reading.attributes[:1]
        if (field := _CHECKED.get((attribute, amount.role))) is not None
    ]
    if len(amounts) != 1:
        return
    field, said = amounts[0]
    in_minutes = any(amount.role is Role.MINUTES for amount in reading.amounts)
    if field == "quota.amount" and in_minutes != (offer.quota.unit == "minutes"):
        return  # hours a week beside minutes a day
    true = value_at(offer, field)
    if isinstance(true, int | float) and not isinstance(true, bool):
        true = float(true)
    elif true is not None:
        return
    more = field == "quota.amount" and offer.quota.bound == "floor" and said > (true or 0)
    if true != said and not more:  # of "at least 30 h" nobody knows that it is not 40
        once = next(
            (each for each in offer.history if each.field == field and each.value == said), None
        )
        yield WrongFigure(offer, field, said, true, once)


def missing_cards(reading: Reading, offer: Offer, catalog: Catalog) -> Iterator[NoSuchCard]:
    """Yield each card that is named with the offer and that it does not give.

    Nothing where the catalog does not say which cards it gives, or where the card has a row of its
    own nowhere: then nobody knows.
    """
    if not reading.cards:
        return
    # A pair has a row of its own in the table: two T4 are the "T4 x2" too.
    models = {name for gpu in offer.gpus for name in (gpu.model, f"{gpu.model} x{gpu.count}")}
    given = {row.id for model in models for row in catalog.gpu_names.rows(model)}
    if not given:
        return
    for card in reading.cards:
        rows = {row.id for row in catalog.gpu_names.rows(card.name)}
        if card.desk or not rows or rows & given:
            continue
        once = next(
            (
                each
                for each in offer.history
                if each.field == "gpus" and _speaks_of(each, card.name)
            ),
            None,
        )
        yield NoSuchCard(offer, card.name, once)


def _speaks_of(older: OlderValue, card: str) -> bool:
    return isinstance(older.value, Text) and card.casefold() in older.value.en.casefold()
