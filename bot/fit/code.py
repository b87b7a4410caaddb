"""A request as a short text, for the state of a button: 100 characters are all that one holds.

Mllama-3-1-8b;mq;s2048        Llama 3.1 8B, QLoRA, a sequence of 2048 tokens
"""

import re
from collections.abc import Mapping
from typing import Final

LONGEST: Final = 79

# One letter for each field; a code that was given once never gets another meaning, because buttons
# outlive the process. What each field may be is judged when the request is read.
_FIELDS: Final[Mapping[str, str]] = {
    "M": "model",
    "m": "method",
    "Q": "quant",
    "b": "batch",
    "s": "seq_len",
    "r": "lora_r",
    "o": "optimizer",
    "p": "precision",
    "k": "stack",
    "a": "attn",
    "c": "grad_checkpoint",
    "G": "gpu",
    "t": "tokens",
}
_NUMBERS: Final = {"batch", "seq_len", "lora_r", "tokens"}
_LETTERS: Final = {field: letter for letter, field in _FIELDS.items()}
_PART: Final = re.compile(r"(?P<letter>[A-Za-z])(?P<value>[^;]+)")


class RequestTooLongError(ValueError):
    """The request says more than a button can hold."""


def encode(request: Mapping[str, object]) -> str:
    """Return the text of a request; fields that a button can't carry are left out.

    Raises:
        RequestTooLongError: it would be longer than `LONGEST`, or a value holds a semicolon.
    """
    parts: list[str] = []
    for field, letter in _LETTERS.items():
        value = request.get(field)
        if value is None:
            continue
        said = str(int(value)) if isinstance(value, bool) else str(value)
        if ";" in said or not said:
            raise RequestTooLongError(said)
        parts.append(letter + said)
    text = ";".join(parts)
    if len(text) > LONGEST:
        raise RequestTooLongError(text)
    return text


def decode(text: str) -> dict[str, object] | None:
    """Return the request of a text; None where it is none, such as of another version."""
    request: dict[str, object] = {}
    for part in text.split(";"):
        match = _PART.fullmatch(part)
        field = None if match is None else _FIELDS.get(match["letter"])
        if match is None or field is None:
            return None
        value = match["value"]
        if field in _NUMBERS:
            if not value.isdecimal():
                return None
            request[field] = int(value)
        else:
            request[field] = {"0": False, "1": True}.get(value, value)
    return request
