"""Providers and cards that a text names: providers with typos, cards exactly."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.ask.phrases import Phrases
from bot.ask.text import normalise, tokens_of
from bot.catalog.catalog import Catalog
from bot.catalog.names import distinct_names, folded, provider_names

_TYPO_LENGTH = 5
"""Shorter words are too near to too many others."""
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


class ProviderNames:
    """Finds providers in tokens."""

    def __init__(self, entries: Sequence[ProviderEntry], *, ordinary: Iterable[str]) -> None:
        """Index the entries; the first one has a name that several claim.

        Args:
            entries: the most particular first.
            ordinary: words that are never a mistyped name.
        """
        taken: set[tuple[str, ...]] = set()
        names: dict[Named, list[str]] = defaultdict(list)
        self._short: list[tuple[str, Named, Phrases[Named]]] = []
        self._by_first: dict[str, list[tuple[str, Named]]] = defaultdict(list)
        for entry in entries:
            for name in entry.names:
                key = tokens_of(normalise(name))
                if key and key not in taken:
                    taken.add(key)
                    names[entry.named].append(name)
                    if entry.typos and len(key) == 1 and key[0].isalpha() and key[0].isascii():
                        self._add_typos(key[0], entry.named)
            if entry.short and entry.beside:
                short = Phrases({entry.named: entry.short})
                self._short.append((entry.beside, entry.named, short))
        self._phrases: Phrases[Named] = Phrases(names)
        self._ordinary = frozenset(ordinary)

    def _add_typos(self, name: str, named: Named) -> None:
        if len(name) >= _TYPO_LENGTH:
            self._by_first[name[0]].append((name, named))

    def find(self, tokens: Sequence[str]) -> dict[Named, Place]:
        """Return each provider and where it is named first, in the order of the text."""
        found: dict[Named, Place] = {}
        covered: set[int] = set()
        for hit in self._phrases.longest(tokens):
            found.setdefault(hit.means, Place(hit.start, hit.end))
            covered.update(range(hit.start, hit.end))
        for at, token in enumerate(tokens):
            if at not in covered and (named := self._mistyped(token)) is not None:
                found.setdefault(named, Place(at, at + 1))
        families = {named.name for named in found}
        for beside, named, phrases in self._short:
            if beside in families and len(families) == 1:
                for hit in phrases.longest(tokens):
                    if hit.start not in covered:
                        found.setdefault(named, Place(hit.start, hit.end))
                        families.add(named.name)
        return dict(sorted(found.items(), key=lambda item: item[1].start))

    def _mistyped(self, token: str) -> Named | None:
        if len(token) < _TYPO_LENGTH or not token.isalpha() or token in self._ordinary:
            return None
        for name, named in self._by_first.get(token[0], ()):
            if OSA.distance(token, name, score_cutoff=1) <= 1:
                return named
        return None


@dataclass(frozen=True, slots=True)
class Card:
    """A card as answers print it."""

    name: str
    desk: bool = False
    """Whether it stands under desks and not in data centres."""


class CardNames:
    """Finds cards in tokens, whole and never fuzzily: A10 and A100 are near and different."""

    def __init__(self, names: Mapping[Card, Iterable[str]]) -> None:
        self._phrases: Phrases[Card] = Phrases(names)

    def find(self, tokens: Sequence[str]) -> dict[Card, Place]:
        """Return each card and where it is named first, in the order of the text."""
        found: dict[Card, Place] = {}
        for hit in self._phrases.longest(tokens):
            found.setdefault(hit.means, Place(hit.start, hit.end))
        return found


def provider_entries(
    catalog: Catalog, *, labels: Mapping[str, str], everyday: Iterable[str]
) -> list[ProviderEntry]:
    """Return an entry for each offer of the catalog, by the names that mean it or its provider.

    Args:
        catalog: the facts.
        labels: what answers call a provider, by its id, where that is not its name.
        everyday: names that are words of their own too, and would be seen where nobody means them.
    """
    left_out = {folded(name) for name in everyday}
    entries: list[ProviderEntry] = []
    seen: set[str] = set()
    for offer in catalog.offers.values():
        provider = catalog.provider_of(offer)
        first = provider.id not in seen
        seen.add(provider.id)
        shared = provider_names(provider) if first else ()
        names = [each for each in (*distinct_names(offer), *shared) if folded(each) not in left_out]
        named = Named(labels.get(provider.id, provider.name), offer.id)
        entries.append(ProviderEntry(named=named, names=tuple(names), typos=False))
    return entries


def plain_card_name(name: str) -> str:
    """Return a card's name as people say it: "GeForce RTX 3090" is "RTX 3090"."""
    return " ".join(_WITHOUT.sub("", name).split())
