"""Whether a newcomer can have an offer today, and without paying."""

from bot.catalog.offer import Offer


def is_open(offer: Offer) -> bool:
    """Say whether a new user gets the offer for nothing; unknown is not yes.

    Closed, discontinued and paid offers stay in the catalog, because people ask about them.
    """
    return offer.open_to_new is True and not offer.paid_comparison_only
