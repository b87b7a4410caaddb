"""How a run, what it needs, and how long it takes are said."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from math import floor, log10
from typing import Final

from typing_extensions import override

from bot.fit.cards import Room, per_card, split_verdict
from bot.fit.constraint import constraint_gib
from bot.fit.errors import FitError, NoWorkloadError
from bot.fit.estimate import estimate
from bot.fit.knobs import Knob
from bot.fit.pace import Range
from bot.fit.reading import Wanted
from bot.fit.request import TARGETS, Method, Run
from bot.fit.timing import two_digits
from bot.fit.training import Peak
from bot.fit.verdict import MIB, Verdict
from bot.fit.workload import Pictured, Workload
from bot.speech.figures import gib as mib_as_gib
from bot.speech.figures import plain
from bot.speech.neutral import in_one_line, neutral
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from bot.speech.spans import span

GIB: Final = 2**30
VALUE_SHOWN: Final = 60
PARTS_SHOWN: Final = 3
MARKS: Final[Mapping[Verdict, str]] = {
    Verdict.FITS: "✅",
    Verdict.TIGHT: "🟡",
    Verdict.DOES_NOT_FIT: "❌",
}
OPTIONS: Final[Mapping[str, str]] = {
    "seq_len": "sequence",
    "lora_r": "rank",
    "attn": "attention",
    "grad_checkpoint": "checkpointing",
}
"""What the options of the command are called, where not as the fields of a run."""

_SAID: Final[Mapping[Method, tuple[str, ...]]] = {
    Method.INFERENCE: ("quant", "batch", "seq_len", "precision"),
    Method.FULL: (
        "batch",
        "seq_len",
        "optimizer",
        "precision",
        "grad_checkpoint",
        "attn",
        "stack",
    ),
}
_SAID_OF_ADAPTERS: Final = (
    "quant",
    "batch",
    "seq_len",
    "lora_r",
    "lora_targets",
    *_SAID[Method.FULL][2:],
)


def on_card(
    name: str, room: Room, total: float, verdict: Verdict, *, usable: str, words: Words
) -> str:
    """Return the verdict on so many bytes on a card, of which so much is `usable`."""
    return words(
        "fit-on-card",
        mark=MARKS[verdict],
        verdict=words(f"fit-verdict-{_said_of(verdict, room, total)}"),
        card=name,
        total=gib(total),
        usable=usable,
    )


def then_said(verdict: Verdict, room: Room, total: float, words: Words) -> str:
    """Return the verdict on so many bytes inside a sentence: `fits`, `may not fit`."""
    return words(f"fit-then-{_said_of(verdict, room, total)}")


def _said_of(verdict: Verdict, room: Room, total: float) -> str:
    """Return the verdict, or that an estimate is over what is usable and may be too high."""
    over = verdict is Verdict.TIGHT and total > room.most * MIB
    return "over" if over else verdict


def sharded(name: str, room: Room, peak: Peak, cards: int, words: Words) -> str:
    """Return what several cards in one session change: nothing, unless the model is split."""
    total = per_card(peak, cards)
    return words(
        "fit-two-cards",
        offer=name,
        count=cards,
        together=mib_as_gib(room.least * cards),
        each=gib(total),
        usable=mib_as_gib(room.least),
        verdict=then_said(split_verdict(room, peak, cards), room, total, words),
    )


def gib(size: float) -> str:
    """Return bytes as GiB with the digits that count: `13.1`, `603`, `1400`.

    No estimate is better than a few percent. Up to the size of cards, whole GiB are told apart.
    """
    gibibytes = size / GIB
    if gibibytes < 100:
        return plain(round(gibibytes, 1))
    return plain(round(gibibytes) if gibibytes < 1000 else two_digits(gibibytes))


def method_said(run: Run, words: Words) -> str:
    """Return the method: `QLoRA`, `inference`."""
    return words(f"fit-method-{run.method}")


def settings_said(wanted: Wanted, words: Words) -> tuple[str, str]:
    """Return the settings that were said, and those that were assumed, each in one line."""
    names = _SAID.get(wanted.run.method, _SAID_OF_ADAPTERS)
    said = [name for name in names if name not in wanted.assumed]
    assumed = [name for name in names if name in wanted.assumed]
    return _settings(wanted.run, said, words), _settings(wanted.run, assumed, words)


def setting_said(field: str, run: Run, words: Words) -> str:
    """Return one setting: `sequence 2048`, `4-bit (nf4)`."""
    value = getattr(run, field)
    if field == "lora_targets":
        every = set(run.lora_targets) == set(TARGETS)
        return words("fit-targets-all") if every else words("fit-targets", n=str(len(value)))
    if field == "grad_checkpoint":
        return words(f"fit-checkpointing-{'on' if value else 'off'}")
    if field == "quant" and value in {"none", "nf4", "int8"}:
        return words(f"fit-quant-{value}")
    if field in {"batch", "seq_len", "lora_r"}:
        return words(f"fit-setting-{OPTIONS.get(field, field)}", n=str(value))
    if field in {"optimizer", "stack", "attn", "method"}:
        return words(f"fit-{OPTIONS.get(field, field)}-{value}")
    return str(value)


def parts_of(peak: Peak) -> dict[str, float]:
    """Return the parts that there are, the biggest first."""
    parts = {name: size for name, size in peak.parts.items() if size > 0}
    return dict(sorted(parts.items(), key=lambda each: -each[1]))


def knob_said(knob: Knob, before: Run, words: Words) -> str:
    """Return what a changed setting does: `sequence 2048 → 1024`."""
    return words(
        "fit-change",
        before=setting_said(knob.field, before, words),
        after=setting_said(knob.field, knob.run, words),
    )


def hours_said(hours: Range, words: Words) -> str:
    """Return a range of hours: `2 h – 5 h 30 min`."""
    low, high = (span(timedelta(hours=each), words) for each in (hours.low, hours.high))
    return low if low == high else words("figure-between", low=low, high=high)


def range_said(values: Range, words: Words) -> str:
    """Return a range of numbers, with the digits that count."""
    low, high = (plain(two_digits(each)) for each in (values.low, values.high))
    return low if low == high else words("figure-between", low=low, high=high)


def count_said(count: float) -> str:
    """Return a large number shortly: `1.0M`, `500k`."""
    for size, sign in ((10**9, "B"), (10**6, "M"), (10**3, "k")):
        if count >= size:
            digits = max(0, 1 - floor(log10(count / size)))
            return f"{count / size:.{digits}f}{sign}"
    return f"{count:.0f}"


class Refusal(Phrase):
    """The sentence for a request that can't be answered."""

    @override
    def put_in(self, words: Words) -> str:
        told = {name: self._told(name, str(said), words) for name, said in self.arguments.items()}
        return words(self.key, **told)

    @staticmethod
    def _told(name: str, said: str, words: Words) -> str:
        if name in {"allowed", "nearest", "sizes"}:
            # Ours, and longer than what a user typed.
            return words("between").join(in_one_line(said).split(", "))
        if name in {"method", "methods"}:
            return words("between").join(words(f"fit-method-{each}") for each in said.split(", "))
        shown = OPTIONS.get(said, said) if name == "field" else said
        return neutral(shown, most=VALUE_SHOWN)


