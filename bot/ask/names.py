"""Providers and cards that a text names: providers with typos, cards exactly."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz.distance import OSA

from bot.ask.phrases import Hit, Phrases, Trie, Walk
from bot.ask.text import normalise, tokens_of
from bot.catalog.catalog import Catalog
from bot.catalog.names import distinct_names, folded, provider_names

_TYPO_LENGTH = 5
"""Shorter words are too near to too many others."""
_MOST_WORDS = 2
_LITTLE = frozenset({"on", "in", "with", "for", "free", "paid"})
"""Words that stand in a name to make an everyday word certain, and say nothing by themselves."""
_JOINED_LENGTH = 9
"""Two words of a name written as one are no other word if they come to so much."""
_GAP = 4
"""Words between two names that are set beside each other."""
_NEAR = 10
"""Tokens between a name and what shows that an offer is spoken of: ten Chinese characters."""
_ENDS = frozenset(".?!;")
_MOST_EVERYDAY = 24
"""Everyday words that are looked at: who says more of them says one of them again."""
_LONG = 8
"""Words so long are known with two typos too."""
_WITHOUT = re.compile(r"\(.*\)|geforce |quadro |\d+ ?gb\b|pcie|sxm\d?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A provider: its name as answers print it, and the offer that is meant, where there is one."""

    name: str
    offer: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands, in tokens."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderEntry:
    """One provider of the lexicon."""

    named: Named
    names: tuple[str, ...]
    typos: bool
    short: tuple[str, ...] = ()
    """Names that count only where `beside` is named too: "pro" beside Colab."""
    beside: str | None = None
    next_to: tuple[str, ...] = ()
    """Everyday words that mean the provider where another one stands next to them."""
    unsure: tuple[str, ...] = ()
    """Names that count unless the text speaks of one of `things`."""
    terms: tuple[str, ...] = ()
    """Words of this provider alone, which mean it where none is named: "compute units"."""
    things: tuple[str, ...] = ()
    """Phrases that show that a word is not the provider: "gradient clipping", "modal window".

    An everyday word whose other meanings are known so counts wherever an offer is spoken of.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Words by which an everyday word is known to be a provider."""

    joining: frozenset[str]
    """What sets two names beside each other: "or", "vs"."""
    listing: frozenset[str]
    """What does so in a comparison only: "and", "than"."""
    comparing: frozenset[str]
    filling: frozenset[str]
    """What may stand between two names all the same: "free"."""
    offering: frozenset[str]
    """What follows the name of somebody who offers something: "credits", "gives"."""
    trying: frozenset[str]
    """What stands before the name of an offer that ends the sentence: "try"."""
    denying: frozenset[str]
    """What stands before a thing and not before a name: "a", "the"."""
    talking: frozenset[str]
    """What shows that an offer is spoken of: "credits", "card"."""


