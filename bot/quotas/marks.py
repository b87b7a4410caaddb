"""Whether a provider's rule is still the one that something was planned by."""

import json

from bot.catalog.offer import Offer, Unit
from bot.catalog.quota import AfterFirstUse, FixedWeekly, Monthly, RollingWindow

GONE = "gone"
"""The mark of an offer that the catalog does not have."""


def mark_of(offer: Offer | None) -> str:
    """Return a text that differs exactly where something differs by which quotas are planned.

    Field by field and not the models as they are: another version of the bot may know more of an
    offer, and that is no news for anybody.
    """
    if offer is None:
        return GONE
    allowance = offer.credits
    fields: dict[str, object] = {
        "rule": _rule(offer),
        "hours": offer.quota.hours,
        "bound": offer.quota.bound,
        "limit": offer.session.limit_hours.value,
        "idle": offer.session.idle_minutes.value,
    }
    if allowance is not None:
        fields["credits"] = [allowance.amount, _unit(allowance.currency), allowance.period]
        fields["rates"] = sorted([each.gpu, each.per_hour] for each in allowance.rates)
    return json.dumps({key: value for key, value in fields.items() if value is not None})


def _rule(offer: Offer) -> list[object] | None:
    rule = offer.quota.rule
    match rule:
        case None:
            return None
        case FixedWeekly():
            return [rule.kind, rule.weekday, rule.time, rule.zone]
        case RollingWindow() | AfterFirstUse():
            return [rule.kind, rule.hours]
        case Monthly():
            return [rule.kind, rule.anchor]
        case _:
            return [rule.kind]


def _unit(unit: Unit) -> str:
    return unit if isinstance(unit, str) else unit.en