def fit_error_said(error: FitError) -> Phrase:
    """Return the sentence for a request that can't be answered."""
    return Refusal(f"fit-error-{error.key}", error.arguments)


def no_workload_said(error: NoWorkloadError) -> Phrase:
    """Return the sentence for a text that names no workload."""
    value = neutral(error.text, most=VALUE_SHOWN)
    if len(error.sizes) > 1:
        return Refusal("fit-error-several-sizes", {"value": value, "sizes": ", ".join(error.sizes)})
    key = "fit-error-no-workload" if error.measured else "fit-error-no-workload-figure"
    return Phrase(key, {"value": value})


def workload_named(wanted: Workload, words: Words) -> str:
    """Return what a workload is and what it needs, for a choice: `7B, QLoRA: 11.8 GiB`."""
    model, method = _named(wanted, words)
    need = constraint_gib(wanted)
    figure = "?" if need is None else plain(need)
    return words("fit-workload-choice", model=in_one_line(model), method=method, need=figure)


def workload_said(wanted: Workload, words: Words) -> str:
    """Return why a workload asks for so much memory."""
    model, method = _named(wanted, words)
    need = plain(constraint_gib(wanted) or 0)
    shown = neutral(model, most=VALUE_SHOWN)
    if isinstance(wanted, Pictured):
        figure = wanted.figure
        memory = "?" if figure is None else f"{plain(figure.memory)} {figure.unit}"
        return words("fit-because-figure", model=shown, method=method, memory=memory, need=need)
    peak = estimate(wanted.architecture, wanted.run)
    said, assumed = settings_said(wanted, words)
    parts = [
        words("fit-because-part", part=words(f"fit-part-{name}"), size=gib(size))
        for name, size in list(parts_of(peak).items())[:PARTS_SHOWN]
    ]
    return words(
        "fit-because",
        model=shown,
        method=method,
        total=gib(peak.total),
        need=need,
        parts=words("between").join(parts),
        settings=words("between").join(each for each in (said, assumed) if each),
    ) + (words("fit-because-tokens") if "tokens" in wanted.ignored else "")


def _named(wanted: Workload, words: Words) -> tuple[str, str]:
    if isinstance(wanted, Pictured):
        return wanted.model.name, words(f"fit-method-{wanted.method}")
    return wanted.name, method_said(wanted.run, words)


def _settings(run: Run, names: Iterable[str], words: Words) -> str:
    return words("between").join(setting_said(name, run, words) for name in names)
