"""Offers side by side: the figures in a table, then a line or two about each."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.advice.candidates import candidates
from bot.advice.compare import COLUMNS, MOST_OFFERS, Column, Compared, Comparison
from bot.advice.eligible import is_open
from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer
from bot.speech import cells
from bot.speech.offers import JOIN, OfferSpeech
from bot.speech.phrasebook import Words
from cogs.views.layout import button, card, line, row, text
from cogs.views.table import Column as TableColumn
from cogs.views.table import cut, table

PICK = "gpu:show"
SOURCES = "gpu:sources"
PICTURE = "gpu:picture"
CHOOSE = "gpu:choose"
CHANGES = "gpu:changes"
PICTURE_FILE = "compare.png"
MOST_OPTIONS = 25  # of a select
DESCRIPTION_COLUMNS = 60


def comparison(
    answer: Comparison, *, catalog: Catalog, speech: OfferSpeech, words: Words, compare: str
) -> ui.LayoutView:
    """Return the layout of a comparison; it keeps its offers in its select.

    Args:
        answer: the offers and what is to be marked.
        catalog: for the memory of cards, and for what else can be compared.
        speech: how facts are said.
        words: the language.
        compare: the mention of the command that takes any offer.
    """
    choice = candidates(catalog, [each.offer.id for each in answer.offers], most=MOST_OPTIONS)
    buttons = [button(words("compare-picture"), PICTURE), button(words("compare-sources"), SOURCES)]
    if any(each.offer.history for each in answer.offers):
        buttons.append(button(words("compare-changes"), CHANGES))
    choosing = words(
        "compare-choosing",
        most=MOST_OFFERS,
        count=len(choice),
        all=len(catalog.offers),
        compare=compare,
    )
    return card(
        text(words("compare-title")),
        *_figures(answer, catalog, words),
        line(),
        text("\n".join(_about(each, speech=speech, words=words) for each in answer.offers)),
        row(_pick(answer, words)),
        text(choosing),
        row(_choose(answer, choice, speech=speech, words=words)),
        row(*buttons),
    )


def _figures(answer: Comparison, catalog: Catalog, words: Words) -> list[ui.Item[ui.LayoutView]]:
    """Return the table and what its signs mean, of those that it has."""
    figures: dict[Column, list[str]] = {
        "memory": [cells.memory(each.offer, catalog) for each in answer.offers],
        "session": [cells.session(each.offer) for each in answer.offers],
        "quota": [cells.quota(each.offer) for each in answer.offers],
    }
    columns = [
        TableColumn(
            words(f"compare-head-{column}"),
            figures[column],
            [cells.signs(each.marks[column]) for each in answer.offers],
        )
        for column in COLUMNS
    ]
    names = [each.offer.short for each in answer.offers]
    said = [each for column in figures.values() for each in column]
    marks = [each.marks[column] for each in answer.offers for column in COLUMNS]
    meanings = {
        "memory": True,
        "advertised": any(cells.ADVERTISED in each for each in said),
        "session": True,
        "best": any(each.best for each in marks),
        "unknown": cells.UNKNOWN in said,
        "credits": any(cells.CREDITS in each for each in said),
        "disputed": any(each.disputed for each in marks),
        "old": any(each.old for each in answer.offers),
    }
    signs = JOIN.join(words(f"compare-key-{name}") for name, has in meanings.items() if has)
    return [
        text(table(words("compare-head-offer"), names, columns)),
        text(words("compare-key", signs=signs)),
    ]


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


def _choose(
    answer: Comparison, choice: Sequence[Offer], *, speech: OfferSpeech, words: Words
) -> ui.Select[ui.LayoutView]:
    shown = {each.offer.id for each in answer.offers}
    options = [
        discord.SelectOption(
            label=offer.short,
            value=offer.id,
            description=cut(speech.cards(offer), DESCRIPTION_COLUMNS),
            default=offer.id in shown,
        )
        for offer in choice
    ]
    return ui.Select(
        custom_id=CHOOSE,
        placeholder=words("compare-choose"),
        options=options,
        max_values=min(MOST_OFFERS, len(options)),
    )


def picture_card(alt: str) -> ui.LayoutView:
    """Return the layout around the picture that is attached as `PICTURE_FILE`."""
    item = discord.MediaGalleryItem(f"attachment://{PICTURE_FILE}", description=alt)
    return card(ui.MediaGallery(item))
