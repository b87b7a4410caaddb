"""Whether the cards of a question are what it looks for, and not what something is to run on."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from bot.ask.names import Card, Place
from bot.ask.reading import SEARCHES, Intent

_WITH: Final = frozenset(
    {"with", "get", "need", "want", "offer", "offers", "find", "rent", "带", "开", "租"}
)
_RUNS: Final = frozenset({"workload", "model-size", "enough", "train", "local-lack", "instead"})
"""Ideas of something that is to run, on a card that is named for it."""
_FREE: Final = (("free",), ("免", "费"), ("白", "嫖"))
"""What stands beside a card that is looked for as a gift: "a free V100"."""


def card_wanted(
    intent: Intent, ideas: AbstractSet[str], tokens: Sequence[str], cards: Mapping[Card, Place]
) -> bool:
    """Say whether a card is looked for: "a free V100", but not "is a free V100 enough".

    A card that stands under desks is looked for only as a gift: it is the asker's own elsewhere.
    """
    if intent not in SEARCHES or not cards:
        return False
    if ideas.isdisjoint({"workload", "model-size"}) and _given_away(tokens, cards):
        return True
    if any(card.desk for card in cards):
        return False
    if intent is Intent.RECOMMEND:
        return "free" in ideas and not ideas & _RUNS
    if intent is Intent.ALTERNATIVE:
        return _got(tokens, cards) and "card-set-aside" not in ideas
    return True


def _given_away(tokens: Sequence[str], cards: Mapping[Card, Place]) -> bool:
    """Say whether "free" stands beside a card: "a free nvidia T4", "免费的T4", "4090 free"."""
    return any(
        tokens[start : start + len(free)] == free
        for free in _FREE
        for at in cards.values()
        for start in (*range(max(at.start - 3, 0), at.start), at.end)
    )


def _got(tokens: Sequence[str], cards: Mapping[Card, Place]) -> bool:
    """Say whether a card is what somebody wants to get: "something with a T4"."""
    return any(_WITH.intersection(tokens[max(at.start - 2, 0) : at.start]) for at in cards.values())
