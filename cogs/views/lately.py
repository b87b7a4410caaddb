"""What changed lately in the catalog, the newest first."""

from collections.abc import Sequence

from discord import ui

from bot.catalog.recent import Recent
from bot.speech.history import HistorySpeech
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from cogs.views.layout import MOST_TEXT, card, fitting, text


def lately(
    found: Sequence[Recent],
    *,
    speech: OfferSpeech,
    history: HistorySpeech,
    words: Words,
    command: str,
) -> ui.LayoutView:
    """Return the changes, a line each; `command` is the mention of what shows one offer whole."""
    lines = [words("lately-title")]
    lines += [_line(each, speech, history, words) for each in found]
    lines.append(words("lately-hint", command=command) if found else words("lately-none"))
    return card(text(fitting(lines, most=MOST_TEXT, cut_short=words("cut-short"))))


def _line(each: Recent, speech: OfferSpeech, history: HistorySpeech, words: Words) -> str:
    name, day = each.offer.short, each.day.isoformat()
    older = each.older
    if older is None:
        return words("lately-status", day=day, name=name, status=speech.status(each.offer))
    return words(
        "lately-value",
        day=day,
        name=name,
        subject=speech.subject(older.field, older.about),
        value=history.value(each.offer, older),
        source=history.source(older),
    )
