"""What a reading is, and why there may be none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import NoReturn


class Slot(Enum):
    """What the field asks for. It decides one thing only: how a bare ``1:30`` is read."""

    DURATION = "duration"
    """``1:30`` is one hour and thirty minutes."""
    TIME = "time"
    """``1:30`` is half past one."""


class Kind(Enum):
    """What the text fixed."""

    DURATION = "duration"
    """A length of time from now."""
    TIME = "time"
    """A point in time, to the minute."""
    DATE = "date"
    """A day or a part of a day; the hour is the house's choice, so the echo must show it."""


class Problem(Enum):
    """Why a text was refused: one sentence for the user each."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    FORBIDDEN = "forbidden"
    """Control or invisible characters, mentions, links."""
    UNKNOWN_WORD = "unknown_word"
    """A word outside the vocabulary; ``WhenError.word`` has it."""
    UNREADABLE = "unreadable"
    """All words are known, their order makes no time."""
    BARE_NUMBER = "bare_number"
    """A number without a unit."""
    RECURRING = "recurring"
    """Repetition, which has an option of its own."""
    PAST = "past"
    NEGATIVE = "negative"
    ZERO = "zero"
    RANGE = "range"
    """A span between two times, or a choice of two."""
    SEVERAL = "several"
    """More than one instant, or one unit twice."""
    VAGUE = "vague"
    """No exact meaning: "a few hours", "next week", "soon"."""
    AMBIGUOUS_DATE = "ambiguous_date"
    """Two days fit, as in 05/06 or "Friday at midnight"."""
    AMBIGUOUS_HOUR = "ambiguous_hour"
    """Morning and evening fit equally well, as in "at 9"."""
    AMBIGUOUS_UNIT = "ambiguous_unit"
    """``1y2m``: months or minutes."""
    CONTRADICTION = "contradiction"
    """Parts that exclude each other: "Monday 1 December" of a year where it is a Tuesday."""
    IMPOSSIBLE = "impossible"
    """A date or hour that does not exist: 30 February, 25:00."""
    AHEAD = "ahead"
    """Of a start: it has not begun."""
    LONG_AGO = "long_ago"
    """Of a start: farther back than any session lasts."""
    TOO_NEAR = "too_near"
    TOO_FAR = "too_far"


class WhenError(ValueError):
    """The text is not one instant ahead that this grammar is sure of."""

    def __init__(self, problem: Problem, *, word: str | None = None) -> None:
        super().__init__(problem.value if word is None else f"{problem.value}: {word}")
        self.problem = problem
        self.word = word
        """The part of the text that was in the way: the user's own, not neutralised."""


def refuse(problem: Problem, *, word: str | None = None) -> NoReturn:
    """Raise :class:`WhenError`."""
    raise WhenError(problem, word=word)


@dataclass(frozen=True, slots=True)
class Reading:
    """One instant, and how sure the grammar is of it."""

    at: datetime
    """Aware, UTC."""
    seconds: int
    """From the ``now`` it was read at."""
    kind: Kind
    ambiguous: bool
    """Another reading is plausible too: the echo should be looked at."""
    needs_zone: bool
    """The instant would be another one in another time zone."""
    zone: str
    """The zone it was read in: the caller's, or one that the text names."""
    parts: tuple[tuple[str, int], ...]
    """Of a duration: (unit, amount) from ``year`` to ``second``; empty for times and dates."""
    canonical: str
    """A short English form that reads back as the same instant."""


def check_bounds(reading: Reading, *, shortest: timedelta, longest: timedelta) -> Reading:
    """Return ``reading`` when it lies within the limits of the caller, ends included.

    Raises:
        WhenError: ``TOO_NEAR`` or ``TOO_FAR``.
    """
    ahead = timedelta(seconds=reading.seconds)
    if ahead < shortest:
        refuse(Problem.TOO_NEAR)
    if ahead > longest:
        refuse(Problem.TOO_FAR)
    return reading


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
