"""Whether a newcomer can have an offer today, and without paying."""

from bot.catalog.offer import Offer


def is_open(offer: Offer) -> bool:
    """Say whether a new user gets the offer for nothing; unknown is not yes.

    Closed, discontinued and paid offers stay in the catalog, because people ask about them.
    """
    return offer.open_to_new is True and not offer.paid_comparison_only


def is_worth_naming(offer: Offer) -> bool:
    """Say whether a recommendation may name the offer: it is open, and a GPU can come of it.

    What the catalog calls notably not free has no GPU (a shell in a browser) or bills it (a plan
    without a fee). Two kinds are free in their own way and stay: a grant, where the machine is
    agreed on, and credits that name a card which they pay for.
    """
    if not is_open(offer):
        return False
    names_a_card = bool(offer.gpus) or offer.tpu is not None
    match offer.kind.value:
        case "grant":
            return True
        case "trial-credits":
            return names_a_card or offer.not_free is None
        case _:
            return offer.not_free is None
