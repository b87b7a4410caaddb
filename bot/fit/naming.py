"""What the name of a model says beside the model: `unsloth/llama-3-8b-bnb-4bit`, `SDXL lora`."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final
from unicodedata import normalize

from bot.catalog.names import folded
from bot.fit.gguf import GGUF_BITS
from bot.fit.words import found, workload_words

_GAPS: Final = " -_./:()[],，（）"
_OWN: Final = r"(?<![a-z0-9]){}(?![a-z0-9])"
_SIZE: Final = re.compile(r"(?<![\d.])\d{1,4}(?:x\d{1,3})?(?:\.\d{1,3})?\s?[bm](?![a-z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A name, taken apart."""

    model: str
    """What is left of the name."""
    method: str | None = None
    quant: str | None = None

    @property
    def for_inference_only(self) -> bool:
        """Whether the weights are of a kind that nothing trains."""
        return self.quant in GGUF_BITS


def told(name: str) -> Told:
    """Return what a name tells; all of it is the model where it tells nothing more."""
    words = workload_words().name
    name = in_latin(name)
    plain = normalize("NFKC", name).lower()
    kind = _gguf().search(plain)
    quant = found(words.quant, plain) if kind is None else _kind(kind[0])
    method = found(words.method, plain)
    if quant is None and method is None:
        return Told(model=name)
    if kind is not None:
        plain = _gguf().sub(" ", plain)
    for sign in (*words.quant, *words.method):
        plain = sign.pattern.sub(" ", plain)
    left = plain.strip(_GAPS)
    return Told(model=left, method=method, quant=quant) if left else Told(model=name)


def in_latin(text: str) -> str:
    """Return a text with the families of models in Latin letters that it names in Chinese."""
    for chinese, latin in workload_words().name.latin.items():
        text = text.replace(chinese, latin)
    return text.strip()


def joined(name: str, *, added: frozenset[str]) -> tuple[str, str]:
    """Return a name without gaps, and the size in it: "Qwen 2.5-7B" is ("qwen25", "7b").

    The two are apart, or "llama 2.1 3b" would be Llama 2 13B.

    Args:
        name: as somebody typed it.
        added: words that don't count.
    """
    plain = name.rpartition("/")[2].lower()
    sizes = [match[0] for match in _SIZE.finditer(plain)]
    size = sizes[-1] if sizes else ""
    if size:
        before, _, after = plain.rpartition(size)
        plain = f"{before} {after}"
    return "".join(word for word in folded(plain).split() if word not in added), size.replace(
        " ", ""
    )


@cache
def _gguf() -> re.Pattern[str]:
    kinds = sorted(GGUF_BITS, key=len, reverse=True)
    return re.compile(_OWN.format("(?:" + "|".join(map(_spelled, kinds)) + ")"))


def _spelled(kind: str) -> str:
    return kind.replace("_", "[-_. ]?")


def _kind(written: str) -> str:
    return next(kind for kind in GGUF_BITS if re.fullmatch(_spelled(kind), written))
