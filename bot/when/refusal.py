"""Why a text that the grammar could not take was refused: the most telling reason first."""

from __future__ import annotations

from itertools import pairwise

from bot.when import words
from bot.when.reading import Problem, WhenError
from bot.when.tokens import Shape, Token

_FIGURES = frozenset({Shape.NUMBER, Shape.NUMERAL, Shape.COLONS})
_LONGEST_WORD = 32
_EXAMPLE = "6"
"""Stands for a number that was spelled: "six" would make "sixh"."""
_BY_WORD = (
    (words.RECURRING, Problem.RECURRING),
    (words.PAST, Problem.PAST),
    (words.NEGATIVE, Problem.NEGATIVE),
)


def explain(tokens: tuple[Token, ...]) -> WhenError:
    """Return the error that tells best what stood in the way."""
    texts = [token.text for token in tokens]
    for table, problem in _BY_WORD:
        if word := next((text for text in texts if text in table), None):
            return WhenError(problem, word=word)
    if tokens and tokens[0].text == "-":
        return WhenError(Problem.NEGATIVE)
    if _is_range(tokens):
        return WhenError(Problem.RANGE)
    if unknown := next((token.text for token in tokens if not _known(token)), None):
        return WhenError(Problem.UNKNOWN_WORD, word=unknown[:_LONGEST_WORD])
    if word := next((text for text in texts if text in words.VAGUE), None):
        return WhenError(Problem.VAGUE, word=word)
    if tokens and all(token.shape is Shape.COLONS for token in tokens):
        return WhenError(Problem.IMPOSSIBLE)
    if _only_numbers(tokens):
        figure = next((token.text for token in tokens if token.shape is Shape.NUMBER), _EXAMPLE)
        return WhenError(Problem.BARE_NUMBER, word=figure[:_LONGEST_WORD])
    listed = any(text in words.ENUMERATION for text in texts)
    if listed or sum(text in words.DAYS or text in words.MERIDIEMS for text in texts) > 1:
        return WhenError(Problem.SEVERAL)
    return WhenError(Problem.UNREADABLE)


def _known(token: Token) -> bool:
    if token.shape in {Shape.WORD, Shape.HAN, Shape.SIGN}:
        return token.text in words.VOCABULARY or token.text in "-:/"
    return token.shape is not Shape.REGION


def _is_range(tokens: tuple[Token, ...]) -> bool:
    """Whether a number stands on the left of a word or dash for a range, anything on its right."""
    return any(
        left.shape in _FIGURES and (middle.text in words.RANGE or middle.text == "-")
        for left, middle in pairwise(tokens[:-1])
    ) or any(token.text in {"between", "or", "或", "或者"} for token in tokens)


def _only_numbers(tokens: tuple[Token, ...]) -> bool:
    around = words.LENGTH_OPENERS | words.LENGTH_CLOSERS | words.CONNECTORS | words.FILLERS
    rest = [token for token in tokens if token.text not in around]
    return bool(rest) and all(
        token.shape in _FIGURES or token.text in words.NUMBER_WORDS | words.TENS for token in rest
    )
