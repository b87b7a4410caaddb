"""What differs between two versions of the catalog."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from bot.catalog.catalog import Catalog
from bot.catalog.facts import Fact, Model, Source, Text
from bot.catalog.fields import field_names, part_at
from bot.catalog.hardware import Hardware
from bot.catalog.offer import Offer


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; the values are as the catalog holds them, None is unknown or not there."""

    subject: str
    """The id of an offer, or of a row of the hardware table."""
    field: str | None
    """The dotted name of the field; None where the whole subject came or went."""
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A value that stayed, and that a newer source confirms."""

    subject: str
    field: str
    before: date | None
    after: date | None


Difference = Change | Confirmation


def changes(old: Catalog, new: Catalog) -> tuple[Difference, ...]:
    """Return what differs, offer by offer in the order of the newer catalog, then the hardware."""
    return (*_of_offers(old, new), *_of_hardware(old, new))


def describe(difference: Difference) -> str:
    """Return one line in plain English, for operators."""
    match difference:
        case Confirmation(subject, field, before, after):
            return f"{subject}: {field} confirmed {after or 'without a date'} (was {before})"
        case Change(subject, None, None, _):
            return f"{subject}: new"
        case Change(subject, None, _, None):
            return f"{subject}: gone"
        case Change(subject, field, before, after):
            return f"{subject}: {field} {plain_value(before)} -> {plain_value(after)}"


def _of_offers(old: Catalog, new: Catalog) -> Iterator[Difference]:
    for offer in new.offers.values():
        before = old.offers.get(offer.id)
        if before is None:
            yield Change(offer.id, None, None, offer)
        else:
            yield from _between(before, offer)
    for offer in old.offers.values():
        if offer.id not in new.offers:
            yield Change(offer.id, None, offer, None)


def _between(old: Offer, new: Offer) -> Iterator[Difference]:
    for field in leaves():
        before, after = part_at(old, field), part_at(new, field)
        if before != after:
            yield from _of_parts(new.id, field, before, after)


def _of_parts(subject: str, field: str, before: object, after: object) -> Iterator[Difference]:
    if isinstance(before, Fact) and isinstance(after, Fact):
        was, now = cast("Fact[object]", before), cast("Fact[object]", after)
        if was.value != now.value:
            yield Change(subject, field, was.value, now.value)
        elif was.as_of_date != now.as_of_date:
            yield Confirmation(subject, field, was.as_of_date, now.as_of_date)
    elif isinstance(before, tuple) and isinstance(after, tuple):
        gone, come = cast("tuple[object, ...]", before), cast("tuple[object, ...]", after)
        yield from (Change(subject, field, item, None) for item in gone if item not in come)
        yield from (Change(subject, field, None, item) for item in come if item not in gone)
    else:
        yield Change(subject, field, cast("object", before), after)


def _of_hardware(old: Catalog, new: Catalog) -> Iterator[Difference]:
    for row in new.hardware.values():
        before = old.hardware.get(row.id)
        if before is None:
            yield Change(row.id, None, None, row)
            continue
        for field in Hardware.model_fields:
            was, now = getattr(before, field), getattr(row, field)
            if was != now and field != "sources":
                yield Change(row.id, field, was, now)
    for row in old.hardware.values():
        if row.id not in new.hardware:
            yield Change(row.id, None, row, None)


@cache
def leaves() -> tuple[str, ...]:
    """Return the names of the fields that hold values and not further fields."""
    names = field_names()
    sections = {name.rpartition(".")[0] for name in names if "." in name}
    return tuple(sorted(names - sections - {"id"}))


def plain_value(value: object) -> str:
    """Return a value of the catalog in plain English, in one line."""
    match value:
        case None:
            return "unknown"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case Text():
            return f'"{value.en}"'
        case Source():
            return value.label or "a search that found nothing"
        case Model():
            parts = ((name, getattr(value, name)) for name in type(value).model_fields)
            return ", ".join(
                f"{name} {plain_value(part)}" for name, part in parts if _told(name, part)
            )
        case tuple():
            items = cast("Iterable[object]", value)
            return "; ".join(plain_value(item) for item in items) or "none"
        case _:
            return str(value)


def _told(name: str, value: object) -> bool:
    return name not in {"sources", "source"} and value is not None and value != ()
