"""What is said of cards and offers in an answer of `/gpu fit`."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.catalog.hardware import Hardware
from bot.fit.cards import OfferFit, Room
from bot.fit.training import Peak
from bot.fit.verdict import Verdict
from bot.speech import fitting as speech
from bot.speech.figures import gib as mib_as_gib
from bot.speech.figures import plain
from bot.speech.phrasebook import Words

CARDS_SHOWN: Final = 5
OFFERS_SHOWN: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The card that an answer goes by, and what is known of it."""

    name: str
    room: Room
    hardware: Hardware | None
    """None for a size of memory alone."""
    gpus: int = 1
    """As many as the user named: "T4 x2"."""


def verdict_said(verdict: Verdict, words: Words, *, over: bool) -> str:
    """Return a verdict as the head of a line; of what is `over` the usable memory."""
    return words("fit-verdict-over" if over else f"fit-verdict-{verdict}")


def room_said(room: Room, words: Words) -> str:
    """Return the usable memory in GiB, or that it is less than what is advertised."""
    if room.measured:
        return mib_as_gib(room.least)
    return words("fit-usable-below", gib=plain(round(room.most / 1024, 1)))


def on_card(judged: Judged, peak: Peak, words: Words) -> str:
    """Return the verdict on the card that the answer goes by."""
    verdict = judged.room.judge(peak)
    usable = room_said(judged.room, words)
    return speech.on_card(judged.name, judged.room, peak.total, verdict, usable=usable, words=words)


def groups(
    offers: Sequence[OfferFit],
    words: Words,
    *,
    most_cards: int = CARDS_SHOWN,
    most_offers: int = OFFERS_SHOWN,
) -> list[str]:
    """Return the offers by verdict and card, the smallest card that does it first."""
    lines: list[str] = []
    if not any(each.verdict is not Verdict.DOES_NOT_FIT for each in offers):
        lines.append(words("fit-nowhere"))
    kinds = ((verdict, over) for verdict in Verdict for over in (False, True))
    for verdict, over in kinds:
        mine = [each for each in offers if each.verdict is verdict and each.over is over]
        if not mine:
            continue
        of_cards = _by_card(mine, words)
        cards = [_card_line(name, each, most_offers, words) for name, each in of_cards[:most_cards]]
        if len(of_cards) > most_cards:
            cards.append(words("fit-more-cards", n=len(of_cards) - most_cards))
        said = words("fit-between-cards").join(cards)
        mark, name = speech.MARKS[verdict], verdict_said(verdict, words, over=over)
        lines.append(words("fit-group", mark=mark, verdict=name, cards=said))
    return lines


def _by_card(offers: Sequence[OfferFit], words: Words) -> list[tuple[str, Sequence[OfferFit]]]:
    def key(each: OfferFit) -> tuple[float, str]:
        return each.room.least, words("between").join(each.cards) or words("fact-no-gpu")

    ordered = sorted(offers, key=key)
    return [(name, list(group)) for (_, name), group in groupby(ordered, key)]


def _card_line(cards: str, offers: Sequence[OfferFit], most: int, words: Words) -> str:
    names = [
        words("fact-gpu-many", model=each.offer.short, count=str(each.gpus))
        if each.gpus > 1
        else each.offer.short
        for each in offers[:most]
    ]
    if len(offers) > most:
        names.append(words("fact-more", n=str(len(offers) - most)))
    return words(
        "fit-card",
        card=cards,
        usable=room_said(offers[0].room, words),
        offers=words("between").join(names),
    )
