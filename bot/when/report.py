"""What ``gpu-scout when --json`` prints for one text."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.when import MAX_CHARACTERS, Problem, WhenError, read

MESSAGES: Final = {
    Problem.EMPTY: "nothing was given",
    Problem.TOO_LONG: f"longer than {MAX_CHARACTERS} characters",
    Problem.FORBIDDEN: "a control or invisible character, a mention or a link",
    Problem.UNKNOWN_WORD: "a word that no time has",
    Problem.UNREADABLE: "the words are known, but make no time in this order",
    Problem.BARE_NUMBER: "a number without a unit: write 6h or 90 min",
    Problem.RECURRING: "one time only: repetition is the option every:",
    Problem.PAST: "in the past",
    Problem.NEGATIVE: "a negative length",
    Problem.ZERO: "no time from now",
    Problem.RANGE: "a range or a choice: one time is needed",
    Problem.SEVERAL: "more than one time, or one unit twice",
    Problem.VAGUE: "no exact time",
    Problem.AMBIGUOUS_DATE: "two days fit: write the date as 2026-12-01",
    Problem.AMBIGUOUS_HOUR: "morning and evening fit: write 9am or 21:00",
    Problem.AMBIGUOUS_UNIT: "m may be minutes or months here: write min or mo",
    Problem.CONTRADICTION: "the parts exclude each other",
    Problem.IMPOSSIBLE: "no such date",
    Problem.AHEAD: "not begun yet",
    Problem.LONG_AGO: "too long ago",
    Problem.TOO_NEAR: "too near",
    Problem.TOO_FAR: "too far ahead",
}


def report(text: str, *, now: datetime, zone: ZoneInfo) -> dict[str, object]:
    """Return how ``text`` is read, ready for JSON.

    Either ``seconds`` (int, from now), ``at`` (ISO 8601 with the offset of ``zone``), ``reading``
    (English) and ``ambiguous``; or ``error`` (the problem's name) and ``message`` (for the
    operator).
    """
    try:
        reading = read(text, now=now, zone=zone)
    except WhenError as error:
        message = MESSAGES[error.problem]
        if error.word is not None:
            message = f"{message}: {error.word!r}"
        return {"error": error.problem.value, "message": message}
    return {
        "seconds": reading.seconds,
        "at": reading.at.astimezone(zone).isoformat(timespec="seconds"),
        "reading": reading.canonical,
        "ambiguous": reading.ambiguous,
    }
