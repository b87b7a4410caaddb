"""What providers print of a user's own quota, as it was pasted.

* Kaggle: `kaggle quota -v` prints CSV, `kaggle quota` a table, of the columns `resource` (GPU,
  TPU), `used`, `remaining`, `total` (hours, "2.42h") and `refreshAt` (ISO 8601, UTC, without an
  offset).
* Hugging Face: `GET /api/spaces/zero-gpu/quota` answers JSON with `base` (all of it) and `current`
  (what is left) in GPU-seconds, `resetsAt` (ISO 8601, or null while nothing is used) and
  `overquotaUsed` (bought seconds, which are not of this quota).
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from math import isfinite
from typing import Final, NoReturn, cast

from bot.quotas.truth import Reading

MOST_CHARACTERS: Final = 2000
_COLUMNS: Final = ("resource", "used", "remaining", "total", "refreshat")
_KAGGLE: Final = {"gpu": "kaggle-notebooks-gpu", "tpu": "kaggle-notebooks-tpu"}
"""Offers of the catalog by what Kaggle calls the resource."""
_ZERO_GPU: Final = "hf-zerogpu"
_HOURS: Final = re.compile(r"(\d{1,5}(?:\.\d{1,6})?) ?h?", re.ASCII | re.IGNORECASE)
_SECONDS_PER_HOUR: Final = 3600
_MOST: Final = 100_000.0  # GPU-seconds, more than a day of them
_SHOWN: Final = 40  # characters of what is said back
_LONGEST_TURN: Final = timedelta(days=8)


class Problem(Enum):
    """Why a paste was refused."""

    TOO_LONG = "too-long"
    UNKNOWN = "unknown"
    """It is none of the outputs that are known."""
    FIGURE = "figure"
    """A figure, or an instant, that can't be read; `PasteError.word` has it."""
    OLD = "old"
    """The renewal that it names is over: it was printed before that."""
    FAR = "far"
    """The renewal that it names is farther away than any turn of that quota."""


class PasteError(ValueError):
    """What was pasted can't be relied on; nothing of it is taken."""

    def __init__(self, problem: Problem, *, word: str = "") -> None:
        super().__init__(f"{problem.value}: {word}")
        self.problem = problem
        self.word = word
        """The part that was in the way: the user's own, not neutralised."""


def read_paste(text: str, *, now: datetime) -> Mapping[str, Reading]:
    """Return the readings of a paste by the id of the offer, in hours.

    Raises:
        PasteError: it is no output that can be relied on, whole.
    """
    if len(text) > MOST_CHARACTERS:
        _refuse(Problem.TOO_LONG)
    text = text.strip().strip("`")
    if "{" in text:
        return {_ZERO_GPU: _zero_gpu(text, now)}
    lines = [_cells(line) for line in text.splitlines()]
    heads = [place for place, cells in enumerate(lines) if _is_head(cells)]
    if not heads:
        _refuse(Problem.UNKNOWN)
    head = [cell.casefold() for cell in lines[heads[0]]]
    found: dict[str, Reading] = {}
    for cells in lines[heads[0] + 1 :]:
        row = dict(zip(head, cells, strict=False))
        offer_id = _KAGGLE.get(row.get("resource", "").casefold())
        if offer_id is not None:
            found[offer_id] = _kaggle(row, now)
    if not found:
        _refuse(Problem.UNKNOWN)
    return found


def _cells(line: str) -> Sequence[str]:
    # Commas are CSV; the table parts its columns by two spaces or more.
    parts = line.split(",") if "," in line else re.split(r"\s{2,}|\t", line.strip())
    return [part.strip().strip('"') for part in parts]


def _is_head(cells: Sequence[str]) -> bool:
    names = {cell.casefold() for cell in cells}
    return names.issuperset(_COLUMNS[:4])


def _kaggle(row: Mapping[str, str], now: datetime) -> Reading:
    used, remaining, total = (_hours(row.get(name, "")) for name in _COLUMNS[1:4])
    refresh = row.get("refreshat", "")
    refresh_at = _instant(refresh, now) if refresh else None
    return Reading(used=used, remaining=remaining, total=total, refresh_at=refresh_at, as_of=now)


def _hours(text: str) -> float:
    match = _HOURS.fullmatch(text)
    if match is None:
        _refuse(Problem.FIGURE, word=text)
    return float(match[1])


def _zero_gpu(text: str, now: datetime) -> Reading:
    try:
        found: object = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except (ValueError, RecursionError):
        _refuse(Problem.UNKNOWN)
    if not isinstance(found, dict) or not {"base", "current"} <= found.keys():
        _refuse(Problem.UNKNOWN)
    fields = cast("dict[str, object]", found)
    total, remaining = (_seconds(fields[name]) for name in ("base", "current"))
    resets = fields.get("resetsAt")
    if resets is not None and not isinstance(resets, str):
        _refuse(Problem.FIGURE, word=str(resets))
    return Reading(
        used=max(0.0, total - remaining),
        remaining=remaining,
        total=total,
        refresh_at=None if resets is None else _instant(resets, now),
        as_of=now,
    )


def _seconds(value: object) -> float:
    """Return GPU-seconds as hours."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        _refuse(Problem.FIGURE, word=str(value)[:_SHOWN])
    if not isfinite(value) or not 0 <= value <= _MOST:
        _refuse(Problem.FIGURE, word=str(value)[:_SHOWN])
    return value / _SECONDS_PER_HOUR


def _instant(text: str, now: datetime) -> datetime:
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        _refuse(Problem.FIGURE, word=text)
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant
    try:
        instant = instant.astimezone(UTC)
    except OverflowError:
        _refuse(Problem.FIGURE, word=text)
    if instant <= now:
        _refuse(Problem.OLD)
    if instant > now + _LONGEST_TURN:
        _refuse(Problem.FAR)
    return instant


def _refuse(problem: Problem, *, word: str = "") -> NoReturn:
    raise PasteError(problem, word=word)
