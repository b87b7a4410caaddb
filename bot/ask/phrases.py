"""Phrases of tokens, and the longest of them that begin at each place of a text."""

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.ask.text import normalise, tokens_of

T = TypeVar("T")

STEM = "*"
"""Ends a word of a phrase that only has to begin so: "disconnect*"."""


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """One phrase in a text: tokens from `start` to before `end`."""

    start: int
    end: int
    means: T


@dataclass(slots=True)
class _Node(Generic[T]):
    words: "dict[str, _Node[T]]" = field(default_factory=dict[str, "_Node[T]"])
    stems: "dict[str, list[tuple[str, _Node[T]]]]" = field(
        default_factory=dict[str, "list[tuple[str, _Node[T]]]"]
    )
    """By their first letters, the shortest first."""
    means: list[T] = field(default_factory=list[T])

    def at_stem(self, stem: str) -> "_Node[T]":
        """Return the node behind a stem, which is made where there is none."""
        beside = self.stems.setdefault(stem[0], [])
        for other, node in beside:
            if other == stem:
                return node
        node: _Node[T] = _Node()
        insort(beside, (stem, node), key=lambda each: len(each[0]))
        return node


class Phrases(Generic[T]):
    """A trie of tokens. Work is linear in the text: the longest phrase bounds each step."""

    def __init__(self, phrases: Mapping[T, Iterable[str]]) -> None:
        """Index phrases by what they mean; a phrase may mean several things.

        Raises:
            ValueError: a phrase has no word.
        """
        self._root: _Node[T] = _Node()
        for means, written in phrases.items():
            for phrase in written:
                self._add(phrase, means)

    def _add(self, phrase: str, means: T) -> None:
        node = self._root
        for word in _words(phrase):
            if word.endswith(STEM) and len(word) > 1:
                node = node.at_stem(word.removesuffix(STEM))
            else:
                node = node.words.setdefault(word, _Node())
        if node is self._root:
            raise ValueError(f"a phrase without a word: {phrase!r}")
        if means not in node.means:
            node.means.append(means)

    def longest(self, tokens: Sequence[str]) -> Iterator[Hit[T]]:
        """Yield phrases from left to right that do not overlap, the longest at each place."""
        begins = self._begins(tokens)
        free = 0
        for start, token in enumerate(tokens):
            if start < free or token not in begins:
                continue
            end, means = _from(tokens, start, begins[token])
            for each in means:
                yield Hit(start, end, each)
            free = end

    def all(self, tokens: Sequence[str]) -> Iterator[Hit[T]]:
        """Yield the longest phrases at each place, overlapping ones too."""
        begins = self._begins(tokens)
        for start, token in enumerate(tokens):
            if token in begins:
                end, means = _from(tokens, start, begins[token])
                for each in means:
                    yield Hit(start, end, each)

    def _begins(self, tokens: Sequence[str]) -> dict[str, list[_Node[T]]]:
        """Return what each token begins; most of them begin nothing and are left out."""
        words, stems = self._root.words, self._root.stems
        found = {token: [words[token]] for token in words.keys() & tokens}
        if stems:
            for token in set(tokens):
                for stem, node in stems.get(token[0], ()):
                    if token.startswith(stem):
                        found.setdefault(token, []).append(node)
        return found


def _from(tokens: Sequence[str], start: int, level: list[_Node[T]]) -> tuple[int, list[T]]:
    """Return where the longest phrases from `start` end, and what they mean."""
    best: list[T] = []
    best_end = at = start
    while level:
        at += 1
        means = [each for node in level for each in node.means]
        if means:
            best, best_end = means, at
        if at == len(tokens):
            break
        level = _after(level, tokens[at])
    return best_end, list(dict.fromkeys(best)) if len(best) > 1 else best


def _words(phrase: str) -> tuple[str, ...]:
    tokens = list(tokens_of(normalise(phrase)))
    words: list[str] = []
    # The star is a token of its own; it belongs to the word before it.
    for token in tokens:
        if token == STEM and words:
            words[-1] += STEM
        else:
            words.append(token)
    return tuple(words)


def _after(level: list[_Node[T]], token: str) -> list[_Node[T]]:
    """Return the nodes that a token leads to, those of the whole word before those of stems."""
    found: list[_Node[T]] = []
    for node in level:
        if token in node.words:
            found.append(node.words[token])
        if node.stems:
            beside = node.stems.get(token[0], ())
            found += [child for stem, child in beside if token.startswith(stem)]
    return found
