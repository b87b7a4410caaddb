"""Names that people type: offers and providers with typos, GPUs exactly."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.catalog.hardware import Hardware, SharedName
from bot.catalog.offer import Offer, Provider

_GAPS = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")
_TYPO_LENGTH = 4
"""Shorter words are too near to too many names."""
_TYPO_SCORE = 75
"""Least similarity, of 100, of a mistyped name: one wrong letter in four."""


def folded(name: str) -> str:
    """Return `name` without case, width and punctuation: "Ｔ４-x2 (Kaggle)" is "t4 x2 kaggle"."""
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


class GpuNames:
    """The hardware rows by each name that means them, compared whole and never fuzzily.

    A10 and A100, L4 and L40 are near each other and different cards.
    """

    def __init__(self, *, rows: Mapping[str, Hardware], shared: Iterable[SharedName]) -> None:
        self._rows: dict[str, tuple[Hardware, ...]] = {}
        self._written: dict[str, str] = {}
        for row in rows.values():
            for name in (row.id, row.name, *row.aliases):
                self._add(name, (row,))
        for family in shared:
            for name in family.names:
                self._add(name, tuple(rows[each] for each in family.may_be))

    def _add(self, name: str, rows: tuple[Hardware, ...]) -> None:
        self._rows[folded(name)] = rows
        self._written[folded(name)] = name

    def __contains__(self, name: str) -> bool:
        return folded(name) in self._rows

    def rows(self, name: str) -> tuple[Hardware, ...]:
        """Return the rows that `name` can mean, the one to plan with (least memory) first.

        Empty for an unknown name, and for a known card that the table has no figures of.
        """
        rows = self._rows.get(folded(name), ())
        return tuple(sorted(rows, key=lambda row: (row.vram_gb or 0, row.bandwidth_gb_s or 0)))

    def all_names(self) -> tuple[str, ...]:
        """Return each name, as it is written in the data."""
        return tuple(self._written.values())


@dataclass(frozen=True, slots=True)
class _Entry:
    offer: Offer
    names: tuple[str, ...]
    tokens: frozenset[str]
    gpus: frozenset[str]


class NameIndex:
    """Finds offers by what people call them, in English and Chinese."""

    def __init__(
        self,
        *,
        offers: Iterable[Offer],
        providers: Mapping[str, Provider],
        gpus: GpuNames,
    ) -> None:
        """Index `offers` in their order; `providers` is by offer id."""
        self._gpus = gpus
        self._entries: list[_Entry] = []
        self._exact: dict[str, Offer] = {}
        general: dict[str, Offer] = {}
        for offer in offers:
            provider = providers[offer.id]
            own, shared = distinct_names(offer), provider_names(provider)
            for name in own:
                self._exact[folded(name)] = offer
            # Titles and providers may be the same for several offers: the first one has them.
            titles = (offer.name.en, offer.name.zh)
            for name in (*titles, *shared):
                general.setdefault(folded(name), offer)
            names = tuple(dict.fromkeys(map(folded, (*own, *titles, *shared))))
            tokens = frozenset(token for name in names for token in name.split())
            cards = frozenset(row.id for gpu in offer.gpus for row in gpus.rows(gpu.model))
            self._entries.append(_Entry(offer, names, tokens, cards))
        self._exact = general | self._exact

    def find(self, text: str) -> Offer | None:
        """Return the offer with exactly this id or name, or the first of a provider so named."""
        return self._exact.get(folded(text))

    def search(self, text: str, limit: int) -> list[Offer]:
        """Return up to `limit` offers for what was typed so far, the best first.

        A whole name comes before the begin of one, that before words of one, and those before a
        GPU that the offer has. Only where nothing matches is a typo assumed.
        """
        query = folded(text)
        if not query:
            return [entry.offer for entry in sorted(self._entries, key=_unlikely)][:limit]
        cards = {row.id for row in self._gpus.rows(query)}
        ranked = [(_rank(entry, query, cards), entry) for entry in self._entries]
        hits = [(rank, entry) for rank, entry in ranked if rank is not None]
        if not hits:
            hits = [(rank, each) for each in self._entries if (rank := _typo(each, query))]
        hits.sort(key=lambda hit: (hit[0], _unlikely(hit[1])))
        return [entry.offer for _, entry in hits[:limit]]


def distinct_names(offer: Offer) -> tuple[str, ...]:
    """Return the names that mean this offer and no other."""
    return (offer.id, offer.short, *offer.aliases)


def provider_names(provider: Provider) -> tuple[str, ...]:
    """Return all names that mean this provider."""
    return (provider.id, provider.name, *provider.aliases)


def _unlikely(entry: _Entry) -> tuple[bool, bool, bool, bool]:
    """Order by what people mean: what can be had, with a GPU, free, and known to be alive."""
    offer = entry.offer
    return (
        offer.open_to_new is False or offer.paid_comparison_only,
        not offer.gpus and offer.tpu is None,
        offer.not_free is not None,
        offer.status.value in (None, "unknown"),
    )


def _rank(entry: _Entry, query: str, cards: set[str]) -> float | None:
    if query in entry.names:
        return 0
    # "a10" begins "a100" but does not mean it: what ends in a digit has to end there.
    begin = query + " " if query[-1].isdigit() else query
    if any(name.startswith(begin) for name in entry.names):
        return 1
    if all(_begins_a_token(word, entry.tokens) for word in query.split()):
        return 2
    if not query.isascii() and any(query in name for name in entry.names):
        return 3
    return 4 if cards & entry.gpus else None


def _begins_a_token(word: str, tokens: frozenset[str]) -> bool:
    if _DIGIT.search(word):
        return word in tokens
    return any(token.startswith(word) for token in tokens)


def _typo(entry: _Entry, query: str) -> float | None:
    """Return how far the nearest name is, as a rank; None where none is near enough."""
    if len(query) < _TYPO_LENGTH or _DIGIT.search(query):
        return None
    names = {name for name in (*entry.names, *entry.tokens) if len(name) >= _TYPO_LENGTH}
    best = max((fuzz.ratio(query, name) for name in names if not _DIGIT.search(name)), default=0)
    return 100 - best + 1 if best >= _TYPO_SCORE else None
