"""From plain text to words, numbers and signs, and a cursor to walk along them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeVar

from bot.when.words import VOCABULARY, WEEKDAYS

_Value = TypeVar("_Value")


class Shape(Enum):
    """What a token looks like, in the order they are tried; the grammar says what it means."""

    STAMP = r"<t:-?\d+(?::[tdfrs])?>"
    DATE = r"\d{4}(?P<first>[-/.])\d{1,2}(?P=first)\d{1,2}(?!\d)"
    DATE_LAST = r"\d{1,2}(?P<last>[-/.])\d{1,2}(?P=last)\d{4}(?!\d)"
    """The year at the end: the order of day and month is open."""
    COLONS = r"\d+(?::\d+)+(?:\.\d+)?"
    SLASH = r"\d{1,2}/\d{1,2}(?![\d/])"
    """A fraction (1/2 hour) or a day without a year."""
    NUMBER = r"\d+(?:\.\d+|,(?:\d|25|75)(?!\d))?|(?<![^ +~-])\.\d+"
    """No thousands separators: 1,000 is read as nothing; nor is 5,10 minutes, which may be two.

    The point of 1h.30m ends an abbreviation: it makes no decimal.
    """
    REGION = r"[a-z]+(?:/[a-z_]+(?:-[a-z_]+)*)+"
    WORD = r"[a-z]+(?:'[a-z]+)?"
    NUMERAL = r"[零〇一二两俩仨三四五六七八九十廿卅百千]+"
    HAN = r"[\u4e00-\u9fff]"
    SIGN = r"[^ ]"


_TOKEN: Final = re.compile("|".join(f"(?P<{s.name}>{s.value})" for s in Shape), re.ASCII)
_SHAPES: Final = {shape.name: shape for shape in Shape}
_HAN_WORDS: Final = frozenset(word for word in VOCABULARY if "\u4e00" <= word[0] <= "\u9fff")
_PHRASES: Final = frozenset(word for word in VOCABULARY if " " in word)
MAX_TOKENS: Final = 48
"""More than any time needs; what has more is no time, and is not worth the work."""
_LONGEST_HAN: Final = max(map(len, _HAN_WORDS))
_LONGEST_PHRASE: Final = max(word.count(" ") + 1 for word in _PHRASES)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text."""

    shape: Shape
    text: str
    glued: bool
    """No space stands before it."""


def tokenize(text: str) -> tuple[Token, ...]:
    """Cut tidied text into tokens. Nothing but spaces is dropped."""
    return tuple(_join_phrases(list(_cut(text))))


def _cut(text: str) -> Iterator[Token]:
    start = 0
    last: Token | None = None
    while start < len(text):
        if text[start] == " ":
            start += 1
            continue
        found = _TOKEN.match(text, start)
        if found is None or found.lastgroup is None:  # SIGN takes all that is left
            raise AssertionError(text)
        token = Token(_SHAPES[found.lastgroup], found[0], glued=text[start - 1 : start] != " ")
        if token.shape in {Shape.NUMERAL, Shape.HAN} and (word := _han_word(text, start, last)):
            token = Token(Shape.HAN, word, token.glued)
        yield token
        last = token
        start += len(token.text)


def _han_word(text: str, start: int, last: Token | None) -> str | None:
    """Return the longest known word at ``start``.

    After an amount a weekday is a week and the next amount: 一周三天 is not 一 周三 天.
    """
    for length in range(_LONGEST_HAN, 0, -1):
        word = text[start : start + length]
        if len(word) == length and word in _HAN_WORDS:
            counted = last is not None and (
                last.shape in {Shape.NUMERAL, Shape.NUMBER} or last.text == "个"
            )
            return word[:-1] if counted and word in WEEKDAYS else word
    return None


def _join_phrases(tokens: list[Token]) -> Iterator[Token]:
    start = 0
    while start < len(tokens):
        size = next(
            (
                size
                for size in range(min(_LONGEST_PHRASE, len(tokens) - start), 1, -1)
                if " ".join(token.text for token in tokens[start : start + size]) in _PHRASES
            ),
            1,
        )
        first = tokens[start]
        yield (
            first
            if size == 1
            else Token(
                Shape.WORD,
                " ".join(token.text for token in tokens[start : start + size]),
                first.glued,
            )
        )
        start += size


class Cursor:
    """A place in the tokens. A rule takes what it knows, or leaves the cursor where it was."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._end = len(tokens)
        self._place = 0
        self.steps = 0
        """Looks at a token so far: the measure of the work done."""

    @property
    def at_end(self) -> bool:
        """Whether all tokens are taken."""
        return self._place == self._end

    @property
    def taken(self) -> Token | None:
        """The token that was taken last."""
        return self._tokens[self._place - 1] if self._place else None

    def rewind(self) -> None:
        """Go back to the first token."""
        self._place = 0

    def peek(self) -> Token | None:
        """Return the next token without taking it."""
        self.steps += 1
        place = self._place
        return self._tokens[place] if place < self._end else None

    def take(self, *shapes: Shape) -> Token | None:
        """Take the next token if it has one of the shapes."""
        token = self.peek()
        if token is None or token.shape not in shapes:
            return None
        self._place += 1
        return token

    def word(self, words: AbstractSet[str], *, glued: bool = False) -> bool:
        """Take the next token if it is one of the words (and, if asked, follows at once)."""
        token = self.peek()
        if token is None or token.text not in words or (glued and not token.glued):
            return False
        self._place += 1
        return True

    def lookup(self, table: Mapping[str, _Value]) -> _Value | None:
        """Take the next token if the table has it, and return what it stands for."""
        token = self.peek()
        if token is None or token.text not in table:
            return None
        self._place += 1
        return table[token.text]

    def follows(self, rule: Callable[[Cursor], _Value | None]) -> bool:
        """Return whether a rule finds something next, and stay."""
        place = self._place
        found = rule(self)
        self._place = place
        return found is not None

    def attempt(self, rule: Callable[[Cursor], _Value | None]) -> _Value | None:
        """Apply a rule; where it finds nothing, stay."""
        place = self._place
        found = rule(self)
        if found is None:
            self._place = place
        return found
