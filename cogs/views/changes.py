"""What changed since 2020: one offer step by step, several at a glance."""

from collections.abc import Sequence

from discord import ui

from bot.advice.changed import Changed, changed
from bot.catalog.offer import Offer
from bot.speech.history import HistorySpeech
from bot.speech.phrasebook import Words
from cogs.views.layout import MOST_TEXT, card, fitting, line, text


def changes(offer: Offer, *, speech: HistorySpeech, words: Words) -> ui.LayoutView:
    """Return what an offer was and is, subject by subject, each step with its source."""
    blocks = [_steps(offer, each, speech, words) for each in changed(offer)]
    title = words("changes-title", name=speech.name(offer))
    return _page(title, blocks or [[words("changes-none")]], words)


def changes_of(
    offers: Sequence[Offer], *, speech: HistorySpeech, words: Words, info: str
) -> ui.LayoutView:
    """Return then and now of several offers, a line a subject.

    Args:
        offers: of which those without older values are named at the end.
        speech: how history is said.
        words: the language.
        info: the mention of the command that shows one offer whole.
    """
    blocks = [
        [
            words("changes-offer", name=offer.short),
            *(speech.at_a_glance(offer, each) for each in changed(offer)),
        ]
        for offer in offers
        if offer.history
    ]
    silent = [offer.short for offer in offers if not offer.history]
    if silent:
        blocks.append([words("changes-unknown", names=words("between").join(silent))])
    if len(silent) < len(offers):
        blocks.append([words("changes-hint", info=info)])
    return _page(words("changes-title-several"), blocks, words)


def _steps(offer: Offer, each: Changed, speech: HistorySpeech, words: Words) -> list[str]:
    lines = [words("changes-subject", subject=speech.subject(each))]
    lines += [
        words(
            "changes-then",
            date=speech.date(older),
            value=speech.value(offer, older),
            source=speech.source(older),
        )
        for older in each.values
    ]
    today = speech.today(offer, each)
    if today is not None:
        lines.append(words("changes-now-same" if each.same else "changes-now", fact=today))
    return lines


def _page(title: str, blocks: Sequence[Sequence[str]], words: Words) -> ui.LayoutView:
    """Return a block of text for each subject: a line behind a list can be drawn as a part of it.

    Together they are cut like one text.
    """
    items: list[ui.Item[ui.LayoutView]] = []
    room = MOST_TEXT - len(title)
    cut_short = words("cut-short")
    for place, lines in enumerate(blocks):
        last = place == len(blocks) - 1
        body = fitting(lines, most=room - (0 if last else len(cut_short)), cut_short=cut_short)
        items.append(text(body))
        room -= len(body)
        if body.endswith(cut_short):
            break
    return card(text(title), line(), *items)