class ProviderNames:
    """Finds providers in tokens."""

    def __init__(
        self,
        entries: Sequence[ProviderEntry],
        *,
        ordinary: Iterable[str],
        company: Company,
        trie: Trie,
    ) -> None:
        """Index the entries; the first one has a name that several claim.

        Args:
            entries: the most particular first.
            ordinary: words that are never a mistyped name.
            company: what tells an everyday word from a name.
            trie: that the names are put into.
        """
        self._company = company
        taken: set[tuple[str, ...]] = set()
        everyday: dict[Named, list[str]] = defaultdict(list)
        names: dict[Named, list[str]] = defaultdict(list)
        unsure: dict[Named, list[str]] = defaultdict(list)
        things: dict[Named, list[str]] = defaultdict(list)
        terms: dict[Named, list[str]] = defaultdict(list)
        self._short: list[tuple[str, Named, Phrases[Named]]] = []
        self._by_first: dict[str, list[tuple[tuple[str, ...], int, Named]]] = defaultdict(list)
        """Names, and which of their words may be mistyped, by that word's first letter."""
        for entry in entries:
            for name in chain.from_iterable(map(_with_joined, entry.names)):
                key = tokens_of(normalise(name))
                if key and key not in taken:
                    taken.add(key)
                    names[entry.named].append(name)
                    if entry.typos:
                        self._add_typos(key, entry.named)
            if entry.short and entry.beside:
                short = Phrases({entry.named: entry.short}, trie=trie)
                self._short.append((entry.beside, entry.named, short))
        for entry in entries:
            things[entry.named].extend(entry.things)
            terms[entry.named].extend(entry.terms)
            for group, written in ((unsure, entry.unsure), (everyday, entry.next_to)):
                for name in written:
                    key = tokens_of(normalise(name))
                    if key and key not in taken:
                        taken.add(key)
                        group[entry.named].append(name)
        self._unsure: Phrases[Named] = Phrases(unsure, trie=trie)
        self._things: Phrases[Named] = Phrases(things, trie=trie)
        self._terms: Phrases[Named] = Phrases(terms, trie=trie)
        self._with_things = frozenset(named for named, written in things.items() if written)
        self._phrases: Phrases[Named] = Phrases(names, trie=trie)
        self._everyday: Phrases[Named] = Phrases(everyday, trie=trie)
        self._ordinary = frozenset(ordinary)

    def _add_typos(self, words: tuple[str, ...], named: Named) -> None:
        if len(words) > _MOST_WORDS:
            return
        for place, word in enumerate(words):
            # Of several words a long one is told from others by the next; any by the one before it.
            alone = len(words) == 1 or (place > 0 and words[0] not in _LITTLE)
            plain = word.isascii() and word.isalpha()
            if plain and len(word) >= (_TYPO_LENGTH if alone else _LONG):
                self._by_first[word[0]].append((words, place, named))

    def find(self, tokens: Sequence[str], walk: Walk) -> dict[Named, Place]:
        """Return each provider and where it is named first, in the order of the text.

        `walk` is that of the trie along the tokens.
        """
        found: dict[Named, Place] = {}
        covered: set[int] = set()
        for hit in self._phrases.longest(walk):
            found.setdefault(hit.means, Place(hit.start, hit.end))
            covered.update(range(hit.start, hit.end))
        things = {hit.means for hit in self._things.all(walk)}
        for hit in self._unsure.longest(walk):
            if hit.means not in things and covered.isdisjoint(range(hit.start, hit.end)):
                found.setdefault(hit.means, Place(hit.start, hit.end))
                covered.update(range(hit.start, hit.end))
        self._add_mistyped(tokens, found, covered)
        words = [
            hit
            for hit in self._everyday.longest(walk)
            if hit.start not in covered and hit.means not in things
        ]
        self._add_neighbours(tokens, found, words[:_MOST_EVERYDAY])
        families = {named.name for named in found}
        for beside, named, phrases in self._short:
            if beside in families and len(families) == 1:
                for hit in phrases.longest(walk):
                    if hit.start not in covered:
                        found.setdefault(named, Place(hit.start, hit.end))
                        families.add(named.name)
        if not found:
            found = {hit.means: Place(hit.start, hit.end) for hit in self._terms.longest(walk)}
        return dict(sorted(found.items(), key=lambda item: item[1].start))

    def _add_mistyped(
        self, tokens: Sequence[str], found: dict[Named, Place], covered: set[int]
    ) -> None:
        for at, token in enumerate(tokens):
            if at in covered or len(token) < _TYPO_LENGTH or not token.isalpha():
                continue
            match = self._mistyped(tokens, at)
            if match is not None:
                named, place = match
                found.setdefault(named, place)
                covered.update(range(place.start, place.end))

    def _add_neighbours(
        self, tokens: Sequence[str], found: dict[Named, Place], words: Sequence[Hit[Named]]
    ) -> None:
        """Add what is an everyday word elsewhere: "Modal" in "Lightning AI vs Modal"."""
        if not words:
            return
        company = self._company
        compared = bool(company.comparing.intersection(tokens))
        joining = company.joining | company.listing if compared else company.joining
        starts: dict[int, int] = {}
        for place in found.values():
            # Some names are known by the word that joins them to another: "or lightning".
            inner = [at for at in range(place.start, place.end) if tokens[at] not in joining]
            starts[inner[0] if inner else place.start] = inner[-1] + 1 if inner else place.end
        if compared:  # Two of them that are compared make each other certain.
            starts |= {hit.start: hit.end for hit in words}
        ends = set(starts.values())
        for hit in words:
            ahead = range(max(hit.start - _GAP, 0), hit.start)
            behind = range(hit.end, min(hit.end + _GAP, len(tokens)) + 1)
            gaps = [tokens[at : hit.start] for at in ahead if at in ends]
            gaps += [tokens[hit.end : at] for at in behind if at in starts]
            beside = any(_joins(gap, joining, company.filling) for gap in gaps)
            if beside or self._offers(tokens, hit):
                found.setdefault(hit.means, Place(hit.start, hit.end))

    def _offers(self, tokens: Sequence[str], hit: Hit[Named]) -> bool:
        """Say whether a word is spoken of as somebody who offers something: "Modal gives"."""
        before = tokens[hit.start - 1] if hit.start else ""
        following = tokens[hit.end : hit.end + 2]
        after = next((each for each in following if each != "的"), "")
        if after in self._company.offering:
            return before not in self._company.denying
        if before in self._company.trying and not after.isalnum():
            return True
        return (
            hit.means in self._with_things
            and before not in self._company.denying
            and self._amid_offers(tokens, hit)
        )

    def _amid_offers(self, tokens: Sequence[str], hit: Hit[Named]) -> bool:
        """Say whether the words around a name speak of an offer: "a card for Modal"."""
        for near in (
            reversed(tokens[max(hit.start - _NEAR, 0) : hit.start]),
            tokens[hit.end : hit.end + _NEAR],
        ):
            for token in near:
                if token in _ENDS:
                    break
                if token in self._company.talking:
                    return True
        return False

    def _mistyped(self, tokens: Sequence[str], at: int) -> tuple[Named, Place] | None:
        """Return the provider that a word nearly names, alone or beside the others of its name."""
        token = tokens[at]
        if token in self._ordinary:
            return None
        most = 1 if len(token) < _LONG else 2
        for words, which, named in self._by_first.get(token[0], ()):
            start = at - which
            place = Place(start, start + len(words))
            around = (*words[:which], token, *words[which + 1 :])
            if start < 0 or tuple(tokens[place.start : place.end]) != around:
                continue
            typos = min(most, 1 if len(words[which]) < _LONG else 2)
            if OSA.distance(token, words[which], score_cutoff=typos) <= typos:
                return named, place
        return None


