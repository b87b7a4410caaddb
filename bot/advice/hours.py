"""How many hours a week an offer gives, averaged over the year that begins today.

| quota | hours per week |
|---|---|
| fixed weekly | amount |
| rolling window, window after the first use | amount * 168 / hours of the window |
| monthly | amount * 12 / 52 |
| one-off | amount / 52 |
| credits | amount / price of the card's hour * times they are given in a year / 52 |
| unpublished, none stated | unknown: between 0 and 168 |
| credits without a rate for the card | unknown: 0 or more, on many machines at once |

Averaging over a year puts what is given once and what comes back on one scale: 5 USD once are few
hours a week, 10,000 GPU hours once are many. A "floor" is known from below only.
"""

from typing import Final

from bot.advice.bounds import UNKNOWN, Bounds, exactly
from bot.catalog.catalog import Catalog
from bot.catalog.names import folded
from bot.catalog.offer import CreditPeriod, Credits, Offer, OfferedGpu
from bot.catalog.quota import (
    AfterFirstUse,
    FixedWeekly,
    Monthly,
    OneOffCredits,
    Quota,
    RollingWindow,
)

HOURS_PER_WEEK: Final = 168
WEEKS_PER_YEAR: Final = 52
MONTHS_PER_YEAR: Final = 12

_TIMES_A_YEAR: Final[dict[CreditPeriod, int]] = {
    "monthly": MONTHS_PER_YEAR,
    "monthly-for-3-months": 3,
    "yearly-while-student": 1,
    "one-off": 1,
}


def hours_per_week(catalog: Catalog, offer: Offer, gpu: OfferedGpu | None) -> Bounds:
    """Return the hours a week of a session with `gpu`, in which all of its cards run.

    Args:
        catalog: tells which names of cards mean the same.
        offer: whose quota or, where it has none, credits are counted.
        gpu: what credits are spent on; None for an accelerator without a price.
    """
    if offer.quota.hours is not None:
        return _of_quota(offer.quota)
    if offer.credits is not None and gpu is not None:
        return _of_credits(catalog, offer.credits, gpu)
    return exactly(None, at_most=HOURS_PER_WEEK)


def is_given_once(offer: Offer) -> bool:
    """Say whether what is used of the offer never comes back."""
    once = offer.credits is not None and offer.credits.period == "one-off"
    return isinstance(offer.quota.rule, OneOffCredits) or (once and offer.quota.hours is None)


def _of_quota(quota: Quota) -> Bounds:
    turns = _turns_per_week(quota)
    if turns is None or quota.hours is None:
        return exactly(None, at_most=HOURS_PER_WEEK)
    hours = quota.hours * turns
    return Bounds(hours, max(hours, HOURS_PER_WEEK)) if quota.bound == "floor" else exactly(hours)


def _turns_per_week(quota: Quota) -> float | None:
    match quota.rule:
        case FixedWeekly():
            return 1
        case RollingWindow(hours=hours) | AfterFirstUse(hours=hours):
            return HOURS_PER_WEEK / hours if hours else None
        case Monthly():
            return MONTHS_PER_YEAR / WEEKS_PER_YEAR
        case OneOffCredits():
            return 1 / WEEKS_PER_YEAR
        case _:
            return None


def _of_credits(catalog: Catalog, given: Credits, gpu: OfferedGpu) -> Bounds:
    price = _price_per_hour(catalog, given, gpu)
    if not price or given.amount is None or given.period is None:
        return UNKNOWN
    times = _TIMES_A_YEAR[given.period]
    return exactly(given.amount / price * times / WEEKS_PER_YEAR)


def _price_per_hour(catalog: Catalog, given: Credits, gpu: OfferedGpu) -> float | None:
    """Return what one hour of the session costs: the rate of the card times their number."""
    cards = catalog.gpu_names.rows(gpu.model)
    for rate in given.rates:
        same_rows = bool(cards) and catalog.gpu_names.rows(rate.gpu) == cards
        if same_rows or folded(rate.gpu) == folded(gpu.model):
            return rate.per_hour * (gpu.count or 1)
    return None
