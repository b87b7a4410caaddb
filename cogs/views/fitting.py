"""Whether a run fits: the verdict first, then what it is made of, and what to change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

from discord import ui

from bot.catalog.hardware import Hardware
from bot.fit.cards import OfferFit
from bot.fit.diffusion import DiffusionModel, Figure
from bot.fit.estimate import estimate
from bot.fit.knobs import Knob
from bot.fit.pace import Range, pace
from bot.fit.reading import Wanted
from bot.fit.request import Attention, Method, Precision
from bot.fit.timing import STEPS, Sessions, hours_for, sessions_for, two_digits
from bot.fit.training import Peak
from bot.fit.verdict import MIB, Verdict
from bot.speech import fitting as speech
from bot.speech.figures import plain
from bot.speech.neutral import neutral
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from cogs.views.fit_controls import code_of, knob_buttons, last_buttons, named, select, selects
from cogs.views.fit_offers import Judged, groups, on_card
from cogs.views.layout import MOST_TEXT, card, fitting, line, row, text
from cogs.views.table import WIDEST, width

SESSIONS_SHOWN: Final = 3
BAR: Final = "█"
FIGURES: Final = 4
"""Columns of a figure at least."""
GIB: Final = 2**30
LEAST_SHOWN: Final = 0.05 * GIB
MODEL_SHOWN: Final = 60

_AMPERE: Final = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that is said about one run."""

    request: Mapping[str, object]
    """As the user said it, for the buttons."""
    wanted: Wanted
    peak: Peak
    judged: Judged
    offers: Sequence[OfferFit]
    knobs: Sequence[Knob]
    timed: Hardware | None
    """The card that the time is told for; None where no card takes the run, or none has figures."""
    tokens: int | None
    """To train on, where the user said how many."""
    need_gib: float
    """To ask of a recommendation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureAnswer:
    """What is known of an image or video model."""

    request: Mapping[str, object]
    model: DiffusionModel
    figures: Sequence[Figure]
    judged: Judged
    offers: Sequence[OfferFit]
    """For the first of the figures."""
    need_gib: float


def fit(answer: Answer, *, cards: Sequence[str], words: Words) -> ui.LayoutView:
    """Return the layout of an answer; `cards` are those that can be chosen to judge by."""
    wanted, peak, judged = answer.wanted, answer.peak, answer.judged
    head = [
        words(
            "fit-title",
            model=neutral(wanted.name, most=MODEL_SHOWN),
            method=speech.method_said(wanted.run, words),
            total=speech.gib(peak.total),
        ),
        on_card(judged, peak, words),
        *_warnings(answer, words),
    ]
    head += groups(answer.offers, words)
    head += _two_cards(answer, words)
    why = [
        _bars(peak, judged, words),
        _biggest(peak, words),
        *(_knob(answer.knobs[0], answer, words) for _ in answer.knobs[:1]),
        *_how_long(answer, words),
        *_settings(wanted, words),
    ]
    body = fitting(why, most=MOST_TEXT - len("\n".join(head)), cut_short=words("cut-short"))
    items: list[ui.Item[ui.LayoutView]] = [text("\n".join(head)), line(), text(body)]
    buttons = knob_buttons(wanted.run, answer.knobs, answer.request, words)
    if buttons:
        items.append(row(*buttons))
    items.append(row(*last_buttons(answer.request, answer.need_gib, words, how=True)))
    items += selects(answer.request, wanted, judged, cards, words)
    return card(*items)


def figures(
    answer: PictureAnswer, *, cards: Sequence[str], offer_speech: OfferSpeech, words: Words
) -> ui.LayoutView:
    """Return the layout for a model of images or videos: what others measured."""
    plain_way = answer.figures[0]
    lines = [
        words(
            "fit-title-figure",
            model=answer.model.name,
            method=words(f"fit-method-{plain_way.method}"),
            memory=_memory(plain_way, words),
        ),
        words("fit-figures-title", card=answer.judged.name),
    ]
    for each in answer.figures:
        said = words(
            "fit-figure",
            mark=speech.MARKS[answer.judged.room.judge(each)],
            memory=_memory(each, words),
            setting=offer_speech.text(each.setting),
        )
        lines.append(offer_speech.dated(said, (each.source,)))
    lines += [words("fit-plain-way"), *groups(answer.offers, words)]
    body = fitting(lines, most=MOST_TEXT, cut_short=words("cut-short"))
    items: list[ui.Item[ui.LayoutView]] = [
        text(body),
        row(*last_buttons(answer.request, answer.need_gib, words, how=False)),
    ]
    code = code_of(answer.request)
    if code is not None:
        methods = [(words(f"fit-method-{each}"), each.value) for each in answer.model.methods]
        items += [
            row(select("method", methods, plain_way.method.value, code, words)),
            row(select("gpu", named(cards, answer.judged), answer.judged.name, code, words)),
        ]
    return card(*items)


def how(wanted: Wanted, peak: Peak, offers: Sequence[OfferFit], words: Words) -> ui.LayoutView:
    """Return how each part is computed, the biggest first, from what, and every offer."""
    model = wanted.architecture
    lines = [
        words("fit-how-title"),
        *(words(f"fit-how-{name}") for name in speech.parts_of(peak)),
        words("fit-how-error"),
        words(
            "fit-how-architecture",
            layers=str(model.num_layers),
            width=str(model.hidden_size),
            heads=str(model.num_attention_heads),
            groups=str(model.num_kv_heads),
            vocabulary=str(model.vocab_size),
        ),
        words("fit-how-sources"),
    ]
    every = groups(offers, words, most_cards=len(offers), most_offers=len(offers))
    room = MOST_TEXT - len("\n".join(lines))
    return card(
        text("\n".join(lines)),
        line(),
        text(fitting(every, most=room, cut_short=words("cut-short"))),
    )


def _warnings(answer: Answer, words: Words) -> list[str]:
    run, judged, warnings = answer.wanted.run, answer.judged, list[str]()
    if judged.hardware is None:
        return warnings
    if run.precision is Precision.BF16 and judged.hardware.bf16 is False:
        warnings.append(_without_bf16(answer, words))
    capability = judged.hardware.compute_capability
    if run.attn is Attention.FLASH and capability is not None and capability < _AMPERE:
        warnings.append(words("fit-old-flash", card=judged.name))
    return warnings


def _without_bf16(answer: Answer, words: Words) -> str:
    """Return what to do on a card that only emulates bf16.

    Full fine-tuning in fp16 keeps master weights in 32 bits: twice the memory, so that a run which
    fits in bf16 may not fit in what is advised instead.
    """
    wanted, judged = answer.wanted, answer.judged
    run = wanted.run.model_copy(update={"precision": Precision.FP16})
    peak = estimate(wanted.architecture, run)
    verdict = judged.room.judge(peak)
    if verdict is judged.room.judge(answer.peak):
        return words("fit-no-bf16", card=judged.name)
    return words(
        "fit-no-bf16-but",
        card=judged.name,
        total=speech.gib(peak.total),
        verdict=speech.then_said(verdict, judged.room, peak.total, words),
    )


def _two_cards(answer: Answer, words: Words) -> list[str]:
    """Return what several cards in one session change: nothing, unless the model is split."""
    judged = answer.judged
    if judged.gpus > 1 and judged.room.judge(answer.peak) is not Verdict.FITS:
        return [speech.sharded(judged.name, judged.room, answer.peak, judged.gpus, words)]
    several = [each for each in answer.offers if each.gpus > 1 and each.verdict is not Verdict.FITS]
    return [
        speech.sharded(each.offer.short, each.room, answer.peak, each.gpus, words)
        for each in several[:1]
    ]


def _bars(peak: Peak, judged: Judged, words: Words) -> str:
    """Return the parts as bars in a code block, as wide as a phone shows."""
    parts = {words(f"fit-part-{name}"): size for name, size in speech.parts_of(peak).items()}
    usable = judged.room.least * MIB
    whole = max(*parts.values(), usable)
    names = max(width(name) for name in (*parts, words("fit-bar-usable")))
    told = {name: _figure(size) for name, size in parts.items()}
    column = max(FIGURES, *(len(figure) for figure in told.values()))
    longest = WIDEST - names - column - 2

    def one(name: str, size: float, figure: str) -> str:
        bar = BAR * round(size / whole * longest)
        # The name comes last: Chinese is seldom just two columns wide, and would push the rest.
        return f"{figure:>{column}} {bar:<{longest}} {name}"

    lines = [one(name, size, told[name]) for name, size in parts.items()]
    lines.append("─" * WIDEST)
    # Rounded down, as everywhere.
    lines.append(one(words("fit-bar-usable"), usable, f"{floor(usable / GIB * 10) / 10:.1f}"))
    return "```\n" + "\n".join(lines) + "\n```"


def _figure(size: float) -> str:
    """Return bytes as GiB, with a decimal place where one counts."""
    if size < LEAST_SHOWN:
        return "<0.1"
    return f"{size / GIB:.1f}" if size < 100 * GIB else speech.gib(size)


def _biggest(peak: Peak, words: Words) -> str:
    name, size = next(iter(speech.parts_of(peak).items()))
    return words(
        "fit-biggest",
        part=words(f"fit-part-{name}"),
        size=speech.gib(size),
        total=speech.gib(peak.total),
    )


def _knob(knob: Knob, answer: Answer, words: Words) -> str:
    said = words(
        "fit-knob",
        change=speech.knob_said(knob, answer.wanted.run, words),
        before=speech.gib(answer.peak.total),
        after=speech.gib(knob.total),
    )
    if knob.verdict is None:
        return said
    verdict = speech.then_said(knob.verdict, answer.judged.room, knob.total, words)
    return words("fit-knob-verdict", knob=said, verdict=verdict, card=answer.judged.name)


def _how_long(answer: Answer, words: Words) -> list[str]:
    run, hardware = answer.wanted.run, answer.timed
    rate = None if hardware is None else pace(answer.wanted.architecture, run, hardware)
    if hardware is None or rate is None:
        return []
    judged, said = answer.judged, speech.range_said(rate, words)
    card_name = judged.name if hardware is judged.hardware else hardware.name
    if run.method is Method.INFERENCE:
        return [words("fit-pace-answer", card=card_name, rate=said)]
    if answer.tokens is None:
        hours = hours_for(STEPS * run.tokens, rate)
        return [
            words(
                "fit-pace",
                card=card_name,
                rate=said,
                steps=f"{STEPS:,}",
                tokens=f"{run.tokens:,}",
                hours=speech.hours_said(hours, words),
            )
        ]
    hours = hours_for(answer.tokens, rate)
    lines = [
        words(
            "fit-pace-tokens",
            card=card_name,
            rate=said,
            tokens=speech.count_said(answer.tokens),
            hours=speech.hours_said(hours, words),
        )
    ]
    return lines + _sessions(answer, hardware, hours, words)


def _sessions(answer: Answer, hardware: Hardware, hours: Range, words: Words) -> list[str]:
    """Return how the run is spread over the sessions of the offers with this very card."""
    lines: list[str] = []
    for each in answer.offers:
        same = each.option.identities == frozenset({hardware.id})
        if not same or each.verdict is Verdict.DOES_NOT_FIT:
            continue
        found = sessions_for(hours, session=each.option.session_hours, weekly=each.option.hours)
        if found is not None:
            lines.append(
                words(
                    "fit-sessions",
                    sessions=_counted(found, words),
                    offer=each.offer.short,
                    weeks=_weeks(found, words),
                )
            )
    return lines[:SESSIONS_SHOWN]


def _counted(found: Sessions, words: Words) -> str:
    if found.fewest == found.most:
        return words("fit-sessions-exact", n=found.most)
    return words("fit-sessions-count", fewest=found.fewest, most=found.most)


def _weeks(found: Sessions, words: Words) -> str:
    weeks = found.weeks
    if weeks is None:
        return ""
    kind, unit = ("fit-weeks-share", 100) if weeks.high < 1 else ("fit-weeks", 1)
    amounts = Range(low=max(weeks.low * unit, 0.1), high=max(weeks.high * unit, 0.1))
    if found.at_most:
        return words(f"{kind}-most", amount=plain(two_digits(amounts.high)))
    return words(kind, amount=speech.range_said(amounts, words))


def _settings(wanted: Wanted, words: Words) -> list[str]:
    said, assumed = speech.settings_said(wanted, words)
    lines: list[str] = []
    if not wanted.known:
        lines.append(words("fit-typical", model=neutral(wanted.name, most=MODEL_SHOWN)))
    if said:
        lines.append(words("fit-said", settings=said))
    if assumed:
        lines.append(words("fit-assumed", settings=assumed))
    return lines


def _memory(figure: Figure, words: Words) -> str:
    memory = f"{plain(figure.memory)} {figure.unit}"
    return words(f"fit-kind-{figure.kind}", memory=memory)
