"""Where the figures of offers come from: a page of all sources, and buttons to the leading ones."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from discord import ui

from bot.advice.evidence import leading_sources
from bot.catalog.facts import cited_sources
from bot.catalog.offer import Offer
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from cogs.views.layout import MOST_TEXT, card, fitting, line, link, row, text
from cogs.views.table import cut

LINKS: Final = 5  # buttons of a row
LONGEST_ADDRESS: Final = 512  # of a button
LABEL_COLUMNS: Final = 28  # what a phone shows in one line


def sources(offers: Sequence[Offer], *, speech: OfferSpeech, words: Words) -> ui.LayoutView:
    """Return where each figure of the offers comes from."""
    lines: list[str] = []
    for offer in offers:
        lines.append(words("sources-title", name=speech.text(offer.name)))
        for source in cited_sources(offer):
            key = "sources-line-old" if speech.is_old(source) else "sources-line"
            confidence = words(f"confidence-{source.confidence or 'unknown'}")
            lines.append(
                words(key, source=speech.source(source), date=source.as_of, confidence=confidence)
            )
    body = fitting(lines, most=MOST_TEXT, cut_short=words("cut-short"))
    links = links_to(offers[0], most=LINKS) if len(offers) == 1 else _one_each(offers)
    buttons = [row(*links)] if links else []
    return card(text(body), line(), text(words("sources-legend")), *buttons)


def links_to(offer: Offer, *, most: int) -> list[ui.Button[ui.LayoutView]]:
    """Return buttons that open the sources behind most of an offer's figures."""
    addresses = [each.url for each in leading_sources(offer, most=most) if each.url is not None]
    return [link(_label(each), each) for each in addresses if len(each) <= LONGEST_ADDRESS]


def _one_each(offers: Sequence[Offer]) -> list[ui.Button[ui.LayoutView]]:
    """Return a button for the leading source of each offer, under the offer's name."""
    return [
        link(offer.short, source.url)
        for offer in offers[:LINKS]
        for source in leading_sources(offer, most=1)
        if source.url is not None and len(source.url) <= LONGEST_ADDRESS
    ]


def _label(address: str) -> str:
    """Return the host and the end of the path: `kaggle.com · notebooks`, `github.com · pull/7`."""
    parts = urlsplit(address)
    host = (parts.hostname or address).removeprefix("www.")
    path = unquote(parts.path).strip("/").split("/")
    page = "/".join(path[-2:] if path[-1].isdecimal() else path[-1:])
    return cut(f"{host} · {page}" if page else host, LABEL_COLUMNS)
