"""What a text names: providers, cards, amounts and wishes; and what of them it refuses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.ask.amounts import Amount, Role, amounts_of
from bot.ask.lexicon import Lexicon, Wish
from bot.ask.names import Card, Named, Place
from bot.ask.phrases import Hit, Walk
from bot.ask.text import normalise, tokens_of

DENIED_WITHIN: Final = 3
"""Tokens between a negation and the name that it denies."""
CLOSE: Final = frozenset({"no", "not", "without"})
"""Negations that deny only what stands right behind them: "no free Colab GPU" denies the GPU."""
_SEARCHED: Final = 400
"""Characters in which the expressions look: each of them costs something at every place."""
_BREAKS: Final = frozenset(".,?!;:")
_AND: Final = frozenset({"or", "nor", "and", "/", "和", "跟", "与", "或", "及"})
_JOINS: Final = frozenset({"or", "nor", "and", ",", "/", "和", "或", "与", "及", "跟"})
_ASIDE: Final = frozenset(
    {"a", "an", "any", "my", "the", "verification", "number", "check", "either", "者", "验", "证"}
)
"""What may stand beside a joining word between two things that are refused."""
_ANEW: Final = {("and", "a"), ("and", "an")}
"""What begins something else: "no phone and a card of 16 GB"."""
_BETWEEN_REFUSED: Final = 5
"""Tokens in which the next of them begins."""
_SEARCHING: Final = frozenset({"free", "gpu", "cloud", "suggest", "which-list", "wish", "enough"})
"""Ideas of somebody who looks for a card."""
_FILES: Final = frozenset({"disk", "storage", "ram", "dataset", "own-data", "session", "quota"})
"""Ideas by which gigabytes are of something else than a card."""
_MOST_VRAM: Final = 200
"""GB of the largest card that there is, roughly."""
_PLAIN: Final = "Google Colab"
_WEIGHED: Final = frozenset({"versus", "rank", "choose"})
"""Ideas of a plan that is held against another one of the same name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The parts of one text."""

    plain: str
    """The text, normalised."""
    tokens: tuple[str, ...]
    walk: Walk
    """All phrases in it."""
    told: frozenset[str]
    """Ideas that its phrases tell."""
    providers: Mapping[Named, Place]
    """In the order of the text; those that are not wanted too."""
    excluded: frozenset[str]
    """Names of providers that are not wanted."""
    cards: Mapping[Card, Place]
    amounts: tuple[Amount, ...]
    wishes: tuple[Wish, ...]
    denials: tuple[int, ...]
    """Where the negations end, in tokens."""

    @property
    def sought(self) -> list[Named]:
        """The providers that are named and wanted."""
        return [named for named in self.providers if named.name not in self.excluded]


def find(text: str, lexicon: Lexicon) -> Found:
    """Find the parts of a text; work is bounded, whatever the text."""
    plain = normalise(text)
    tokens = tokens_of(plain)
    walk = lexicon.trie.walk(tokens)
    providers = lexicon.providers.find(tokens, walk)
    denials = tuple(hit.end for hit in lexicon.negations.longest(walk))
    told = _told(walk, lexicon).union(lexicon.patterns.ideas_of(plain[:_SEARCHED], tokens))
    excluded = frozenset(named.name for named in _denied(tokens, providers, denials))
    if not excluded and told.isdisjoint(_WEIGHED):
        providers = _without_plain(providers)
    found = Found(
        plain=plain,
        tokens=tokens,
        walk=walk,
        told=frozenset(told),
        providers=providers,
        excluded=excluded,
        cards=lexicon.cards.find(walk),
        amounts=amounts_of(plain),
        wishes=tuple(_wishes(tokens, walk, lexicon)),
        denials=denials,
    )
    if found.sought or told & _FILES or not (found.wishes or told & _SEARCHING):
        return found
    return replace(found, amounts=tuple(map(_as_memory, found.amounts)))


def _without_plain(providers: dict[Named, Place]) -> dict[Named, Place]:
    """Leave out "Colab" behind "Colab Pro": one writes the long name once, then the short one."""
    paid = [at.start for named, at in providers.items() if named.name.startswith(f"{_PLAIN} Pro")]
    if not paid:
        return providers
    first = min(paid)
    return {
        named: at for named, at in providers.items() if named.name != _PLAIN or at.start < first
    }


def _told(walk: Walk, lexicon: Lexicon) -> set[str]:
    """Return what the phrases tell; "out of memory" of an error message does not ask for memory."""
    hits = lexicon.ideas.all(walk)
    inside: set[int] = set()
    for hit in hits:
        if hit.means in lexicon.foreign:
            inside.update(range(hit.start + 1, hit.end))
    return {hit.means for hit in hits if hit.start not in inside}


def _as_memory(amount: Amount) -> Amount:
    """Return bare gigabytes as what they are where a card is looked for: its memory."""
    if amount.role is Role.SIZE and amount.value <= _MOST_VRAM:
        return replace(amount, role=Role.VRAM)
    return amount


def _denied(
    tokens: Sequence[str], providers: Mapping[Named, Place], denials: Sequence[int]
) -> Iterator[Named]:
    """Yield the providers behind a negation: "not Colab", "除了 Kaggle"; not "why not Colab".

    And those that are joined to them: "neither Colab nor Kaggle". `denials` are where the negations
    end.
    """
    denied_until = len(tokens)
    for named, place in sorted(providers.items(), key=lambda each: each[1].start):
        between = tokens[denied_until : place.start]
        joined = 0 < len(between) <= 2 and _AND.issuperset(between)
        if joined or any(
            0 <= place.start - end < (1 if tokens[end - 1] in CLOSE else DENIED_WITHIN)
            and not _BREAKS.intersection(tokens[end : place.start])
            and "why" not in tokens[max(end - 3, 0) : end]
            for end in denials
        ):
            denied_until = place.end
            yield named


def _wishes(tokens: Sequence[str], walk: Walk, lexicon: Lexicon) -> Iterator[Wish]:
    """Yield what is wished for; what is refused with others too: "no card or phone"."""
    things = {hit.start: hit for hit in lexicon.refusable.all(walk)}
    for wish in lexicon.wishes.longest(walk):
        yield wish.means
        at = wish.end if wish.means in lexicon.refusals else len(tokens)
        while (thing := _joined(tokens, at, things)) is not None:
            yield thing.means
            at = thing.end


def _joined(tokens: Sequence[str], at: int, things: Mapping[int, Hit[Wish]]) -> Hit[Wish] | None:
    """Return the thing that an "or" joins to what ends before `at`, if one does."""
    joined = False
    for place in range(at, min(at + _BETWEEN_REFUSED, len(tokens))):
        if joined and place in things:
            return things[place]
        if tokens[place] not in _JOINS | _ASIDE or tokens[place : place + 2] in _ANEW:
            return None
        joined = joined or tokens[place] in _JOINS
    return None
