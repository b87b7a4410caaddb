"""What is wrong with a catalog file, in words for the person who edits it."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, cast, get_args

from pydantic_core import ErrorDetails

from bot.catalog.facts import Model

Path = tuple[str | int, ...]

_SHOWN = 12
_QUOTED = re.compile(r"'([^']*)'")
_UNITS = {
    "days": "a number of days",
    "hours": "a number of hours",
    "minutes": "a number of minutes",
    "gb": "a number of GB",
    "gb_s": "a number of GB/s",
    "mib": "a number of MiB",
    "tflops": "a number of TFLOPS",
    "year": "a year",
}
_PATTERNS = {
    "url": "an address that starts with https:// or http:// is needed",
    "id": "small letters, digits and single hyphens are needed",
    "currency": "a currency code of three capitals is needed, or { en, zh }",
    "date": 'a date such as "2026-09-24", "2026-09" or "2026" is needed, or { en, zh }',
    "status_date": 'a date such as "2026-09-24", "2026-09" or "2026" is needed',
}
_NEEDED = {
    "bool_type": "true or false is needed (leave it out where it is unknown)",
    "finite_number": "a finite number is needed",
    "string_too_short": "at least one character is needed",
    "string_type": "a text in quotes is needed",
    "tuple_type": "a list [ ... ] is needed",
    "union_tag_not_found": "a kind is needed",
}


@dataclass(frozen=True, slots=True)
class CatalogProblem:
    """One thing to mend: where it is, what is there, and what may be there."""

    file: str
    line: int
    """Counted from 1."""
    field: str
    """Dotted name, as in `offer.session.limit_hours.value`; empty where no TOML could be read."""
    message: str
    allowed: tuple[str, ...] = ()
    """All names or values that are allowed in this place, where they can be listed."""

    def __str__(self) -> str:
        """Return the problem as one line that an editor can jump from."""
        where = f"{self.file}:{self.line}: " + (f"{self.field}: " if self.field else "")
        return where + self.message + self._hint()

    def _hint(self) -> str:
        if not self.allowed:
            return ""
        if len(self.allowed) <= _SHOWN:
            return f" (allowed: {', '.join(self.allowed)})"
        wrong = self.message.partition('"')[2].partition('"')[0]
        near = get_close_matches(wrong, self.allowed, n=5, cutoff=0.4)
        return f" (nearest: {', '.join(near)})" if near else f" ({len(self.allowed)} are known)"


class CatalogError(Exception):
    """The catalog has problems; none of it is used."""

    def __init__(self, problems: Iterable[CatalogProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def describe(error: ErrorDetails, path: Path, root: type[Model]) -> tuple[str, tuple[str, ...]]:
    """Say in words what pydantic found at `path` of a file that `root` models.

    Returns:
        The message, and what is allowed there where that can be listed.
    """
    context, got = error.get("ctx", {}), f"got {as_toml(error['input'])}"
    match error["type"]:
        case "missing":
            return "is missing", ()
        case "extra_forbidden":
            known = sorted(_known_keys(root, error["loc"][:-1]))
            return f'there is no key "{error["loc"][-1]}" here', tuple(known)
        case "literal_error":
            return f"{got}, which is none of the known values", _quoted(context["expected"])
        case "union_tag_invalid":
            return f'got kind "{context["tag"]}"', _quoted(context["expected_tags"])
        case "unknown_source":
            return f"{got}, which is no key of [sources]", tuple(context["allowed"])
        case "model_type" | "dict_type":
            known = sorted(_known_keys(root, error["loc"]))
            return f"{got}, a table {{ ... }} is needed", tuple(known)
        case "topic" | "no_unit":
            return error["msg"], ()
        case _:
            return f"{got}, {_needed(error, path)}", ()


def _needed(error: ErrorDetails, path: Path) -> str:
    """Say what kind of value is needed at `path`."""
    kind, context = error["type"], error.get("ctx", {})
    name = next((str(part) for part in reversed(path) if part not in ("value", "en", "zh")), "")
    match kind:
        case "float_type" | "int_type":
            return f"{_number_words(name)} is needed"
        case "greater_than_equal":
            return f"{context['ge']:g} or more is needed"
        case "too_short":
            return f"at least {context['min_length']} are needed"
        case "string_too_long":
            return f"at most {context['max_length']} characters are possible"
        case "string_pattern_mismatch" if name in _PATTERNS:
            return _PATTERNS[name]
        case _:
            return _NEEDED.get(kind, error["msg"])


def place(error: ErrorDetails, data: object) -> Path:
    """Return where in the file's `data` an error is, without the names of union branches."""
    path: list[str | int] = []
    *_, last = error["loc"]
    for part in error["loc"]:
        inner = _inside(data, part)
        if inner is not _ABSENT:
            data = inner
        elif part is not last or error["type"] != "missing":
            continue
        path.append(part)
    return tuple(path)


_ABSENT: Final = object()


def _inside(data: object, part: str | int) -> object:
    """Return an entry of a table or an item of a list, or `_ABSENT`."""
    if isinstance(data, dict):
        return cast("dict[object, object]", data).get(part, _ABSENT)
    if isinstance(data, list) and isinstance(part, int):
        return cast("list[object]", data)[part]
    return _ABSENT


def dotted(path: Path) -> str:
    """Return the name of a place without the numbers of list items."""
    return ".".join(part for part in path if isinstance(part, str))


def _number_words(name: str) -> str:
    if name in ("concurrent", "count", "chips"):
        return "a whole number"
    return next((words for unit, words in _UNITS.items() if name.endswith(unit)), "a number")


def as_toml(value: object) -> str:
    """Write a value as it stands in a file, in 60 characters at most."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= 60 else written[:57] + "..."


def _quoted(expected: str) -> tuple[str, ...]:
    return tuple(_QUOTED.findall(expected))


def _known_keys(root: type[Model], location: Sequence[str | int]) -> set[str]:
    """Return the keys that a table at `location` can have."""
    models: list[type[Model]] = [root]
    for part in location:
        if isinstance(part, int):
            continue
        inner = [
            found
            for model in models
            if part in model.model_fields
            for found in _models_in(model.model_fields[part].annotation)
        ]
        # A part that is no field is the key of a source, or the branch of a union.
        models = inner or [each for each in models if _is_branch(each, part)] or models
    return {key for model in models for key in model.model_fields}


def _is_branch(model: type[Model], tag: str) -> bool:
    kind = model.model_fields.get("kind")
    return kind is not None and tag in get_args(kind.annotation)


def _models_in(annotation: Any) -> Iterator[type[Model]]:  # noqa: ANN401  # any annotation
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
