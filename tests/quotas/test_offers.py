from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from bot.catalog.catalog import Catalog
from bot.catalog.load import load_catalog
from bot.catalog.offer import Offer
from bot.quotas.kinds import AfterUse, OneOff, Renewed, Rolling
from bot.quotas.offers import Personal, pool_of, rate_of

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)


@cache
def catalog() -> Catalog:
    return load_catalog()


def offer(offer_id: str) -> Offer:
    return catalog().offer(offer_id)


def test_kaggle_has_two_pools_that_are_renewed_on_saturday_at_midnight_utc() -> None:
    gpu, tpu = pool_of(offer("kaggle-notebooks-gpu")), pool_of(offer("kaggle-notebooks-tpu"))
    assert gpu is not None
    assert tpu is not None
    assert isinstance(gpu.kind, Renewed)
    assert isinstance(tpu.kind, Renewed)
    assert (gpu.kind.amount, tpu.kind.amount) == (30, 20)
    assert gpu.kind.turn(NOW).end == datetime(2026, 11, 28, tzinfo=UTC)
    assert (gpu.unit, gpu.at_least, tpu.at_least) == (None, True, False)


def test_studio_lab_rolls_and_zero_gpu_opens_a_window() -> None:
    lab, zero = pool_of(offer("sagemaker-studio-lab")), pool_of(offer("hf-zerogpu"))
    assert lab is not None
    assert zero is not None
    assert lab.kind == Rolling(4, 24 * HOUR)
    assert isinstance(zero.kind, AfterUse)
    assert zero.kind.window == 24 * HOUR
    assert zero.kind.amount == pytest.approx(5 / 60)


def test_a_monthly_quota_without_a_known_day_says_that_the_first_is_assumed() -> None:
    modal = pool_of(offer("modal-starter"))
    assert modal is not None
    assert isinstance(modal.kind, Renewed)
    assert (modal.kind.amount, modal.unit, modal.day_assumed) == (30, "USD", True)
    assert modal.kind.turn(NOW).end == datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "personal",
    [
        Personal(reset_day=31),
        Personal(signed_up=datetime(2026, 1, 31, tzinfo=UTC)),
        Personal(reset_day=31, signed_up=datetime(2026, 1, 5, tzinfo=UTC)),
    ],
)
def test_the_day_of_the_month_is_the_users_own(personal: Personal) -> None:
    pool = pool_of(offer("github-codespaces"), personal)
    assert pool is not None
    assert isinstance(pool.kind, Renewed)
    assert pool.kind.turn(NOW).end == datetime(2026, 11, 30, tzinfo=UTC)
    assert not pool.day_assumed


def test_credits_given_once_expire_when_the_user_says() -> None:
    expires = NOW + 20 * HOUR
    pool = pool_of(offer("lightning-ai-free"), Personal(expires=expires))
    assert pool is not None
    assert pool.kind == OneOff(5, expires)


def test_yearly_credits_expire_a_year_after_the_sign_up_even_on_a_leap_day() -> None:
    signed_up = datetime(2028, 2, 29, tzinfo=UTC)
    pool = pool_of(offer("azure-for-students"), Personal(signed_up=signed_up))
    assert pool is not None
    assert pool.kind == OneOff(100, datetime(2029, 2, 28, tzinfo=UTC))


@pytest.mark.parametrize(
    "which",
    ["google-colab-free", "marimo-molab", "paperspace-gradient-free", "cerebrium-hobby"],
)
def test_what_nobody_publishes_has_no_number(which: str) -> None:
    assert pool_of(offer(which)) is None


def test_the_users_own_amount_beats_the_catalogs_and_is_exact() -> None:
    pool = pool_of(offer("kaggle-notebooks-gpu"), Personal(amount=36))
    assert pool is not None
    assert (pool.kind.amount, pool.at_least) == (36, False)


def test_every_offer_of_the_catalog_has_a_pool_or_none() -> None:
    pools = [pool_of(each) for each in catalog().offers.values()]
    assert sum(each is not None for each in pools) > 20


def test_an_hour_is_an_hour_or_the_price_of_the_card() -> None:
    modal = offer("modal-starter")
    assert rate_of(offer("kaggle-notebooks-gpu"), None) == 1
    assert rate_of(modal, None) is None
    assert rate_of(modal, "t4") == pytest.approx(0.59, abs=0.01)
    assert rate_of(modal, "T5") is None
    assert rate_of(offer("lightning-ai-free"), None) == pytest.approx(0.9)
    assert rate_of(with_one_rate(modal), None) == pytest.approx(0.59, abs=0.01)


def with_one_rate(modal: Offer) -> Offer:
    assert modal.credits is not None
    allowance = modal.credits.model_copy(update={"rates": modal.credits.rates[:1]})
    return modal.model_copy(update={"credits": allowance})
