"""Reads what somebody wants to run in a sentence: `qlora 7b`, `sdxl inference`.

It is total: what is no workload is None, and never an error. What the sentence leaves out has the
defaults of `bot/fit/reading.py`; "fine-tune" alone means QLoRA, as most people can afford no other.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.catalog.names import folded
from bot.fit.diffusion import DiffusionModel, DiffusionModels, Figure
from bot.fit.errors import FitError
from bot.fit.estimate import estimate
from bot.fit.generic import parameters
from bot.fit.gguf import GGUF_BITS
from bot.fit.models import KnownModel, Models
from bot.fit.naming import in_latin
from bot.fit.reading import Wanted, read
from bot.fit.request import Method
from bot.fit.words import found, workload_words

GIB: Final = 2**30
LONGEST: Final = 300
"""Characters; what is longer is a text about something, and no workload."""
LONGEST_NAME: Final = 8
"""Words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """A model that has published figures, and what is done with it."""

    model: DiffusionModel
    method: Method
    quant: str | None = None

    @property
    def figure(self) -> Figure | None:
        """The way with this quantization, or the plain one; None where nobody published any."""
        found = self.model.figures(self.method)
        so_quantized = (each for each in found if each.quant and each.quant == self.quant)
        return next(so_quantized, next(iter(found), None))


Workload = Wanted | Pictured


_GGUF: Final = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, GGUF_BITS), key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)
_THOUSAND: Final = 1024


def workload(
    text: str, models: Models, pictures: DiffusionModels, *, bare: bool = False
) -> Workload | None:
    """Return what a sentence wants to run, or None where it is about something else.

    Args:
        text: as somebody typed it.
        models: the language models that have names.
        pictures: the image and video models.
        bare: whether a model alone is enough, as in an option that asks for a workload; else the
            sentence has to say what is done with it, or ask for memory.
    """
    if not text.strip() or len(text) > LONGEST:
        return None
    words = workload_words()
    named = found(words.method, text)
    method = None if named is None else Method(named)
    quant = _quant(text)
    # "llama 70b 4bit" says enough, and so does "how much vram for mistral 7b".
    telling = bare or method is not None or quant is not None or words.ask.memory.search(text)
    if not telling:
        return None
    pictured = _pictured(text, pictures)
    if pictured is not None:
        return _with_figures(pictured, method, quant)
    model = None if len(sizes_named(text)) > 1 else _model(text, models)
    if model is None:
        return None
    in_all = words.tokens.in_all.search(text)
    if in_all is None or method in {None, Method.INFERENCE}:
        request: dict[str, object] = {"model": model, **_amounts(text)}
    else:
        request = {"model": model, "tokens": in_all[0], **_amounts(_without_tokens(text))}
    if method is not None:
        request["method"] = method
    if quant is not None and not (quant == "none" and method is Method.QLORA):
        request["quant"] = quant
    try:
        return read(request, models)
    except FitError:
        return None


def sizes_named(text: str) -> Sequence[str]:
    """Return the sizes of models that a text names, each once; nobody knows which of them is meant.

    A number of tokens, such as the last of "7B on 2B tokens", is none.
    """
    found: dict[int, str] = {}
    for match in workload_words().size.inside.finditer(_without_tokens(text)):
        written = match[0].replace(" ", "")
        try:
            params = parameters(written)
        except FitError:
            continue
        if params is not None:
            found.setdefault(params, written.upper())
    return list(found.values())


def _without_tokens(text: str) -> str:
    return workload_words().tokens.in_all.sub(" ", text)


def needed_gib(wanted: Workload) -> float | None:
    """Return the usable memory that a card must have for the workload to fit for certain, in GiB.

    None where nobody published a figure for it.
    """
    if isinstance(wanted, Pictured):
        return None if wanted.figure is None else figure_gib(wanted.figure)
    peak = estimate(wanted.architecture, wanted.run)
    return peak.total / (1 - peak.margin) / GIB


def figure_gib(figure: Figure) -> float:
    """Return the usable memory that a card must have for one way to use a model, in GiB."""
    return figure.bytes / (1 - figure.margin) / GIB


def _quant(text: str) -> str | None:
    kind = _GGUF.search(text)
    if kind is not None:
        return kind[1].lower()
    return found(workload_words().quant, text)


def _amounts(text: str) -> Mapping[str, object]:
    words = workload_words()
    amounts: dict[str, object] = {}
    for field, patterns in words.amount.items():
        match = next((match for each in patterns if (match := each.search(text))), None)
        if match is not None:
            thousands = match.re.groups > 1 and match[2] is not None
            amounts[field] = int(match[1]) * (_THOUSAND if thousands else 1)
    stack = found(words.stack, text)
    return amounts if stack is None else {**amounts, "stack": stack}


def _phrases(text: str) -> Iterator[str]:
    """Yield all that could be a name in the text, the longest first; Chinese ends a word."""
    words = folded(re.sub(r"[\u3400-\u9fff]+", " ", in_latin(text))).split()
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _pictured(text: str, pictures: DiffusionModels) -> DiffusionModel | None:
    return next((row for phrase in _phrases(text) if (row := pictures.find(phrase))), None)


_HOW_TO_TRAIN: Final = (Method.QLORA, Method.LORA, Method.FULL)
"""From what takes least to what takes most."""


def _with_figures(model: DiffusionModel, method: Method | None, quant: str | None) -> Pictured:
    """Return what is done with the model; of several ways to train it one that was measured."""
    wished = Method.INFERENCE if method is None else method
    if wished is Method.QLORA:
        wished = next((each for each in _HOW_TO_TRAIN if each in model.methods), Method.LORA)
    return Pictured(model=model, method=wished, quant=quant)


def _model(text: str, models: Models) -> str | None:
    """Return the id of a known model, or a size."""
    for phrase in _phrases(text):
        known = models.find(phrase)
        if known is not None:
            return known.id
    size = workload_words().size.inside.search(_without_tokens(text))
    if size is None:
        return None
    written = size[0].replace(" ", "")
    try:
        params = parameters(written)
    except FitError:
        return None
    if params is None:
        return None
    family = _of_family(text, written, models)
    return written if family is None else family.id


def _of_family(text: str, size: str, models: Models) -> KnownModel | None:
    """Return the newest model of a family that the text names, in the size that it names."""
    words = set(_phrases(text))
    for row in reversed(models.rows):
        family = re.split(r"[\d-]", folded(row.name).split()[0])[0]
        own = workload_words().size.inside.search(row.name)
        if family in words and own is not None and own[0].lower() == size.lower():
            return row
    return None
