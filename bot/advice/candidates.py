"""Which offers a list to choose from names, where it can't name all."""

from collections.abc import Sequence

from bot.advice.best import memory_gib, quota_hours, session_hours
from bot.advice.compare import DEFAULT_OFFERS
from bot.advice.eligible import is_worth_naming
from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer


def candidates(catalog: Catalog, shown: Sequence[str], *, most: int) -> tuple[Offer, ...]:
    """Return offers to put beside those shown, which come first and are always among them.

    Then follow the default set, and what is open today and can give a GPU; of these the ones first
    of which most is known, because an offer without figures tells nothing in a table.

    Args:
        catalog: the facts.
        shown: ids of offers, at most `most`.
        most: the length of the list.
    """

    def unknown(offer: Offer) -> int:
        figures = (memory_gib(catalog, offer), session_hours(offer), quota_hours(catalog, offer))
        return sum(figure is None for figure in figures)

    worth = sorted(filter(is_worth_naming, catalog.offers.values()), key=unknown)
    defaults = [catalog.offers[each] for each in DEFAULT_OFFERS if each in catalog.offers]
    ordered = [*(catalog.offer(each) for each in shown), *defaults, *worth]
    return tuple({each.id: each for each in ordered}.values())[:most]
