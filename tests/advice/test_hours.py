from typing import Any

import pytest

from bot.advice.bounds import Bounds
from bot.advice.hours import hours_per_week
from tests.advice.builder import fact, gpu, offer, project_catalog, weekly


def hours(**parts: Any) -> Bounds:
    made = offer("one", **parts)
    return hours_per_week(project_catalog(), made, made.gpus[0])


def quota(amount: float, unit: str, **rule: Any) -> dict[str, Any]:
    return {"amount": fact(amount), "unit": unit, "rule": rule}


def credit(amount: float, period: str, price: float, per: str = "hour") -> dict[str, Any]:
    rates = [{"gpu": "Tesla T4", "price": price, "per": per}]
    return {"amount": amount, "currency": "USD", "period": period, "rates": rates}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (weekly(30), 30),
        (quota(4, "hours", kind="rolling-window", hours=24), 28),
        (quota(5, "minutes", kind="after-first-use", hours=24), 35 / 60),
        (quota(52, "hours", kind="monthly"), 12),
        (quota(52, "hours", kind="one-off-credits"), 1),
    ],
)
def test_a_quota_is_counted_per_week(given: dict[str, Any], expected: float) -> None:
    assert hours(quota=given) == pytest.approx((expected, expected))


def test_a_floor_is_known_from_below() -> None:
    assert hours(quota=weekly(30, "floor")) == (30, 168)


def test_an_unpublished_quota_is_somewhere_in_the_week() -> None:
    assert hours(quota={"rule": {"kind": "unpublished"}}) == (0, 168)


@pytest.mark.parametrize(
    ("period", "times"),
    [("monthly", 12), ("monthly-for-3-months", 3), ("yearly-while-student", 1), ("one-off", 1)],
)
def test_credits_are_spent_on_the_card_over_a_year(period: str, times: int) -> None:
    assert hours(credits=credit(30, period, 0.6)).lo == pytest.approx(30 / 0.6 * times / 52)


def test_a_price_per_second_and_two_cards_at_once() -> None:
    each = hours(credits=credit(30, "monthly", 0.0001, "second")).lo
    both = hours(credits=credit(30, "monthly", 0.0001, "second"), gpus=[gpu("T4", count=2)]).lo
    assert each == pytest.approx(30 / 0.36 * 12 / 52)
    assert both == pytest.approx(each / 2)


def test_without_a_rate_for_the_card_nothing_is_known() -> None:
    unpriced = hours(credits=credit(30, "monthly", 0.6), gpus=[gpu("L4")])
    assert unpriced.lo == 0
    assert not unpriced.known
