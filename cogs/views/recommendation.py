"""What fits a request, why, and the ways out where nothing does; with selects to ask on."""

from collections.abc import Sequence
from typing import Final, TypeVar

from discord import ui

from bot.advice.code import RequestTooLongError, encode
from bot.advice.profile import UsualPart, without
from bot.advice.query import Query
from bot.advice.recommend import Choice, Fit, MayFit, Recommendation
from bot.advice.relax import Relaxation
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from bot.speech.reasons import against_said, reason_said
from bot.speech.wishes import changes_said, problem_said, said, wish_name
from cogs.views.layout import MOST_TEXT, card, fitting, line, row, text
from cogs.views.picks import ALL, pick
from cogs.views.profile import profile_lines, profile_row
from cogs.views.table import cut

T = TypeVar("T")

AGAIN: Final = "gpu:rec:"
"""A button that searches again; the request follows."""
ASK: Final = "gpu:ask:"
"""A select that changes one wish; its name and the request follow."""
WITHOUT: Final = "gpu:rec-bare:"
"""A button that searches without the user's usual wishes; the request without them follows."""
FITS_SHOWN: Final = 5
MAY_SHOWN: Final = 4
MOST_SHOWN: Final = max(FITS_SHOWN, MAY_SHOWN)
"""How many results an answer needs to be made of."""
NAMES_SHOWN: Final = 3
LABEL_COLUMNS: Final = 70


def recommendation(
    answer: Recommendation,
    *,
    usual: UsualPart,
    speech: OfferSpeech,
    words: Words,
    because: str | None = None,
) -> ui.LayoutView:
    """Return the layout of a recommendation; its selects and buttons carry the request.

    Args:
        answer: what was found.
        usual: the user's profile in the request.
        speech: says the facts of offers.
        words: the reader's.
        because: why the request asks for so much memory, where a workload says so.
    """
    read = [said(answer.query, words), *profile_lines(answer.query, usual, words)]
    if because is not None:
        read.append(because)
    bare = without(answer.query, usual.wishes)
    last = profile_row(answer.query, usual, words, bare=bare, bare_id=WITHOUT)
    if answer.problems:
        problems = [problem_said(problem, words) for problem in answer.problems]
        return card(text("\n".join([*read, *problems])), *last)
    lines = [words("recommend-title", count=answer.fitting), *read]
    lines += [_fit(place, fit, speech, words) for place, fit in _numbered(answer.fits[:FITS_SHOWN])]
    if answer.fitting > FITS_SHOWN:
        lines.append(words("recommend-more", n=answer.fitting - FITS_SHOWN))
    if answer.may_fit:
        lines.append(words("recommend-may-title", count=str(answer.open)))
        lines += [_may(each, words) for each in answer.may_fit[:MAY_SHOWN]]
    items: list[ui.Item[ui.LayoutView]] = []
    if not answer.fitting:
        lines += _ways_out(answer, words)
    body = fitting(lines, most=MOST_TEXT, cut_short=words("cut-short"))
    items.append(text(body))
    buttons = _buttons(answer.relaxations, words)
    if buttons:
        items.append(row(*buttons))
    selects = _selects(answer.query, words)
    if selects:
        items += [line(), *(row(select) for select in selects)]
    return card(*items, *last)


def _fit(place: int, fit: Fit, speech: OfferSpeech, words: Words) -> str:
    against = ""
    if fit.against is not None:
        drawback = against_said(fit.against, speech=speech, words=words)
        against = words("recommend-against", drawback=drawback)
    return words(
        "recommend-fit",
        place=str(place),
        name=fit.choice.offer.short,
        cards=_cards(fit.choice, words),
        reason=reason_said(fit.reason, words),
        against=against,
    )


def _may(each: MayFit, words: Words) -> str:
    unknown = words("between").join(wish_name(wish, words) for wish in each.unknown)
    return words(
        "recommend-may",
        name=each.choice.offer.short,
        cards=_cards(each.choice, words),
        unknown=unknown,
    )


def _cards(choice: Choice, words: Words) -> str:
    names = words("between").join(choice.cards) or words("fact-no-gpu")
    count = choice.gpus
    if count.known and count.lo > 1 and choice.accelerator == "gpu":
        names = words("fact-gpu-many", model=names, count=str(int(count.lo)))
    return names


def _ways_out(answer: Recommendation, words: Words) -> list[str]:
    if not answer.relaxations:
        return [] if answer.may_fit else [words("recommend-no-way")]
    lines = [words("recommend-relax-title")]
    for place, way in _numbered(answer.relaxations):
        changes = changes_said(way.changes, words)
        if way.checks:
            asked = words("between").join(wish_name(wish, words) for wish in way.checks)
            changes += words("recommend-relax-checks", wishes=asked)
        names = words("between").join(offer.short for offer in way.unlocks[:NAMES_SHOWN])
        lines.append(
            words(
                "recommend-relax",
                place=str(place),
                changes=changes,
                count=way.unlocked,
                names=names,
            )
        )
    return lines


def _buttons(ways: Sequence[Relaxation], words: Words) -> list[ui.Button[ui.LayoutView]]:
    buttons: list[ui.Button[ui.LayoutView]] = []
    for place, way in _numbered(ways):
        label = words(
            "recommend-relax-button", place=str(place), changes=changes_said(way.changes, words)
        )
        try:
            custom_id = AGAIN + encode(way.query)
        except RequestTooLongError:
            continue
        buttons.append(ui.Button(label=cut(label, LABEL_COLUMNS), custom_id=custom_id))
    return buttons


def _selects(query: Query, words: Words) -> list[ui.Select[ui.LayoutView]]:
    """Return what to change in the request; none where it is too long to be carried."""
    try:
        code = encode(query)
    except RequestTooLongError:
        return []
    return [pick(name, query, words, lambda name: f"{ASK}{name}:{code}") for name in ALL]


def _numbered(items: Sequence[T]) -> list[tuple[int, T]]:
    return list(enumerate(items, start=1))
