"""What a recommendation must meet, out of the words and numbers of a question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from bot.advice.query import Query
from bot.ask.amounts import Amount, Bound, Role
from bot.ask.lexicon import Lexicon, WishValue
from bot.ask.names import Card
from bot.ask.phrases import Walk
from bot.ask.reading import SEARCHES, ConstraintValue, Intent

_LEAST: Final[Mapping[Role, tuple[str, str]]] = {
    Role.VRAM: ("min_vram_gb", "min_vram_gib"),
    Role.RAM: ("min_ram_gb", "min_ram_gb"),
    Role.STORAGE: ("min_storage_gb", "min_persistent_gb"),
    Role.DISK: ("min_disk_gb", "min_disk_gb"),
    Role.SESSION: ("min_session_hours", "min_session_hours"),
    Role.WEEKLY: ("min_hours_per_week", "min_hours_per_week"),
    Role.MONTHLY: ("min_hours_per_month", "min_hours_per_month"),
    Role.IDLE: ("min_idle_minutes", "min_idle_minutes"),
    Role.CARDS: ("min_gpus", "min_gpus"),
}
"""By role: the name of the constraint as the labelled questions have it, and of the field."""
_ALWAYS: Final = frozenset({"free", "payment", "vendor", "card", "phone", "id_check", "waitlist"})
"""Wishes that say something of every intent."""
_ANYTHING: Final = Query()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The parts of a question that constraints are made of."""

    walk: Walk
    amounts: Sequence[Amount]
    cards: tuple[Card, ...]
    wishes: Mapping[str, WishValue]
    """By field of a request, or by name where a request has no such field."""
    region: str | None
    intent: Intent
    card_wanted: bool
    """Whether the cards are what is looked for, and not what something is to run on."""


def constraints_of(asked: Asked, lexicon: Lexicon) -> dict[str, ConstraintValue]:
    """Return what was asked for, by the names of the labelled questions."""
    if asked.intent in {Intent.OUT_OF_SCOPE, Intent.REMINDER}:
        return {}
    found: dict[str, ConstraintValue] = {}
    for name, value in (*_amounts(asked), *_wishes(asked)):
        found.setdefault(name, value)
    if asked.region is not None:
        found["region"] = asked.region
    if workload := _workload(asked, lexicon):
        found["workload"] = workload
    return found


def query_of(asked: Asked, lexicon: Lexicon) -> Query:
    """Return the same as a request, as far as a request can say it."""
    if asked.intent not in SEARCHES:
        return _ANYTHING
    fields: dict[str, object] = {}
    for amount in asked.amounts:
        name = _LEAST.get(amount.role)
        if name is None:
            continue
        if amount.bound is not Bound.MOST:
            whole = amount.role is Role.CARDS
            fields.setdefault(name[1], int(amount.value) if whole else amount.value)
        elif amount.role is Role.VRAM:
            fields.setdefault("max_vram_gib", amount.value)
    known = Query.model_fields
    fields |= {name: value for name, value in asked.wishes.items() if name in known}
    if asked.region is not None:
        fields["region"] = asked.region
    if asked.card_wanted:
        fields |= _cards_wanted(asked, fields, lexicon)
    try:
        return Query.model_validate(fields)
    except ValidationError:
        # A number that no request can have, such as 9999 cards; the rest of the answer stands.
        return Query()


def _cards_wanted(
    asked: Asked, fields: Mapping[str, object], lexicon: Lexicon
) -> dict[str, object]:
    """Return the cards that are looked for; a size of theirs names them, and is no wish beside.

    "A100 40GB" is the model of 40 GB, of which less is usable.
    """
    names = lexicon.catalog.gpu_names
    sizes = [
        int_if_whole(amount.value)
        for amount in asked.amounts
        if amount.role is Role.VRAM and amount.bound is Bound.EXACT
    ]
    found: dict[str, None] = {}
    for card in asked.cards:
        exact = [name for size in sizes if (name := f"{card.name} {size}GB") in names]
        named = exact or lexicon.makers.get(card.name, (card.name,))
        found |= dict.fromkeys(name for name in named if name in names)
    if not found:
        return {}
    size_named = sizes and fields.get("min_vram_gib") in sizes
    return {"gpus": tuple(found), **({"min_vram_gib": None} if size_named else {})}


def int_if_whole(value: float) -> int | float:
    """Return a whole number as an int."""
    return int(value) if value == int(value) else value


def _amounts(asked: Asked) -> Iterator[tuple[str, ConstraintValue]]:
    for amount in asked.amounts:
        name = _LEAST.get(amount.role)
        if name is not None and (asked.intent in SEARCHES or amount.bound is Bound.LEAST):
            most = amount.bound is Bound.MOST
            key = name[0].replace("min_", "max_") if most else name[0]
            yield key, int_if_whole(amount.value)


def _wishes(asked: Asked) -> Iterator[tuple[str, ConstraintValue]]:
    for field, value in asked.wishes.items():
        if isinstance(value, tuple):
            if field == "tools":
                yield "interface", value[0]
        elif field in _ALWAYS:
            yield field, value
        elif value is True and field == "academic_email":
            yield "student", True
        elif value is True and asked.intent in SEARCHES:
            yield field, True


def _workload(asked: Asked, lexicon: Lexicon) -> str | None:
    sizes = [amount.value for amount in asked.amounts if amount.role is Role.MODEL]
    models = [hit.means for hit in lexicon.models.longest(asked.walk)]
    if not sizes and not models:
        return None
    method = next((hit.means for hit in lexicon.methods.longest(asked.walk)), None)
    model = f"{int_if_whole(sizes[0])}b" if sizes else models[0]
    return f"{method} {model}" if method and method != model else model
