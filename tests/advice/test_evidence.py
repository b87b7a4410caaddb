from functools import cache

import pytest

from bot.advice.evidence import leading_sources
from bot.catalog.facts import cited_sources
from bot.catalog.load import load_catalog
from tests.advice.builder import gpu, offer

catalog_of_the_project = cache(load_catalog)


def source(
    url: str | None, confidence: str = "medium", as_of: str = "2026-01-01"
) -> dict[str, str]:
    said = {"as_of": as_of, "confidence": confidence}
    return said | ({"text": "somebody"} if url is None else {"url": url})


@pytest.mark.parametrize("offer_id", sorted(catalog_of_the_project().offers))
def test_each_address_once_and_only_what_the_offer_cites(offer_id: str) -> None:
    each = catalog_of_the_project().offer(offer_id)
    found = [source.url for source in leading_sources(each, most=5)]
    assert len(found) == len(set(found)) <= 5
    assert set(found) <= {source.url for source in cited_sources(each)} - {None}


def test_what_stands_behind_more_figures_goes_first_then_the_surer_and_the_newer() -> None:
    one, two = "https://example.org/one", "https://example.org/two"
    sure, late = "https://example.org/sure", "https://example.org/late"
    limit = {"value": 12, "sources": [source(two), source(None)]}
    made = offer(
        "some",
        gpus=[
            gpu("T4", sources=[source(two), source(one), source(sure, "high")]),
            gpu("L4", sources=[source(late, as_of="2026-02-01")]),
        ],
        session={"limit_hours": limit},
    )
    assert [each.url for each in leading_sources(made, most=9)] == [two, sure, late, one]
    assert [each.url for each in leading_sources(made, most=1)] == [two]
