"""The facts of one offer as short text, so that a later catalog can be held against them."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, cast

from bot.catalog.changes import leaves, plain_value
from bot.catalog.facts import Fact
from bot.catalog.fields import part_at
from bot.catalog.offer import Offer

NO_FACTS: Final = frozenset(
    {"aliases", "cons", "conflicts", "history", "name", "pros", "short", "url"}
)
"""Fields that tell how the catalog speaks of an offer, and not what the offer is."""
_HASHED: Final = "#"
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One fact that is another one now; a value that is no number and not yes or no is None."""

    field: str
    before: str | None
    after: str | None


def snapshot(offer: Offer) -> dict[str, str]:
    """Return each fact by its dotted field; empty where it is unknown."""
    return {
        field: _kept(part_at(offer, field))
        for field in leaves()
        if field.partition(".")[0] not in NO_FACTS
    }


def digest(facts: Mapping[str, str]) -> str:
    """Return what two snapshots have in common where they are the same."""
    whole = "\n".join(f"{field}={value}" for field, value in sorted(facts.items()))
    return sha256(whole.encode()).hexdigest()[:_DIGITS]


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """Return what differs in the fields that both know: a new version may have other fields."""
    return tuple(
        FieldChange(field, _shown(before[field]), _shown(value))
        for field, value in after.items()
        if field in before and before[field] != value
    )


def _kept(part: object) -> str:
    value = cast("Fact[object]", part).value if isinstance(part, Fact) else part
    if value is None or value == ():
        return ""
    text = plain_value(value)
    # Words would have to be those of one language; a number is the same in all of them.
    if isinstance(value, bool | int | float):
        return text
    return _HASHED + sha256(text.encode()).hexdigest()[:_DIGITS]


def _shown(kept: str) -> str | None:
    return None if kept.startswith(_HASHED) else kept
