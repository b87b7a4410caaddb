"""The words of workloads: `data/workloads/words.toml`, in English and Chinese."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _compiled(pattern: object) -> object:
    return re.compile(pattern, re.IGNORECASE) if isinstance(pattern, str) else pattern


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]


class Sign(BaseModel):
    """What a pattern means where it is found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    means: str
    pattern: Pattern


class SizeWords(BaseModel):
    """How a number of parameters is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inside: Pattern
    """In a sentence."""
    whole: Pattern
    """As all there is; the groups are `number` and `unit`."""
    units: Mapping[str, int]
    """Parameters in one, by the first letter."""


class TokenWords(BaseModel):
    """How an amount of text is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    in_all: Pattern
    """What is trained on, rather than the length of one sequence."""


class Asking(BaseModel):
    """What shows that something is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    memory: Pattern


class CardWords(BaseModel):
    """How cards are named."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    several: Pattern
    """What is beside the name of one where several are meant, such as `2x` or `x2`."""


class NameWords(BaseModel):
    """What the name of a model may say beside the model."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: tuple[Sign, ...]
    quant: tuple[Sign, ...]
    other: Pattern
    """Models that no rule of this room holds for."""
    latin: Mapping[str, str]
    """What a Chinese name of a family is in Latin letters."""


class WorkloadWords(BaseModel):
    """All of the file; of the signs of one kind the first that is found counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: tuple[Sign, ...]
    quant: tuple[Sign, ...]
    stack: tuple[Sign, ...]
    amount: Mapping[str, tuple[Pattern, ...]]
    ask: Asking
    card: CardWords
    name: NameWords
    size: SizeWords
    tokens: TokenWords


def found(signs: tuple[Sign, ...], text: str) -> str | None:
    """Return what the first sign that is found in the text means."""
    return next((each.means for each in signs if each.pattern.search(text)), None)


@cache
def workload_words() -> WorkloadWords:
    """Return the words, read at the first call."""
    text = (files("data") / "workloads" / "words.toml").read_text("utf-8")
    return WorkloadWords.model_validate(cast("object", tomllib.loads(text)))
