from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.best import (
    best_of,
    memory_gib,
    quota_hours,
    session_hours,
)
from bot.advice.bounds import Bounds, exactly
from bot.advice.compare import COLUMNS, Column, compare_offers
from bot.catalog.load import load_catalog
from bot.catalog.offer import Offer
from bot.speech import cells
from tests.advice.builder import catalog_of, fact, gpu, offer, session, weekly

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PAIRS = st.tuples(st.integers(0, 6), st.integers(0, 8)).filter(lambda pair: pair[0] <= pair[1])
FIGURES = st.none() | st.integers(0, 6).map(exactly) | PAIRS.map(lambda pair: Bounds(*pair))

project_catalog = cache(load_catalog)


def best(column: Column, *offers: Offer) -> list[str]:
    found = compare_offers(catalog_of(offers), offers, now=NOW).offers
    return [each.offer.id for each in found if each.marks[column].best]


def monthly(amount: float) -> dict[str, object]:
    return {"amount": fact(amount), "unit": "hours", "rule": {"kind": "monthly"}}


def money(amount: float, *prices: tuple[str, float]) -> dict[str, object]:
    """Credits once a month, with the price of an hour of some cards."""
    rates = [{"gpu": name, "price": price, "per": "hour"} for name, price in prices]
    return {"amount": amount, "currency": "USD", "period": "monthly", "rates": rates}


@given(st.lists(FIGURES, min_size=1, max_size=5))
def test_a_best_figure_is_known_and_no_other_can_exceed_it(figures: list[Bounds | None]) -> None:
    for place in best_of(figures):
        own = figures[place]
        assert own is not None
        assert own.lo > 0
        assert all(each is None or each.hi <= own.lo or each == own for each in figures)


@given(st.lists(st.none() | st.integers(1, 6), min_size=2, max_size=5))
def test_of_plain_figures_all_that_equal_the_greatest_are_best(values: list[int | None]) -> None:
    most = max((each for each in values if each is not None), default=None)
    expected = {place for place, each in enumerate(values) if each is not None and each == most}
    assert best_of([None if each is None else exactly(each) for each in values]) == expected


def test_alone_nothing_is_best() -> None:
    assert best_of([exactly(5)]) == frozenset()
    assert best("session", offer("one", session=session(12))) == []


def test_unknown_is_never_best_and_nothing_is_neither() -> None:
    assert best("session", offer("one"), offer("two")) == []
    assert best("session", offer("one"), offer("two", session=session(1))) == ["two"]
    assert best_of([exactly(0), exactly(0)]) == frozenset()


def test_equals_share_the_mark() -> None:
    offers = [
        offer(name, session=session(hours)) for name, hours in zip("abc", (12, 9, 12), strict=True)
    ]
    assert best("session", *offers) == ["a", "c"]


@pytest.mark.parametrize("status", ["discontinued", "closed_to_new"])
def test_what_no_newcomer_gets_is_never_best_and_keeps_nothing_from_it(status: str) -> None:
    gone = offer("gone", status=fact(status), session=session(24), quota=weekly(168))
    assert best("session", gone, offer("open", session=session(4))) == ["open"]
    assert best("quota", gone, offer("open", quota=weekly(1))) == ["open"]
    assert best("memory", gone, offer("other", status=fact(status))) == []


def test_what_has_a_price_only_is_never_best() -> None:
    paid = offer("paid", paid_comparison_only=True, session=session(24))
    assert best("session", paid, offer("open", session=session(4))) == ["open"]


def test_hours_of_different_rules_are_compared_by_the_week() -> None:
    assert best("quota", offer("week", quota=weekly(30)), offer("month", quota=monthly(100))) == [
        "week"
    ]
    assert best("quota", offer("week", quota=weekly(20)), offer("month", quota=monthly(100))) == [
        "month"
    ]


def test_of_a_least_the_least_is_counted_on() -> None:
    least = offer("least", quota=weekly(30, bound="floor"))
    assert best("quota", least, offer("sure", quota=weekly(31))) == ["sure"]
    assert best("quota", least, offer("sure", quota=weekly(29))) == ["least"]


def test_money_without_a_price_is_not_compared_with_hours() -> None:
    rule = {"rule": {"kind": "monthly"}}
    unpriced = offer("money", quota=rule, credits=money(1000))
    assert best("quota", unpriced, offer("hours", quota=weekly(1))) == ["hours"]
    assert best("quota", unpriced, offer("more", quota=rule, credits=money(2000))) == []


def test_money_with_prices_is_hours_of_some_card() -> None:
    rule = {"rule": {"kind": "monthly"}}
    gpus = [gpu("T4"), gpu("L4")]
    # 52 USD a month are 12 hours a week at 1 USD, and 6 at 2 USD.
    priced = offer("money", gpus=gpus, quota=rule, credits=money(52, ("T4", 1), ("L4", 2)))
    assert quota_hours(catalog_of([priced]), priced) == pytest.approx(Bounds(6, 12))
    assert best("quota", priced, offer("hours", quota=weekly(5))) == ["money"]
    assert best("quota", priced, offer("hours", quota=weekly(9))) == []
    assert best("quota", priced, offer("hours", quota=weekly(13))) == ["hours"]


def test_advertised_memory_is_best_where_its_usable_part_is_more_for_certain() -> None:
    t4 = offer("t4")
    assert best("memory", t4, offer("big", gpus=[gpu("a card of tomorrow", vram_gb=96)])) == ["big"]
    # Of 15 GB advertised 12.75 to 15 GiB can be used; a T4 leaves 13.6.
    assert best("memory", t4, offer("near", gpus=[gpu("a card of tomorrow", vram_gb=15)])) == []


@pytest.mark.parametrize("offer_id", sorted(project_catalog().offers))
def test_a_figure_is_known_where_the_table_shows_one(offer_id: str) -> None:
    catalog = project_catalog()
    each = catalog.offer(offer_id)
    assert (memory_gib(catalog, each) is None) == (cells.memory(each, catalog) == cells.UNKNOWN)
    assert (session_hours(each) is None) == (cells.session(each) == cells.UNKNOWN)
    if cells.quota(each) == cells.UNKNOWN:
        assert quota_hours(catalog, each) is None
    for column in COLUMNS:
        (alone,) = compare_offers(catalog, [each], now=NOW).offers
        assert not alone.marks[column].best
