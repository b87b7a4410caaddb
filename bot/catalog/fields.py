"""Fields of an offer by name, and what to do where sources disagree on one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import cast, get_args, get_origin

from bot.catalog.conflicts import Conflict, ConflictingValue
from bot.catalog.facts import Fact, Model, Text
from bot.catalog.offer import Offer

Plain = bool | float
_LEAVES = (Fact, Text)

# A limit or a share: whoever plans with less is never surprised. A demand or a price: with more.
_LESS_IS_CAREFUL = frozenset(
    {
        "host.cpu_cores",
        "host.ram_gb",
        "interface.custom_containers",
        "interface.internet",
        "quota.amount",
        "session.background",
        "session.concurrent",
        "session.idle_minutes",
        "session.limit_hours",
        "storage.ephemeral_gb",
        "storage.output_limit_gb",
        "storage.persistent_gb",
        "terms.commercial_use",
    }
)
_MORE_IS_CAREFUL = frozenset(
    {
        "access.academic_email",
        "access.application",
        "access.approval_days",
        "access.card",
        "access.id_check",
        "access.phone",
        "access.waitlist",
        "session.cooldown_hours",
        "upgrade.starting_price",
    }
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What is used of a field that sources disagree on, and what the others say."""

    field: str
    used: object
    """The careful value, which the offer holds; None where the careful answer is "unknown"."""
    others: tuple[ConflictingValue, ...]


@cache
def field_names() -> frozenset[str]:
    """Return the dotted names of all fields of `Offer`, sections included."""
    return frozenset(_names_of(Offer, ""))


def part_at(offer: Offer, field: str) -> object:
    """Return the fact, text, section or plain value at a dotted name; None where it is absent.

    Raises:
        KeyError: no offer has such a field.
    """
    if field not in field_names():
        raise KeyError(field)
    part: object = offer
    for name in field.split("."):
        part = getattr(part, name, None)
    return part


def value_at(offer: Offer, field: str) -> object:
    """Return what `part_at` does, and of a fact its value; None is unknown."""
    part = part_at(offer, field)
    return cast("Fact[object]", part).value if isinstance(part, Fact) else part


def careful_value(field: str, values: Iterable[object]) -> Plain | None:
    """Return the value to plan with: the lower limit, the higher demand.

    None where the field knows no order, or where a source speaks in words ("not published").
    """
    choose: Callable[[Iterable[Plain]], Plain]
    if field in _LESS_IS_CAREFUL:
        choose = min
    elif field in _MORE_IS_CAREFUL:
        choose = max
    else:
        return None
    stated = list(values)
    plain = [value for value in stated if isinstance(value, bool | int | float)]
    return choose(plain) if plain and len(plain) == len(stated) else None


def conflict_for(offer: Offer, field: str) -> Disagreement | None:
    """Return the disagreement on the whole of `field`, or None where sources agree.

    Conflicts about a part of it, in words, are in `offer.conflicts` alone.
    """
    own = next((each for each in offer.conflicts if _is_on(each, field)), None)
    if own is None:
        return None
    used = value_at(offer, field)
    return Disagreement(field, used, tuple(each for each in own.values if each.value != used))


def _is_on(conflict: Conflict, field: str) -> bool:
    return conflict.field == field and conflict.about is None


def _names_of(model: type[Model], prefix: str) -> Iterable[str]:
    for name, info in model.model_fields.items():
        yield prefix + name
        section = info.annotation
        for part in (section, *(get_args(section) if get_origin(section) is UnionType else ())):
            if isinstance(part, type) and issubclass(part, Model) and not issubclass(part, _LEAVES):
                yield from _names_of(part, f"{prefix}{name}.")
