"""Figures of an offer in a few columns, for the table of a comparison on a phone."""

from bot.advice.compare import Mark
from bot.advice.memory import main_card, usable_mib
from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer
from bot.catalog.quota import (
    AfterFirstUse,
    FixedWeekly,
    Monthly,
    OneOffCredits,
    RollingWindow,
)
from bot.speech.figures import gib, plain

UNKNOWN = "?"
ADVERTISED = "≤"
CREDITS = "¢"

# Plain ASCII: a star or a warning sign is one column wide on some machines and two on others.
BEST, DISPUTED, OLD = "*", "!", "~"


def memory(offer: Offer, catalog: Catalog) -> str:
    """Return the memory of one card or TPU chip: `13.6` usable GiB, `≤96` GB as advertised."""
    biggest = main_card(offer)
    if biggest is None:
        return UNKNOWN if offer.tpu is None else _tpu(offer)
    usable = usable_mib(catalog, biggest)
    if usable is not None:
        return gib(usable)
    return UNKNOWN if biggest.vram_gb is None else f"{ADVERTISED}{plain(biggest.vram_gb)}"


def session(offer: Offer) -> str:
    """Return the longest session in hours: `12`."""
    hours = offer.session.limit_hours.value
    return UNKNOWN if hours is None else plain(hours)


def quota(offer: Offer) -> str:
    """Return the quota and its turn: `30h/w`, `4h/24h`, `$30/mo`, `15` once."""
    rule, amount = offer.quota.rule, _amount(offer)
    match rule:
        case FixedWeekly():
            turn = "/w"
        case RollingWindow() | AfterFirstUse():
            turn = f"/{plain(rule.hours)}h"
        case Monthly():
            turn = "/mo"
        case OneOffCredits():
            turn = ""
        case _:
            return UNKNOWN
    return UNKNOWN if amount is None else f"{amount}{turn}"


def signs(mark: Mark) -> str:
    """Return what stands behind a figure: `*` best, `!` sources disagree, `~` old."""
    said = ((BEST, mark.best), (DISPUTED, mark.disputed), (OLD, mark.old))
    return "".join(sign for sign, holds in said if holds)


def _amount(offer: Offer) -> str | None:
    if offer.quota.amount.value is not None:
        unit = "m" if offer.quota.unit == "minutes" else "h"
        return f"{plain(offer.quota.amount.value)}{unit}"
    if offer.credits is None or offer.credits.amount is None:
        return None
    sign = "$" if offer.credits.currency == "USD" else CREDITS
    return f"{sign}{plain(offer.credits.amount)}"


def _tpu(offer: Offer) -> str:
    tpu = offer.tpu
    if tpu is None or tpu.hbm_gb_total is None or not tpu.chips:
        return UNKNOWN
    return f"{ADVERTISED}{plain(tpu.hbm_gb_total / tpu.chips)}"
