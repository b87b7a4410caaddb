"""Which sources of an offer matter most to who wants to check it."""

from collections import Counter
from typing import Final

from bot.advice.compare import SHOWN
from bot.catalog.facts import Source
from bot.catalog.freshness import figures
from bot.catalog.offer import Offer

_RANK: Final = {"high": 3, "medium": 2, "low": 1, None: 0}


def leading_sources(offer: Offer, *, most: int) -> tuple[Source, ...]:
    """Return sources that can be opened, each address once, the most telling first.

    A source that stands behind more of the figures of a comparison goes first, then the surer one,
    then the newer one. Where no such figure has an address, those of the others are taken.
    """
    weight: Counter[str] = Counter()
    best: dict[str, Source] = {}
    for figure in figures(offer):
        for source in figure.sources:
            if source.url is None:
                continue
            weight[source.url] += figure.field in SHOWN
            known = best.get(source.url)
            if known is None or _trust(source) > _trust(known):
                best[source.url] = source
    ordered = sorted(
        best.items(), key=lambda each: (weight[each[0]], _trust(each[1])), reverse=True
    )
    return tuple(source for _, source in ordered[:most])


def _trust(source: Source) -> tuple[int, str]:
    day = source.as_of_date
    return _RANK[source.confidence], "" if day is None else day.isoformat()
