from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.compare import DEFAULT_OFFERS, MOST_OFFERS, SHOWN, Column, Mark, compare
from bot.catalog.catalog import Catalog
from bot.catalog.dates import is_old
from bot.catalog.freshness import oldest_date
from bot.catalog.load import load_catalog

NOW = datetime(2026, 11, 23, tzinfo=UTC)

catalog_of_the_project = cache(load_catalog)
OFFER_IDS = sorted(catalog_of_the_project().offers)


@pytest.fixture
def catalog() -> Catalog:
    return catalog_of_the_project()


def test_the_default_set_exists_and_has_the_three_of_2020(catalog: Catalog) -> None:
    shown = [each.offer.id for each in compare(catalog, (), now=NOW).offers]
    assert shown == list(DEFAULT_OFFERS)
    assert {"kaggle-notebooks-gpu", "google-colab-free", "paperspace-gradient-free"} <= set(shown)
    assert len(shown) <= MOST_OFFERS


@given(st.lists(st.sampled_from(OFFER_IDS), min_size=1, max_size=MOST_OFFERS))
def test_named_offers_stand_in_their_order_each_once(ids: list[str]) -> None:
    shown = compare(catalog_of_the_project(), ids, now=NOW).offers
    assert [each.offer.id for each in shown] == list(dict.fromkeys(ids))


def test_an_unknown_id_is_an_error(catalog: Catalog) -> None:
    with pytest.raises(KeyError):
        compare(catalog, ["no-such-offer"], now=NOW)


@pytest.mark.parametrize("offer_id", OFFER_IDS)
def test_the_oldest_of_the_shown_figures_dates_an_offer(catalog: Catalog, offer_id: str) -> None:
    (compared,) = compare(catalog, [offer_id], now=NOW).offers
    assert compared.oldest == oldest_date(catalog.offer(offer_id), SHOWN)
    if compared.oldest is not None and (NOW.date() - compared.oldest).days > 180:
        assert compared.old


def test_everything_is_old_some_years_later(catalog: Catalog) -> None:
    later = NOW.replace(year=2030)
    assert all(each.old for each in compare(catalog, OFFER_IDS[:5], now=later).offers)


def marks(catalog: Catalog, *ids: str, now: datetime = NOW) -> dict[str, dict[Column, Mark]]:
    return {each.offer.id: dict(each.marks) for each in compare(catalog, ids, now=now).offers}


def test_what_sources_disagree_on_is_marked_where_it_is_shown(catalog: Catalog) -> None:
    found = marks(catalog, "paperspace-gradient-free", "marimo-molab", "modal-starter")
    disputed = {
        (offer_id, column)
        for offer_id, columns in found.items()
        for column, mark in columns.items()
        if mark.disputed
    }
    # Gradient: session; Modal: credits; its conflict on the card needed is no figure of the table.
    assert disputed == {("paperspace-gradient-free", "session"), ("modal-starter", "quota")}


def test_a_figure_is_old_by_its_own_sources_and_an_unknown_one_never(catalog: Catalog) -> None:
    for offer_id in OFFER_IDS:
        for now in (NOW, NOW.replace(year=2030)):
            for column, mark in marks(catalog, offer_id, now=now)[offer_id].items():
                offer = catalog.offer(offer_id)
                if column == "session":
                    limit = offer.session.limit_hours
                    known = limit.value is not None and bool(limit.sources)
                    assert mark.old == (known and is_old(limit.as_of_date, now)), offer_id
                if now.year == 2030 and column == "memory" and offer.gpus:
                    shown = offer.gpus[0].vram_gb is not None
                    assert mark.old or not shown or not offer.gpus[0].sources, offer_id


@given(st.lists(st.sampled_from(OFFER_IDS), min_size=1, max_size=MOST_OFFERS))
def test_marks_depend_on_the_set_and_not_on_its_order(ids: list[str]) -> None:
    catalog = catalog_of_the_project()
    assert marks(catalog, *ids) == marks(catalog, *reversed(ids))