def _with_joined(name: str) -> Iterator[str]:
    """Yield a name, and as one word too where it has two: "googlecolab"."""
    yield name
    words = name.split()
    joined = "".join(words)
    plain = joined.isascii() and joined.isalpha() and _LITTLE.isdisjoint(words)
    if plain and len(words) == _MOST_WORDS and len(joined) >= _JOINED_LENGTH:
        yield joined


def _joins(words: Sequence[str], joining: frozenset[str], filling: frozenset[str]) -> bool:
    """Say whether the words between two names set one beside the other."""
    others = [word for word in words if word not in joining]
    return len(others) < len(words) and filling.issuperset(others)


@dataclass(frozen=True, slots=True)
class Card:
    """A card as answers print it."""

    name: str
    desk: bool = False
    """Whether it stands under desks and not in data centres."""


class CardNames:
    """Finds cards in tokens, whole and never fuzzily: A10 and A100 are near and different."""

    def __init__(self, names: Mapping[Card, Iterable[str]], *, trie: Trie) -> None:
        self._phrases: Phrases[Card] = Phrases(names, trie=trie)

    def find(self, walk: Walk) -> dict[Card, Place]:
        """Return each card and where it is named first, in the order of the text."""
        found: dict[Card, Place] = {}
        for hit in self._phrases.longest(walk):
            found.setdefault(hit.means, Place(hit.start, hit.end))
        return found


def provider_entries(
    catalog: Catalog, *, labels: Mapping[str, str], everyday: Iterable[str], next_to: Iterable[str]
) -> list[ProviderEntry]:
    """Return an entry for each offer of the catalog, by the names that mean it or its provider.

    Args:
        catalog: the facts.
        labels: what answers call a provider, by its id, where that is not its name.
        everyday: names that are words of their own too, and would be seen where nobody means them.
        next_to: those of them that count where another provider stands next to them.
    """
    left_out = {folded(name) for name in everyday}
    beside = {folded(name) for name in next_to}
    entries: list[ProviderEntry] = []
    seen: set[str] = set()
    for offer in catalog.offers.values():
        provider = catalog.provider_of(offer)
        first = provider.id not in seen
        seen.add(provider.id)
        shared = provider_names(provider) if first else ()
        every = (*distinct_names(offer), *shared)
        names = [each for each in every if folded(each) not in left_out]
        words = tuple(each for each in every if folded(each) in left_out & beside)
        named = Named(labels.get(provider.id, provider.name), offer.id)
        entries.append(ProviderEntry(named=named, names=tuple(names), typos=False, next_to=words))
    return entries


def plain_card_name(name: str) -> str:
    """Return a card's name as people say it: "GeForce RTX 3090" is "RTX 3090"."""
    return " ".join(_WITHOUT.sub("", name).split())
