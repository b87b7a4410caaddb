"""The buttons and selects of an answer of `/gpu fit`; each carries the whole request."""

from collections.abc import Mapping, Sequence
from typing import Final

from discord import SelectOption, ui

from bot.advice.code import encode as encode_query
from bot.advice.query import Query
from bot.fit.code import RequestTooLongError, encode
from bot.fit.knobs import Knob
from bot.fit.reading import Wanted
from bot.fit.request import Method, Run
from bot.speech import fitting as speech
from bot.speech.phrasebook import Words
from cogs.views.fit_offers import Judged
from cogs.views.layout import button, line, row
from cogs.views.recommendation import AGAIN
from cogs.views.table import cut

AGAIN_FIT: Final = "gpu:fit:"
"""A button that asks again with a setting changed; the request follows."""
PICK: Final = "gpu:fit-pick:"
"""A select that changes one setting; its name and the request follow."""
HOW: Final = "gpu:fit-how:"
"""A button that shows how it is computed; the request follows."""
KNOBS_SHOWN: Final = 3
LABEL_COLUMNS: Final = 70
PICKS: Final = ("method", "quant", "seq_len", "batch", "gpu")
"""Every select by name; a name that was given once never gets another meaning."""
_SEQUENCES: Final = (256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768)
_BATCHES: Final = (1, 2, 4, 8, 16, 32)
_QUANTS: Final = ("none", "int8", "nf4", "q4_k_m", "q8_0")


def code_of(request: Mapping[str, object]) -> str | None:
    """Return the text of a request; None where it is too long for a button."""
    try:
        return encode(request)
    except RequestTooLongError:
        return None


def knob_buttons(
    run: Run, knobs: Sequence[Knob], request: Mapping[str, object], words: Words
) -> list[ui.Button[ui.LayoutView]]:
    """Return a button for each setting worth changing."""
    buttons: list[ui.Button[ui.LayoutView]] = []
    for knob in knobs[:KNOBS_SHOWN]:
        code = code_of({**request, **changed(run, knob)})
        if code is not None:
            change = speech.knob_said(knob, run, words)
            label = words("fit-knob-button", change=change)
            buttons.append(button(cut(label, LABEL_COLUMNS), AGAIN_FIT + code))
    return buttons


def changed(run: Run, knob: Knob) -> dict[str, object]:
    """Return the settings that a knob changes, as fields of a request."""
    before, after = (each.model_dump(mode="json") for each in (run, knob.run))
    return {name: value for name, value in after.items() if value != before[name]}


def last_buttons(
    request: Mapping[str, object], need_gib: float, words: Words, *, how: bool
) -> list[ui.Button[ui.LayoutView]]:
    """Return what leads on: to a recommendation, and to how it is computed."""
    code = code_of(request)
    query = Query(min_vram_gib=need_gib)
    buttons = [button(words("fit-recommend"), AGAIN + encode_query(query))]
    if how and code is not None:
        buttons.append(button(words("fit-details"), HOW + code))
    return buttons


def selects(
    request: Mapping[str, object],
    wanted: Wanted,
    judged: Judged,
    cards: Sequence[str],
    words: Words,
) -> list[ui.Item[ui.LayoutView]]:
    """Return the selects below a line; none where the request is too long to be carried."""
    code, run = code_of(request), wanted.run
    if code is None:
        return []
    longest = wanted.architecture.max_position_embeddings
    lengths = [each for each in _SEQUENCES if longest is None or each <= longest]
    methods = [(words(f"fit-method-{each}"), each.value) for each in Method]
    found = [select("method", methods, run.method.value, code, words)]
    if run.method is Method.INFERENCE:
        quants = list(dict.fromkeys((*_QUANTS, run.quant)))
        kinds = [
            (speech.setting_said("quant", run.model_copy(update={"quant": each}), words), each)
            for each in quants
        ]
        found.append(select("quant", kinds, run.quant, code, words))
    found.append(_amounts("seq_len", lengths, run.seq_len, code, words))
    if run.method is not Method.INFERENCE:
        found.append(_amounts("batch", _BATCHES, run.batch, code, words))
    found.append(select("gpu", named(cards, judged), judged.name, code, words))
    return [line(), *(row(each) for each in found)]


def named(cards: Sequence[str], judged: Judged) -> list[tuple[str, str]]:
    """Return the cards to judge by, the present one first."""
    return [(each, each) for each in dict.fromkeys((judged.name, *cards))]


def _amounts(
    name: str, usual: Sequence[int], now: int, code: str, words: Words
) -> ui.Select[ui.LayoutView]:
    setting = speech.OPTIONS.get(name, name)
    values = [
        (words(f"fit-setting-{setting}", n=str(each)), str(each)) for each in sorted({*usual, now})
    ]
    return select(name, values, str(now), code, words)


def select(
    name: str, values: Sequence[tuple[str, str]], now: str, code: str, words: Words
) -> ui.Select[ui.LayoutView]:
    """Return a select that changes one setting, which shows what the request has."""
    return ui.Select(
        custom_id=f"{PICK}{name}:{code}",
        placeholder=words(f"fit-pick-{name}"),
        options=[
            SelectOption(label=cut(label, LABEL_COLUMNS), value=value, default=value == now)
            for label, value in values[:25]
        ],
    )
