"""Durations and times in words, English and Chinese, read into instants.

A reading is certain or there is none: whatever is not taken whole by the grammar, or can be meant
in two ways that people really use, is refused with a :class:`Problem`.

* ``text`` and ``tokens`` cut what was typed; ``words`` is the whole vocabulary.
* ``lengths``, ``clocks``, ``days`` with ``namings``, and ``moments`` are the rules; ``grammar``
  puts them together.
* ``resolve`` finds the instant, ``instants`` over daylight saving; ``refusal`` says why not.
* ``starts`` reads the other way: when something that runs already began.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.when.grammar import Phrase, parse
from bot.when.reading import Kind, Problem, Reading, Slot, WhenError, check_bounds, refuse
from bot.when.refusal import explain
from bot.when.resolve import resolve
from bot.when.starts import LONGEST_AGO, Start, read_start
from bot.when.text import MAX_CHARACTERS, tidy
from bot.when.tokens import MAX_TOKENS, Cursor, tokenize

__all__ = [
    "LONGEST_AGO",
    "MAX_CHARACTERS",
    "Kind",
    "Problem",
    "Reading",
    "Slot",
    "Start",
    "WhenError",
    "check_bounds",
    "read",
    "read_start",
]


def read(text: str, *, now: datetime, zone: ZoneInfo, slot: Slot = Slot.DURATION) -> Reading:
    """Return the one instant that ``text`` names, seen from ``now`` by a user in ``zone``.

    A length in hours, days or weeks is elapsed time ("1 day" is 24 hours); months and years go by
    the calendar and the wall clock. Limits are the caller's: see :func:`check_bounds`.

    Args:
        text: What was typed; at most 100 characters are looked at.
        now: Aware.
        zone: The user's; ``Reading.needs_zone`` says whether it mattered.
        slot: Whether a bare ``1:30`` is a length or a time.

    Raises:
        WhenError: for every text that is not exactly one certain instant ahead; ``TOO_FAR`` also
            where finding the instant, or showing it in ``zone``, leaves the years 1 to 9999.
    """
    try:
        reading = resolve(_phrase(tidy(text), slot), now=now, zone=zone)
        reading.at.astimezone(zone)  # the caller shows it there, whatever zone the text names
    except OverflowError:
        refuse(Problem.TOO_FAR)
    return reading


def _phrase(plain: str, slot: Slot) -> Phrase:
    found = _found(plain, slot)
    if isinstance(found, WhenError):
        refuse(found.problem, word=found.word)
    return found


@lru_cache(maxsize=1024)
def _found(plain: str, slot: Slot) -> Phrase | WhenError:
    # Kept, because the same text is read for the echo, for what it needs to know, and for good;
    # and what it says does not depend on who says it, nor on when. Refusals too: a question is
    # searched for a time more than once.
    try:
        return _parsed(plain, slot)
    except WhenError as error:
        return error.with_traceback(None)


def _parsed(plain: str, slot: Slot) -> Phrase:
    tokens = tokenize(plain)
    if len(tokens) > MAX_TOKENS:
        refuse(Problem.TOO_LONG)
    phrase = parse(plain, Cursor(tokens), slot)
    if phrase is None:
        raise explain(tokens)
    return phrase
