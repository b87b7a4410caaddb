"""Which offer is best in one respect of a comparison, of what is known.

What can be counted on is compared: of "30 hours or more" the 30, as in the order of `order.py`.
What nobody states takes no part, and neither does what a newcomer can't have for nothing: it may be
the most, and is no help. Where the bounds of the best two overlap, nobody knows which is better,
and none is marked.
"""

from collections.abc import Sequence

from bot.advice.bounds import Bounds, exactly, hull
from bot.advice.hours import hours_per_week
from bot.advice.memory import main_card, usable_gib, usable_gib_of_chip
from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer
from bot.catalog.quota import NoneStated, Unpublished


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
    """Return the memory of the biggest card or of one TPU chip, in GiB as it is written."""
    card = main_card(offer)
    if card is not None:
        usable = usable_gib(catalog, card)
    elif offer.tpu is not None:
        usable = usable_gib_of_chip(offer.tpu)
    else:
        return None
    if usable.known:
        # Rounded down to a tenth, as it is shown: what reads the same is equally good.
        return exactly(int(usable.lo * 10) / 10)
    return usable if usable.lo > 0 else None


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
