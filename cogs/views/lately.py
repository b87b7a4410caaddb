"""What changed lately in the catalog, the newest first."""

from collections.abc import Sequence

from discord import ui

from bot.catalog.recent import Recent
from bot.speech.history import HistorySpeech
from bot.speech.phrasebook import Words
from cogs.views.layout import MOST_TEXT, card, fitting, text


def lately(
    found: Sequence[Recent],
    *,
    history: HistorySpeech,
    words: Words,
    command: str,
) -> ui.LayoutView:
    """Return the changes, a line each; `command` is the mention of what shows one offer whole."""
    lines = [words("lately-title")]
    told: set[tuple[str, str | None]] = set()
    for each in found:
        offer, older = each.offer, each.older
        if older is None:
            lines.append(_status(each, words))
            continue
        subject = (offer.id, older.field)
        # Once is enough: what an older line is followed by is the newer line above it.
        lines.append(history.lately(offer, older, beside_today=subject not in told))
        told.add(subject)
    lines.append(words("lately-hint", command=command) if found else words("lately-none"))
    return card(text(fitting(lines, most=MOST_TEXT, cut_short=words("cut-short"))))


def _status(each: Recent, words: Words) -> str:
    offer = each.offer
    day = offer.status_date.value or each.day.isoformat()
    status = words(f"status-{offer.status.value or 'unknown'}")
    return words("lately-status", day=day, name=offer.short, status=status)
