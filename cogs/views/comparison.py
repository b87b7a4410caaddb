"""Offers side by side: the figures in a table, then a line or two about each."""

import discord
from discord import ui

from bot.advice.compare import Compared, Comparison
from bot.advice.eligible import is_open
from bot.catalog.catalog import Catalog
from bot.speech import cells
from bot.speech.offers import JOIN, OfferSpeech
from bot.speech.phrasebook import Words
from cogs.views.layout import button, card, line, row, text
from cogs.views.table import table

PICK = "gpu:show"
SOURCES = "gpu:sources"
PICTURE = "gpu:picture"
PICTURE_FILE = "compare.png"


def comparison(
    answer: Comparison, *, catalog: Catalog, speech: OfferSpeech, words: Words
) -> ui.LayoutView:
    """Return the layout of a comparison; it keeps its offers in its select."""
    head = [words(f"compare-head-{column}") for column in ("offer", "memory", "session", "quota")]
    rows = [
        [
            each.offer.short,
            cells.memory(each.offer, catalog),
            cells.session(each.offer),
            cells.quota(each.offer),
        ]
        for each in answer.offers
    ]
    return card(
        text(words("compare-title")),
        text(table(head, rows)),
        text(words("compare-key")),
        line(),
        text("\n".join(_about(each, speech=speech, words=words) for each in answer.offers)),
        row(_pick(answer, words)),
        row(button(words("compare-picture"), PICTURE), button(words("compare-sources"), SOURCES)),
    )


def _about(each: Compared, *, speech: OfferSpeech, words: Words) -> str:
    offer = each.offer
    date = words("date-unknown") if each.oldest is None else each.oldest.isoformat()
    about = [
        *([] if is_open(offer) else [speech.status(offer)]),
        speech.access(offer.access),
        speech.idle(offer),
        words("compare-oldest-old" if each.old else "compare-oldest", date=date),
    ]
    return words(
        "compare-offer", name=offer.short, cards=speech.cards(offer), about=JOIN.join(about)
    )


def _pick(answer: Comparison, words: Words) -> ui.Select[ui.LayoutView]:
    options = [
        discord.SelectOption(label=each.offer.short, value=each.offer.id) for each in answer.offers
    ]
    return ui.Select(custom_id=PICK, placeholder=words("compare-pick"), options=options)


def picture_card(alt: str) -> ui.LayoutView:
    """Return the layout around the picture that is attached as `PICTURE_FILE`."""
    item = discord.MediaGalleryItem(f"attachment://{PICTURE_FILE}", description=alt)
    return card(ui.MediaGallery(item))
