from datetime import time

from bot.catalog.catalog import Catalog
from bot.catalog.quota import AfterFirstUse, FixedWeekly, Monthly, RollingWindow


def test_kaggle_renews_at_least_thirty_hours_on_saturdays(catalog: Catalog) -> None:
    quota = catalog.offer("kaggle-notebooks-gpu").quota
    assert (quota.hours, quota.bound) == (30, "floor")
    assert isinstance(quota.rule, FixedWeekly)
    assert (quota.rule.weekday, quota.rule.clock, quota.rule.zone) == ("saturday", time(0), "UTC")


def test_studio_lab_counts_the_last_day_and_zerogpu_a_day_from_the_first_use(
    catalog: Catalog,
) -> None:
    studio_lab = catalog.offer("sagemaker-studio-lab").quota
    assert isinstance(studio_lab.rule, RollingWindow)
    assert (studio_lab.hours, studio_lab.rule.hours) == (4, 24)
    zero = catalog.offer("hf-zerogpu").quota
    assert isinstance(zero.rule, AfterFirstUse)
    assert (zero.amount.value, zero.unit, zero.rule.hours) == (5, "minutes", 24)


def test_the_day_that_modal_renews_its_credits_is_unknown(catalog: Catalog) -> None:
    modal = catalog.offer("modal-starter")
    assert isinstance(modal.quota.rule, Monthly)
    assert modal.quota.rule.anchor is None
    assert modal.quota.hours is None


def test_credits_buy_the_hours_that_the_provider_speaks_of(catalog: Catalog) -> None:
    credits_given = catalog.offer("modal-starter").credits
    assert credits_given is not None
    assert credits_given.amount is not None
    hours = {rate.gpu: credits_given.amount / rate.per_hour for rate in credits_given.rates}
    # "GPU-only equivalent about 51 T4-hours or 37 L4-hours"
    assert int(hours["T4"] + 0.5) == 51
    assert int(hours["L4"]) == 37


def test_offers_without_a_stated_or_published_quota_say_which(catalog: Catalog) -> None:
    kinds = {
        offer.id: offer.quota.rule.kind for offer in catalog.offers.values() if offer.quota.rule
    }
    assert kinds["google-colab-free"] == kinds["marimo-molab"] == "unpublished"
    assert kinds["paperspace-gradient-free"] == "none-stated"
    assert kinds["lightning-ai-free"] == "one-off-credits"
    assert "floydhub" not in kinds
