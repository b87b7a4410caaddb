"""What a search that finds nothing for certain still has to say: what may fit, and ways out."""

from collections.abc import Iterable, Iterator
from math import inf
from typing import Final, TypeVar

from bot.advice.recommend import Choice, MayFit, Recommendation
from bot.speech.phrasebook import Words
from bot.speech.reasons import bounds_said
from bot.speech.wishes import changes_said, wish_name

T = TypeVar("T")

NAMES_SHOWN: Final = 3


def may_fit_said(each: MayFit, words: Words) -> str:
    """Return an offer that may fit, with what is unknown of it."""
    unknown = words("between").join(_unknown(wish, each.choice, words) for wish in each.unknown)
    return words(
        "recommend-may",
        name=each.choice.offer.short,
        cards=cards_of(each.choice, words),
        unknown=unknown,
    )


def _unknown(wish: str, choice: Choice, words: Words) -> str:
    """Return what is unknown: `card`; of memory that is advertised, `memory (20.4 – 24 GiB)`."""
    name, memory = wish_name(wish, words), choice.vram_gib
    if wish not in {"min_vram_gib", "max_vram_gib"} or memory.lo == 0 or memory.hi == inf:
        return name
    figure = bounds_said(wish, memory, words)
    return words("recommend-may-between", wish=name, figure=figure)


def cards_of(choice: Choice, words: Words) -> str:
    """Return the cards of a choice: `T4`, `2× T4`, `no GPU`."""
    names = words("between").join(choice.cards) or words("fact-no-gpu")
    count = choice.gpus
    if count.known and count.lo > 1 and choice.accelerator == "gpu":
        names = words("fact-gpu-many", model=names, count=str(int(count.lo)))
    return names


def ways_out(answer: Recommendation, words: Words) -> list[str]:
    """Return what to give up, the cheapest first; that nothing helps where nothing does."""
    if not answer.relaxations:
        return [] if answer.may_fit else [words("recommend-no-way")]
    lines = [words("recommend-relax-title")]
    for place, way in numbered(answer.relaxations):
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


def numbered(items: Iterable[T]) -> Iterator[tuple[int, T]]:
    """Yield items with their place, from 1."""
    return enumerate(items, start=1)
