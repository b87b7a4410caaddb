"""The whole text as one phrase: a length, a moment, or a pasted timestamp."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.when import words
from bot.when.lengths import (
    Length,
    clock_like,
    counted_days,
    iso_length,
    length,
    lone_unit,
    timed_days,
)
from bot.when.moments import Moment, Shifted, moment, shifted
from bot.when.reading import Problem, Slot, refuse
from bot.when.tokens import Cursor, Shape


@dataclass(frozen=True, slots=True)
class Stamp:
    """A pasted Discord timestamp: seconds since 1970."""

    epoch: int


@dataclass(frozen=True, slots=True)
class Now:
    """The present: known, and refused as no time ahead."""


Phrase = Length | Moment | Shifted | Stamp | Now


def parse(text: str, cursor: Cursor, slot: Slot) -> Phrase | None:
    """Return what the text says, or None unless every token of it has a place.

    The rules are tried in turn and none is recursive, so the work is linear in the tokens. The
    slot only decides whether 1:30 is first tried as a length or as a time.
    """
    if phrase := iso_length(text):
        return phrase
    if cursor.follows(lambda place: place.word(words.COMMA) or None):
        return None  # it binds to something that is not here
    rules = (stamp, _length, shifted, _until, _now)
    for rule in (_clock_like, *rules) if slot is Slot.DURATION else (*rules, _clock_like):
        cursor.rewind()
        _skip_fillers(cursor)
        phrase = cursor.attempt(rule)
        _skip_fillers(cursor)
        if phrase is not None and cursor.at_end:
            return phrase
    return None


def _skip_fillers(cursor: Cursor) -> None:
    while cursor.word(words.FILLERS):
        pass


def stamp(cursor: Cursor) -> Stamp | None:
    """Take a pasted Discord timestamp in any style, with "at" or "until" before it or alone."""
    cursor.word(words.BEFORE_STAMPS)
    token = cursor.take(Shape.STAMP)
    return Stamp(int(token.text.strip("<>").split(":")[1])) if token else None


def _until(cursor: Cursor) -> Moment | None:
    """Take a moment: for a length it is the end, so "until" may stand before it."""
    cursor.word(words.UNTIL)
    return cursor.attempt(moment)


def _now(cursor: Cursor) -> Now | None:
    return Now() if cursor.word(words.NOW) else None


def _clock_like(cursor: Cursor) -> Length | None:
    """Take 1:30 or "in 4:13:02" as a length."""
    cursor.word(_BEFORE_CLOCK_LIKE)
    return cursor.attempt(timed_days) or cursor.attempt(clock_like)


def _another(cursor: Cursor) -> Length | None:
    """Take "for another hour", where the one is not said."""
    cursor.word(words.LENGTH_OPENERS - words.ANOTHER)
    found = cursor.attempt(lone_unit) if cursor.word(words.ANOTHER) else None
    return None if found is None or found.of_days else found  # "another day" is some day


def _length(cursor: Cursor) -> Length | None:
    """Take a length with the words around it: "in about 2 hours", 再过5分钟, "3w later"."""
    if found := cursor.attempt(_another):
        return found
    about = cursor.word(words.ABOUT)
    passing = cursor.follows(lambda place: place.word(words.PASSING) or None)
    opened = cursor.word(words.LENGTH_OPENERS)
    if found := cursor.attempt(_another):
        return found
    if not about and cursor.word(words.ABOUT):
        cursor.word(words.ABOUT)  # in about ~5 hours
    opened = cursor.word(words.ADDERS) or opened
    if found := cursor.attempt(length):
        cursor.word(words.ABOUT_AFTER)
        closed = cursor.word(words.LENGTH_CLOSERS)
        cursor.word(words.ABOUT_AFTER)
        if passing and found.some_days:
            refuse(Problem.VAGUE)
        plain = not (found.like_a_rate or found.like_a_clock)
        return found if opened or closed or plain else None
    if found := cursor.attempt(counted_days):
        return found if cursor.word(words.LENGTH_CLOSERS) else None
    found = cursor.attempt(lone_unit)
    return found if found and cursor.word(words.FROM_NOW) else None


_BEFORE_CLOCK_LIKE: Final = frozenset({"in", "for", "within", "+", "now +"})
