"""Cards that a question asks about themselves, whoever offers them."""

from collections.abc import Iterator
from typing import Final

from bot.ask.reading import Intent, Reading
from bot.catalog.catalog import Catalog
from bot.catalog.hardware import Hardware

MOST_ROWS: Final = 4


def cards_asked(reading: Reading, catalog: Catalog) -> tuple[Hardware, ...]:
    """Return the rows of the hardware table that answer the question; none where it asks an offer.

    A name that leaves open which card is meant ("A100") gives each of them.
    """
    compared = reading.intent is Intent.COMPARE and bool(reading.cards)
    if not compared and not reading.of_card:
        return ()
    rows = dict.fromkeys(row for card in reading.cards for row in catalog.gpu_names.rows(card.name))
    return tuple(rows)[:MOST_ROWS]


def cards_unknown(reading: Reading, catalog: Catalog) -> tuple[str, ...]:
    """Return the cards that are asked about and that the table has no figures of."""
    return tuple(_unknown(reading, catalog)) if cards_asked(reading, catalog) else ()


def cards_unoffered(reading: Reading, catalog: Catalog) -> tuple[str, ...]:
    """Return the cards that are looked for and that no source gives any offer."""
    if not reading.card_wanted:
        return ()
    names = catalog.gpu_names
    return tuple(
        card.name
        for card in reading.cards
        if (
            (rows := set(names.rows(card.name)))
            and not any(
                rows.intersection(names.rows(gpu.model))
                for offer in catalog.offers.values()
                for gpu in offer.gpus
            )
        )
        or (card.desk and not rows)
    )


def _unknown(reading: Reading, catalog: Catalog) -> Iterator[str]:
    for card in reading.cards:
        if not catalog.gpu_names.rows(card.name):
            yield card.name
