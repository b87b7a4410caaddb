"""A request as a short text, for the state of a button: 100 characters are all that one holds.

v14;s6;c0;ol        at least 14 GiB, sessions of 6 h, no card, the longest session first
"""

import re
from collections.abc import Container, Mapping
from typing import Any, Final, get_args

from pydantic import ValidationError

from bot.advice.query import Aim, Query
from bot.catalog.offer import Kind, Tool

LONGEST: Final = 80

# One letter or two for each field; a code that was given once never gets another meaning, because
# buttons outlive the process.
_NUMBERS: Final[Mapping[str, str]] = {
    "v": "min_vram_gib",
    "V": "max_vram_gib",
    "n": "min_gpus",
    "s": "min_session_hours",
    "i": "min_idle_minutes",
    "w": "min_hours_per_week",
    "m": "min_hours_per_month",
    "p": "min_persistent_gb",
    "d": "min_disk_gb",
    "r": "min_ram_gb",
}
_FLAGS: Final[Mapping[str, str]] = {
    "b": "bf16",
    "g": "background",
    "e": "internet",
    "k": "custom_containers",
    "u": "commercial_use",
    "c": "card",
    "h": "phone",
    "j": "id_check",
    "a": "academic_email",
    "q": "waitlist",
    "y": "application",
}
_AIMS: Final = {"w": Aim.WORK, "l": Aim.SESSION, "q": Aim.START, "m": Aim.MEMORY}
_ACCELERATORS: Final = {"t": "tpu", "x": "any"}
_TOOLS: Final[tuple[str, ...]] = get_args(Tool)
_KINDS: Final[tuple[str, ...]] = get_args(Kind)
_PART: Final = re.compile(r"(?P<code>[A-Za-z])(?P<value>[^;]*)")


class RequestTooLongError(ValueError):
    """The request has more wishes than a button can hold."""


def encode(query: Query, *, spoken_of: Container[str] = ()) -> str:
    """Return the text of a request; one that asks for nothing is empty.

    Args:
        query: the request.
        spoken_of: flags to name even where they are as by default, so that `decode` sets them.

    Raises:
        RequestTooLongError: it would be longer than `LONGEST`.
    """
    default = Query()
    numbers = {code: getattr(query, field) for code, field in _NUMBERS.items()}
    parts = [f"{code}{value:g}" for code, value in numbers.items() if value is not None]
    for code, field in _FLAGS.items():
        value: bool = getattr(query, field)
        if value != getattr(default, field) or field in spoken_of:
            parts.append(f"{code}{int(value)}")
    parts += [f"G{name}" for name in query.gpus]
    parts += [f"T{_TOOLS.index(tool)}" for tool in query.tools]
    parts += [f"K{_KINDS.index(kind)}" for kind in query.kinds]
    if query.region is not None:
        parts.append(f"R{query.region}")
    parts += [f"A{code}" for code, name in _ACCELERATORS.items() if name == query.accelerator]
    if query.optimise is not default.optimise:
        parts += [f"o{code}" for code, aim in _AIMS.items() if aim is query.optimise]
    text = ";".join(parts)
    if len(text) > LONGEST or any(";" in name for name in query.gpus):
        raise RequestTooLongError(text)
    return text


def decode(text: str) -> Query | None:
    """Return the request of a text; None where it is none, such as of an older version."""
    fields: dict[str, Any] = {}
    lists: dict[str, list[str]] = {"gpus": [], "tools": [], "kinds": []}
    for part in filter(None, text.split(";")):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        code, value = match["code"], match["value"]
        try:
            _read(code, value, fields, lists)
        except (KeyError, IndexError, ValueError):
            return None
    try:
        return Query.model_validate(
            fields | {name: items for name, items in lists.items() if items}
        )
    except ValidationError:
        return None


def _read(code: str, value: str, fields: dict[str, Any], lists: dict[str, list[str]]) -> None:
    match code:
        case "G":
            lists["gpus"].append(value)
        case "T":
            lists["tools"].append(_TOOLS[int(value)])
        case "K":
            lists["kinds"].append(_KINDS[int(value)])
        case "R":
            fields["region"] = value
        case "A":
            fields["accelerator"] = _ACCELERATORS[value]
        case "o":
            fields["optimise"] = _AIMS[value]
        case _ if code in _NUMBERS:
            fields[_NUMBERS[code]] = float(value)
        case _:
            fields[_FLAGS[code]] = {"0": False, "1": True}[value]
