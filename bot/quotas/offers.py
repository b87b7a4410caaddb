"""From an offer of the catalog, and what is personal about it, to a quota that can be reckoned.

| rule of the catalog | kind |
|---|---|
| fixed weekly | `Renewed` by the week |
| monthly, and credits that come each month | `Renewed` by the month |
| rolling window | `Rolling` |
| first use + N hours | `AfterUse` |
| one-off credits, and credits that come once | `OneOff` |
| unpublished, none stated, or no amount | none: no number is invented |

Hours are counted where the quota says hours, else the credits are, in their currency. Each offer is
a pool of its own: Kaggle's GPU and TPU quotas are two offers.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final, assert_never, final

from bot.catalog.names import folded
from bot.catalog.offer import CreditPeriod, Credits, Offer, Unit
from bot.catalog.quota import (
    AfterFirstUse,
    FixedWeekly,
    Monthly,
    NoneStated,
    OneOffCredits,
    QuotaRule,
    RollingWindow,
    Unpublished,
)
from bot.quotas.kinds import AfterUse, Kind, OneOff, Renewed, Rolling
from bot.quotas.turns import Turn, monthly_turn, weekly_turn
from bot.quotas.usage import HOUR

_FIRST: Final = 1
_MONTHLY: Final[frozenset[CreditPeriod]] = frozenset({"monthly", "monthly-for-3-months"})


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What only the user of an offer knows; the catalog's word holds where it is not given."""

    reset_day: int | None = None
    """The day of the month on which it is renewed, 1 to 31."""
    signed_up: datetime | None = None
    """Aware; what a user says as a day is its midnight in UTC."""
    expires: datetime | None = None
    """When credits that were given once expire, aware."""
    amount: float | None = None
    """What they get, in the unit of the pool, where it is not what everybody gets."""
    gpu: str | None = None
    """The card that credits are usually spent on, as the catalog's rates name it."""


NOTHING_PERSONAL: Final = Personal()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The quota of one offer, as one user has it."""

    kind: Kind
    unit: Unit | None
    """What its amount is counted in: a currency, or something in words; None for hours."""
    at_least: bool = False
    """The provider gives this or more."""
    day_assumed: bool = False
    """Nobody said on which day of the month it is renewed: the first is taken."""


def pool_of(offer: Offer, personal: Personal = NOTHING_PERSONAL) -> Pool | None:
    """Return the quota of an offer; None where nothing is published that could be reckoned."""
    rule = offer.quota.rule
    if isinstance(rule, Unpublished | NoneStated):
        return None
    in_hours = offer.quota.hours is not None
    allowance = None if in_hours else offer.credits
    published = offer.quota.hours if allowance is None else allowance.amount
    amount = published if personal.amount is None else personal.amount
    if amount is None:
        return None
    kind = _by_rule(rule, amount, personal) if rule else _by_period(allowance, amount, personal)
    if kind is None:
        return None
    return Pool(
        kind=kind,
        unit=None if allowance is None else allowance.currency,
        at_least=offer.quota.bound == "floor" and personal.amount is None,
        day_assumed=_is_monthly(rule, allowance) and _day(rule, personal) is None,
    )


def rate_of(offer: Offer, gpu: str | None) -> float | None:
    """Return how many units of its pool an hour of the offer takes; None where nobody can say.

    Args:
        offer: whose rates count.
        gpu: the card, as the rates name it; needed where there are several.
    """
    if offer.quota.hours is not None or offer.credits is None:
        return 1.0
    rates = offer.credits.rates
    if gpu is None:
        return rates[0].per_hour if len(rates) == 1 else None
    wanted = folded(gpu)
    return next((each.per_hour for each in rates if folded(each.gpu) == wanted), None)


def _by_rule(rule: QuotaRule, amount: float, personal: Personal) -> Kind | None:
    match rule:
        case FixedWeekly():
            return Renewed(amount, partial(weekly_turn, rule))
        case Monthly():
            return Renewed(amount, _monthly(_day(rule, personal)))
        case RollingWindow(hours=hours):
            return Rolling(amount, hours * HOUR)
        case AfterFirstUse(hours=hours):
            return AfterUse(amount, hours * HOUR)
        case OneOffCredits():
            return OneOff(amount, personal.expires)
        case Unpublished() | NoneStated():
            return None
        case _:
            assert_never(rule)


def _by_period(allowance: Credits | None, amount: float, personal: Personal) -> Kind | None:
    """Return the kind of credits whose rule nobody wrote down but how often they come."""
    match None if allowance is None else allowance.period:
        case "one-off":
            return OneOff(amount, personal.expires)
        case "monthly" | "monthly-for-3-months":
            return Renewed(amount, _monthly(_day(None, personal)))
        case "yearly-while-student":
            year = None if personal.signed_up is None else _a_year_after(personal.signed_up)
            return OneOff(amount, personal.expires or year)
        case None:
            return None


def _is_monthly(rule: QuotaRule | None, allowance: Credits | None) -> bool:
    if rule is not None:
        return isinstance(rule, Monthly)
    return allowance is not None and allowance.period in _MONTHLY


def _day(rule: QuotaRule | None, personal: Personal) -> int | None:
    """Return the day of the month of a renewal, as far as somebody said it."""
    if personal.reset_day is not None:
        return personal.reset_day
    if isinstance(rule, Monthly) and rule.anchor == "calendar-month":
        return _FIRST
    return None if personal.signed_up is None else personal.signed_up.astimezone(UTC).day


def _monthly(day: int | None) -> Callable[[datetime], Turn]:
    return partial(monthly_turn, _FIRST if day is None else day)


def _a_year_after(instant: datetime) -> datetime:
    day = min(instant.day, monthrange(instant.year + 1, instant.month)[1])
    return instant.replace(year=instant.year + 1, day=day)
