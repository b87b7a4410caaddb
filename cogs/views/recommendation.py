"""What fits a request, why, and the ways out where nothing does; with selects to ask on."""

from collections.abc import Sequence
from typing import Final

from discord import ui

from bot.advice.code import RequestTooLongError, encode
from bot.advice.profile import UsualPart, without
from bot.advice.query import Query
from bot.advice.recommend import Fit, Recommendation
from bot.advice.relax import Relaxation
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from bot.speech.reasons import against_said, reason_said
from bot.speech.ways_out import cards_of, may_fit_said, numbered, ways_out
from bot.speech.wishes import changes_said, problem_said, said
from cogs.views.layout import MOST_TEXT, card, fitting, line, row, text
from cogs.views.picks import ALL, pick
from cogs.views.profile import profile_lines, profile_row
from cogs.views.table import cut

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
    lines += [_fit(place, fit, speech, words) for place, fit in numbered(answer.fits[:FITS_SHOWN])]
    if answer.fitting > FITS_SHOWN:
        lines.append(words("recommend-more", n=answer.fitting - FITS_SHOWN))
    if answer.may_fit:
        lines.append(words("recommend-may-title", count=str(answer.open)))
        lines += [may_fit_said(each, words) for each in answer.may_fit[:MAY_SHOWN]]
    items: list[ui.Item[ui.LayoutView]] = []
    if not answer.fitting:
        lines += ways_out(answer, words)
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
        cards=cards_of(fit.choice, words),
        reason=reason_said(fit.reason, words),
        against=against,
    )


def _buttons(ways: Sequence[Relaxation], words: Words) -> list[ui.Button[ui.LayoutView]]:
    buttons: list[ui.Button[ui.LayoutView]] = []
    for place, way in numbered(ways):
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
