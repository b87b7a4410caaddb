"""What changed of an offer: its older values, put together by what they are about."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.catalog.conflicts import Moment, OlderValue
from bot.catalog.dates import latest_day
from bot.catalog.facts import Text
from bot.catalog.fields import value_at
from bot.catalog.offer import Offer

_WHOLE: Final = frozenset({"quota", "storage"})
"""Sections that are said in one line, so that their parts changed together."""

_DATE: Final = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Changed:
    """One subject of an offer, then and since."""

    field: str | None
    """The dotted name of a field or section; None where none says it and `about` does."""
    about: Text | None
    values: tuple[OlderValue, ...]
    """The oldest first, those without any date last."""
    same: bool
    """Whether the oldest value is what holds today."""


def changed(offer: Offer) -> tuple[Changed, ...]:
    """Return what an offer was, subject by subject in the order of its file."""
    subjects: dict[tuple[str | None, Text | None], list[OlderValue]] = {}
    for older in offer.history:
        field = _subject(older.field)
        subjects.setdefault((field, None if field else older.about), []).append(older)
    return tuple(
        _put_together(offer, field, about, values) for (field, about), values in subjects.items()
    )


def alone(offer: Offer, older: OlderValue) -> Changed:
    """Return one older value of an offer beside today's."""
    return _put_together(offer, _subject(older.field), older.about, [older])


def _put_together(
    offer: Offer, field: str | None, about: Text | None, values: list[OlderValue]
) -> Changed:
    ordered = tuple(sorted(values, key=lambda older: _day(older.date)))
    first = ordered[0]
    now = None if first.field is None else value_at(offer, first.field)
    return Changed(field=field, about=about, values=ordered, same=first.value == now)


def _subject(field: str | None) -> str | None:
    section = (field or "").partition(".")[0]
    return section if section in _WHOLE else field


def _day(moment: Moment) -> date:
    """Return the last day that a moment can mean; of words ("until 2026-07-30") the one in them."""
    if isinstance(moment, Text):
        named = _DATE.search(moment.en)
        moment = "" if named is None else named[0]
    return latest_day(moment) or date.max
