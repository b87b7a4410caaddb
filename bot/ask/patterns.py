"""Ideas that no phrase can tell, for something stands between its words: regular expressions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, final

_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
_HEAD: Final = re.compile(r"\\b(?:\(\?:([a-z |]+)\)|([a-z]+))(?:\\b| )(?![?*+{])")
"""What an expression begins with that begins with one of some whole words."""
_ESCAPED: Final = re.compile(r"\\.|\[[^]]*\]")
_GROUP: Final = re.compile(r"\([^()]*\)")

Pattern = tuple[str, re.Pattern[str]]


@final
class Patterns:
    """Expressions by what they mean.

    A text is searched for an expression only where that can be: it has one of the words with which
    the expression begins, and Chinese where that has some.
    """

    def __init__(self, patterns: Mapping[str, Iterable[str]]) -> None:
        """Compile the expressions.

        Raises:
            re.error: one of them is none.
        """
        self._any: list[Pattern] = []
        self._chinese: list[Pattern] = []
        self._by_word: defaultdict[str, list[Pattern]] = defaultdict(list)
        for idea, written in patterns.items():
            for each in written:
                pattern = idea, re.compile(each)
                words = _first_words(each)
                for word in words:
                    self._by_word[word].append(pattern)
                if not words:
                    (self._chinese if _CHINESE.search(each) else self._any).append(pattern)

    def ideas_of(self, plain: str, tokens: Sequence[str]) -> Iterator[str]:
        """Yield what a normalised text, or the begin of it, tells; `tokens` are those of all."""
        by_word = self._by_word
        groups = [by_word[word] for word in by_word.keys() & tokens]
        groups.append(self._any)
        if _CHINESE.search(plain):
            groups.append(self._chinese)
        for group in groups:
            for idea, pattern in group:
                if pattern.search(plain):
                    yield idea


def _first_words(expression: str) -> frozenset[str]:
    """Return the words of which one begins whatever matches; none where that can't be told."""
    head = _HEAD.match(expression)
    if head is None or "|" in _outside_groups(expression):
        return frozenset()
    return frozenset(each.split()[0] for each in (head[1] or head[2]).split("|"))


def _outside_groups(expression: str) -> str:
    left = _ESCAPED.sub("", expression)
    while (shorter := _GROUP.sub("", left)) != left:
        left = shorter
    return left
