"""Which single thing opens the most work: the best key first, with a button for each."""

from collections.abc import Sequence
from typing import Final

from discord import ui

from bot.advice.code import RequestTooLongError, encode
from bot.advice.profile import UsualPart, without
from bot.advice.query import HAVES, Query
from bot.advice.unlock import Key, Unlocking
from bot.speech.phrasebook import Words
from bot.speech.reasons import work_said
from bot.speech.wishes import change_said, problem_said, said, wish_name
from cogs.views.layout import MOST_TEXT, button, card, fitting, line, row, text
from cogs.views.picks import pick
from cogs.views.profile import profile_lines, profile_row
from cogs.views.recommendation import AGAIN
from cogs.views.table import cut

ASK: Final = "gpu:unl:"
"""A select that changes one wish; its name and the request follow."""
WITHOUT: Final = "gpu:unl-bare:"
"""A button that asks without the user's usual wishes; the request without them follows."""
KEYS_SHOWN: Final = 5
NAMES_SHOWN: Final = 4
LABEL_COLUMNS: Final = 70
PICKS: Final = ("bring", "memory", "session")


def unlocking(
    answer: Unlocking, *, assumed: Sequence[str], usual: UsualPart, words: Words
) -> ui.LayoutView:
    """Return the layout of an answer; its buttons lead to the recommendation with a key.

    Args:
        answer: what was found; of what the user has its request names all in its set fields.
        assumed: of what nobody said that the user has it.
        usual: what of the request comes from the profile.
        words: the reader's.
    """
    query, keys = answer.query, answer.keys[:KEYS_SHOWN]
    lines = [*_head(answer, words), *_others(keys, words)]
    if not answer.problems:
        work = work_said(answer.work, words)
        lines.append(words("unlock-now", count=answer.fitting, work=work))
    lines += [said(query, words), *profile_lines(query, usual, words)]
    if assumed:
        names = words("between").join(wish_name(name, words) for name in assumed)
        lines.append(words("unlock-assumed", wishes=names))
    body = fitting(lines, most=MOST_TEXT, cut_short=words("cut-short"))
    items: list[ui.Item[ui.LayoutView]] = [text(body)]
    buttons = _buttons(keys, words)
    if buttons:
        items.append(row(*buttons))
    selects = _selects(query, words)
    if selects:
        items += [line(), *(row(select) for select in selects)]
    bare = without(query, usual.wishes, instead=Query().empty_handed())
    return card(*items, *profile_row(query, usual, words, bare=bare, bare_id=WITHOUT))


def _head(answer: Unlocking, words: Words) -> list[str]:
    if answer.problems:
        return [problem_said(each, words) for each in answer.problems]
    if not answer.keys:
        return [words("unlock-title-none")]
    best = answer.keys[0]
    key = "unlock-title" if _is_sure(best) else "unlock-title-unsure"
    return [words(key, key=_name(best, words)), _opens(best, words)]


def _others(keys: Sequence[Key], words: Words) -> list[str]:
    """Return the keys after the first, those apart that open nothing for certain."""
    numbered = list(enumerate(keys, start=1))[1:]
    sure = [each for each in numbered if _is_sure(each[1])]
    unsure = [each for each in numbered if not _is_sure(each[1])]
    lines: list[str] = []
    for title, group in (("unlock-then", sure), ("unlock-check", unsure)):
        lines += [words(title)] if group else []
        for place, key in group:
            name, opens = _name(key, words), _opens(key, words)
            lines.append(words("unlock-key", place=str(place), key=name, opens=opens))
    return lines


def _is_sure(key: Key) -> bool:
    return key.work_gained > 0 or key.opened > 0


def _name(key: Key, words: Words) -> str:
    wish = key.change.wish
    return words(f"unlock-key-{wish}") if wish in HAVES else change_said(key.change, words)


def _opens(key: Key, words: Words) -> str:
    """Return what a key opens: `+100 T4-hours a week: Kaggle GPU, Beam`."""
    names = words("between").join(choice.offer.short for choice in key.opens[:NAMES_SHOWN])
    left = key.opened - min(len(key.opens), NAMES_SHOWN)
    if left > 0:
        names = words("unlock-and-more", names=names, n=left)
    if key.work_gained > 0:
        work = work_said(key.work_gained, words)
        if key.opened:
            return words("unlock-opens", work=work, names=names)
        return words("unlock-better", work=work)
    if key.opened:
        return words("unlock-opens-unsure", names=names)
    return words("unlock-may-open", count=key.may_open)


def _buttons(keys: Sequence[Key], words: Words) -> list[ui.Button[ui.LayoutView]]:
    buttons: list[ui.Button[ui.LayoutView]] = []
    for place, key in enumerate(keys, start=1):
        label = words("unlock-button", place=str(place), key=_name(key, words))
        try:
            custom_id = AGAIN + encode(key.query)
        except RequestTooLongError:
            continue
        buttons.append(button(cut(label, LABEL_COLUMNS), custom_id))
    return buttons


def _selects(query: Query, words: Words) -> list[ui.Select[ui.LayoutView]]:
    """Return what to change in the request; none where it is too long to be carried."""
    try:
        code = encode(query, spoken_of=query.model_fields_set)
    except RequestTooLongError:
        return []
    return [pick(name, query, words, lambda name: f"{ASK}{name}:{code}") for name in PICKS]
