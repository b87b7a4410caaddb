"""Small catalogs of a test's own: the hardware table of the project, and offers made up here."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from bot.advice.index import OfferIndex
from bot.catalog.catalog import Catalog
from bot.catalog.load import load_catalog
from bot.catalog.offer import Offer

project_catalog = cache(load_catalog)


def fact(value: object) -> dict[str, object]:
    return {"value": value}


def offer(name: str, **parts: Any) -> Offer:
    """Return an open notebook offer; `parts` are tables as a file of the catalog writes them."""
    whole: dict[str, Any] = {
        "id": name,
        "name": {"en": name, "zh": name},
        "short": name[:16],
        "kind": fact("notebook"),
        "status": fact("active"),
        "gpus": [gpu("T4")],
    }
    return Offer.model_validate(whole | parts)


def gpu(model: str, **parts: Any) -> dict[str, Any]:
    return {"model": model, "count": 1, "assigned": "choice", **parts}


def weekly(hours: float, bound: str = "exact") -> dict[str, Any]:
    rule = {"kind": "fixed-weekly", "weekday": "saturday", "time": "00:00", "zone": "UTC"}
    return {"amount": fact(hours), "unit": "hours", "bound": bound, "rule": rule}


def session(hours: float) -> dict[str, Any]:
    return {"limit_hours": fact(hours)}


def catalog_of(offers: Iterable[Offer]) -> Catalog:
    return replace(project_catalog(), offers=MappingProxyType({each.id: each for each in offers}))


def index_of(*offers: Offer) -> OfferIndex:
    return OfferIndex(catalog_of(offers))
