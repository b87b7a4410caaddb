"""Which offer is best in one respect of a comparison, of what is known.

What can be counted on is compared: of "30 hours or more" the 30, as in the order of `order.py`.
What nobody states takes no part, and neither does what a newcomer can't have for nothing: it may be
the most, and is no help. Where the bounds of the best two overlap, nobody knows which is better,
and none is marked.
"""

from collections.abc import Sequence
from typing import Final

from bot.advice.bounds import Bounds, exactly, hull
from bot.advice.hours import hours_per_week
from bot.advice.memory import MIB_PER_GIB, main_card, usable_mib
from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer
from bot.catalog.quota import NoneStated, Unpublished

LEAST_USABLE: Final = 0.85
"""Usable GiB for each advertised GB: no measured card of the hardware table has a smaller share."""


def best_of(figures: Sequence[Bounds | None]) -> frozenset[int]:
    """Return the places of the figures that no other one can exceed; equal ones are all best.

    Args:
        figures: one for each offer, more is better; None takes no part. Nothing is never best.

    Empty where there is one offer only: it has nothing to be better than.
    """
    known = {place: each for place, each in enumerate(figures) if each is not None}
    if len(figures) < 2:
        return frozenset()
    return frozenset(
        place
        for place, own in known.items()
        if own.lo > 0 and all(own.lo >= other.hi or own == other for other in known.values())
    )


def takes_part(offer: Offer) -> bool:
    """Say whether the offer can be best: not closed or over, and not there for its price alone."""
    return offer.open_to_new is not False and not offer.paid_comparison_only


def memory_gib(catalog: Catalog, offer: Offer) -> Bounds | None:
    """Return the memory of the biggest card or of one TPU chip, in GiB as it is written.

    Of an advertised size at least `LEAST_USABLE` can be used.
    """
    card = main_card(offer)
    if card is None:
        tpu = offer.tpu
        if tpu is None or tpu.hbm_gb_total is None or not tpu.chips:
            return None
        return _advertised(tpu.hbm_gb_total / tpu.chips)
    usable = usable_mib(catalog, card)
    if usable is not None:
        # Rounded down to a tenth, as it is shown: what reads the same is equally good.
        return exactly(int(usable / MIB_PER_GIB * 10) / 10)
    return None if card.vram_gb is None else _advertised(card.vram_gb)


def session_hours(offer: Offer) -> Bounds | None:
    """Return the longest session in hours."""
    hours = offer.session.limit_hours.value
    return None if hours is None else exactly(hours)


def quota_hours(catalog: Catalog, offer: Offer) -> Bounds | None:
    """Return the hours a week that one can count on, whichever card is chosen.

    None where no amount or no rule is published, and for credits without a price for each card:
    money and hours can't be compared. Priced ones lie between the dearest card and the cheapest.
    """
    rule = offer.quota.rule
    if rule is None or isinstance(rule, Unpublished | NoneStated):
        return None
    if offer.quota.hours is None and (offer.credits is None or offer.credits.amount is None):
        return None
    hours = hull(hours_per_week(catalog, offer, card) for card in offer.gpus or (None,))
    if hours.lo == 0 < hours.hi:
        return None
    return exactly(hours.lo) if offer.quota.bound == "floor" else hours


def _advertised(gigabytes: float) -> Bounds:
    return Bounds(LEAST_USABLE * gigabytes, gigabytes)
