from typing import cast

import pytest

from bot.catalog.load import load_catalog
from bot.catalog.offer import Offer
from bot.catalog.quota import FixedWeekly
from bot.quotas.marks import GONE, mark_of
from tests.quotas.test_account import offer


def with_rule(**change: object) -> Offer:
    known = offer()
    rule = cast("FixedWeekly", known.quota.rule).model_copy(update=change)
    return known.model_copy(update={"quota": known.quota.model_copy(update={"rule": rule})})


def test_the_same_files_read_twice_have_the_same_marks() -> None:
    first, second = (
        {key: mark_of(each) for key, each in load_catalog().offers.items()} for _ in range(2)
    )
    assert first == second
    assert GONE not in first.values()


@pytest.mark.parametrize(
    "change", [{"weekday": "sunday"}, {"time": "08:00"}, {"zone": "Asia/Shanghai"}]
)
def test_another_moment_of_renewal_is_another_mark(change: dict[str, str]) -> None:
    assert mark_of(with_rule(**change)) != mark_of(offer())


@pytest.mark.parametrize(
    ("part", "field"),
    [("session", "limit_hours"), ("session", "idle_minutes"), ("quota", "amount")],
)
def test_another_figure_is_another_mark(part: str, field: str) -> None:
    known = offer()
    whole = getattr(known, part)
    fact = getattr(whole, field).model_copy(update={"value": 7.0})
    changed = known.model_copy(update={part: whole.model_copy(update={field: fact})})
    assert mark_of(changed) != mark_of(known)


def test_another_price_is_another_mark() -> None:
    modal = offer("modal-starter")
    assert modal.credits is not None
    dearer = tuple(
        each.model_copy(update={"price": 2 * each.price}) for each in modal.credits.rates
    )
    credits_ = modal.credits.model_copy(update={"rates": dearer})
    assert mark_of(modal.model_copy(update={"credits": credits_})) != mark_of(modal)


def test_what_no_quota_is_planned_by_is_no_news() -> None:
    known = offer()
    noted = with_rule(note=None, sources=())
    renamed = known.model_copy(update={"short": "Other", "pros": ()})
    assert mark_of(noted) == mark_of(renamed) == mark_of(known)


def test_what_is_gone_has_a_mark_too() -> None:
    assert mark_of(None) == GONE
