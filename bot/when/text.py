"""From what was typed to plain text: refuse what can do harm, write one form for each character."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.when.reading import Problem, refuse

MAX_CHARACTERS: Final = 100

# Not NFKC, which would turn 1½ into 11/2 and 2² into 22.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TRADITIONAL = dict(
    zip(
        "時鐘鍾後週點兩個內過號禮頭這還間裡裏淩約幾數負現剛當會兒從準來離東紐倫國韓爾羅聖亞灣門馬華舊廣漢慶臺溫蘭奧維納賓麗島時",
        "时钟钟后周点两个内过号礼头这还间里里凌约几数负现刚当会儿从准来离东纽伦国韩尔罗圣亚湾门马华旧广汉庆台温兰奥维纳宾丽岛时",
        strict=True,
    )
)
_VARIANTS = {
    "∶": ":",
    "−": "-",
    "–": "-",
    "—": "-",
    "’": "'",
    "\u3000": " ",
    "\u00a0": " ",
} | {vulgar: f" {plain} " for vulgar, plain in (("½", "1/2"), ("¼", "1/4"), ("¾", "3/4"))}
_TABLE: Final = str.maketrans(
    {chr(code): chr(plain) for code, plain in _FULL_WIDTH.items()} | _TRADITIONAL | _VARIANTS
)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_EDGES: Final = " \t\r\n\u00a0\u3000"
_MENTION: Final = re.compile(r"@(?!\s?\d)|<(?!t:)|://|\bwww\.|\bdiscord\.gg")
_MERIDIEM: Final = re.compile(r"(?<=[\d ])([ap])\.\s?m\b\.?")
_ABBREVIATION: Final = re.compile(r"(?<=[a-z])\.(?=[\s,]|$)")
_POSSESSIVE: Final = re.compile(r"(?:(?<=s)'|'s)(?= time\b)")
_COUNTED_HYPHEN: Final = re.compile(
    r"(?<=\d)-(?=(?:hours?|hrs?|minutes?|mins?|seconds?|secs?|days?|weeks?|months?|years?)\b)"
)
"""Of 30-minute; a single letter may be a slip: 5-m."""
_HYPHEN: Final = re.compile(r"(?<=[a-z])-(?=[a-z])(?![a-z_-]*/)(?<![/_][a-z])")


def tidy(text: str) -> str:
    """Return ``text`` in lower case, half width and simplified Chinese.

    Raises:
        WhenError: ``TOO_LONG`` (before anything else is looked at), ``EMPTY`` or ``FORBIDDEN``.
    """
    if len(text) > MAX_CHARACTERS:
        refuse(Problem.TOO_LONG)
    text = text.strip(_EDGES)
    if not text:
        refuse(Problem.EMPTY)
    if any(unicodedata.category(character) in _INVISIBLE for character in text):
        refuse(Problem.FORBIDDEN)
    plain = plain_characters(text)
    if _MENTION.search(plain):
        refuse(Problem.FORBIDDEN)
    plain = _MERIDIEM.sub(r"\1m", plain)
    plain = _ABBREVIATION.sub("", plain)
    plain = _POSSESSIVE.sub("", plain)
    plain = _COUNTED_HYPHEN.sub(" ", plain)
    if "/" not in plain:  # zone names keep their hyphens: America/Port-au-Prince
        plain = _HYPHEN.sub(" ", plain)
    return plain.rstrip(" .。")


def plain_characters(text: str) -> str:
    """Return ``text`` in lower case and half width, with the Chinese used here simplified."""
    return text.translate(_TABLE).lower()
