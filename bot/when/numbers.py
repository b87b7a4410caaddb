"""Numbers: in digits, in English words, in Chinese characters."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from bot.when.tokens import Cursor, Shape
from bot.when.words import AND, ARTICLES, HUNDRED, NUMBER_WORDS, TENS

_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_ORDERS: Final = {"千": 1000, "百": 100, "十": 10}
_TENS_IN_ONE: Final = str.maketrans({"廿": "二十", "卅": "三十"})
_WRITTEN_OUT: Final = re.compile(
    "[零两俩仨]|(?:[一二两三四五六七八九]千)?(?:零(?!$))?(?:[一二两三四五六七八九]百)?"
    "(?:零(?!$))?(?:[一二三四五六七八九]?十)?(?:零(?!$))?[一二三四五六七八九]?"
)
"""两 counts alone or before an order: nobody says 十两 for twelve."""
_MAY_BE_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""1.500 is a half more than one in London and fifteen hundred in Berlin."""


def chinese(text: str) -> int | None:
    """Return the value of a Chinese numeral, or None where it has no certain one.

    Both 一百零五 and digit by digit (二零二六, 零五) are read. The colloquial 一百二 for 120 is
    not: it can be taken for 102.
    """
    text = text.translate(_TENS_IN_ONE)
    if len(text) > 1 and all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[digit]) for digit in text)) if _by_digit(text) else None
    if not _WRITTEN_OUT.fullmatch(text):
        return None
    total, digit, order_before = 0, None, 0
    skipped = False
    for character in text:
        order = _ORDERS.get(character)
        if order is None:
            skipped = skipped or character == "零"
            digit = _DIGITS[character]
        else:
            total += order * (digit or 1)
            digit, order_before, skipped = None, order, False
    if digit is None:
        return total
    if order_before >= 100 and not skipped and digit:
        return None
    return total + digit


def _by_digit(text: str) -> bool:
    """零五 and 二零二六 are digits; 两三 and 五六 are "two or three", "five or six"."""
    return (text[0] in "零〇" or len(text) == 4) and not set(text) & set("两俩仨")


def integer(cursor: Cursor) -> int | None:
    """Take a whole number, written as one: 1.0月1号 is no date."""
    token = cursor.peek()
    if token is not None and token.shape is Shape.NUMBER and not token.text.isdigit():
        return None
    value = cursor.attempt(number)
    return value.numerator if value is not None and value.denominator == 1 else None


def number(cursor: Cursor) -> Fraction | None:
    """Take a number in any of the three scripts; decimals may use a point or a comma."""
    if token := cursor.take(Shape.NUMBER):
        if _MAY_BE_THOUSANDS.fullmatch(token.text):
            return None
        return Fraction(token.text.replace(",", "."))
    if token := cursor.take(Shape.NUMERAL):
        value = chinese(token.text)
        return None if value is None else Fraction(value)
    return cursor.attempt(_spelled)


def _spelled(cursor: Cursor) -> Fraction | None:
    hundreds = cursor.attempt(_hundreds)
    rest = cursor.attempt(_after_hundreds if hundreds else _below_hundred)
    if hundreds is None and rest is None:
        return None
    return Fraction((hundreds or 0) + (rest or 0))


def _hundreds(cursor: Cursor) -> int | None:
    count = 1 if cursor.word(ARTICLES) else cursor.lookup(NUMBER_WORDS)
    return 100 * count if count and count < 10 and cursor.word(HUNDRED) else None


def _after_hundreds(cursor: Cursor) -> int | None:
    cursor.word(AND)
    return cursor.attempt(_below_hundred)


def _below_hundred(cursor: Cursor) -> int | None:
    tens = cursor.lookup(TENS)
    if tens is None:
        return cursor.lookup(NUMBER_WORDS)
    return tens + (cursor.attempt(_ones) or 0)


def _ones(cursor: Cursor) -> int | None:
    value = cursor.lookup(NUMBER_WORDS)
    return value if value is not None and 0 < value < 10 else None
