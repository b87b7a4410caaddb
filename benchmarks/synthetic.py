"""A catalog many times the size of the real one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice
from random import Random
from types import MappingProxyType
from typing import Final, TypeVar

from bot.catalog.catalog import Catalog
from bot.catalog.facts import Model
from bot.catalog.offer import Offer

M = TypeVar("M", bound=Model)

_HOURS: Final = tuple(quarter / 4 for quarter in range(1, 4 * 24))
_MINUTES: Final = tuple(range(10, 120, 5))
_GIGABYTES: Final = tuple(range(200))


def grown(catalog: Catalog, count: int) -> Catalog:
    """Return a catalog of `count` offers: the real ones again and again, with other figures.

    The same on each run. What is unknown of an offer stays so.
    """
    random = Random(0)
    again = islice(cycle(catalog.offers.values()), count)
    offers = [_varied(offer, f"{offer.id}-{n}", random) for n, offer in enumerate(again)]
    return replace(catalog, offers=MappingProxyType({offer.id: offer for offer in offers}))


def _varied(offer: Offer, name: str, random: Random) -> Offer:
    session = _redrawn(offer.session, random, limit_hours=_HOURS, idle_minutes=_MINUTES)
    storage = _redrawn(offer.storage, random, persistent_gb=_GIGABYTES, ephemeral_gb=_GIGABYTES)
    asks = (False, True)
    access = _redrawn(offer.access, random, card=asks, phone=asks, waitlist=asks)
    quota = _redrawn(offer.quota, random, amount=_HOURS)
    return offer.model_copy(
        update={
            "id": name,
            "session": session,
            "storage": storage,
            "access": access,
            "quota": quota,
        }
    )


def _redrawn(part: M, random: Random, **facts: Sequence[float]) -> M:
    """Return a part of an offer with each of these facts, where it is known, drawn anew."""
    drawn: dict[str, Model] = {}
    for name, values in facts.items():
        fact: Model = getattr(part, name)
        if fact.model_dump(include={"value"})["value"] is not None:
            drawn[name] = fact.model_copy(update={"value": random.choice(values)})
    return part.model_copy(update=drawn)
