"""The time and the purpose of a reminder in a sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final

from bot.ask.halves import halves, problem_of
from bot.ask.lexicon import Lexicon
from bot.ask.recurring import recurring
from bot.ask.text import MOST_CHARACTERS, tokens_of
from bot.when import MAX_CHARACTERS, Problem

LOOKED_AT: Final = 240
"""Characters: a wish for a reminder is a sentence."""
_LONGEST: Final = 6
_MOST_TRIES: Final = 10
_MOST_ASKS: Final = 2
# A time all the same: what is left is for the user to say more exactly.
_NEARLY: Final = frozenset({Problem.AMBIGUOUS_DATE, Problem.AMBIGUOUS_HOUR, Problem.AMBIGUOUS_UNIT})
_WORD: Final = re.compile(r"[^\s\"“”,，。!?？！]+")
_COMMAND: Final = re.compile(r"^\s*[!/.$?]\s?\w+\s+(?=\S)")
_ZH_EDGE: Final = re.compile(
    r"(?P<when>(?:[今明后]天?[早晚上下午中]*|下?周[一二三四五六日天]|半|[\d一二两三四五六七八九十]+"
    r"|早上|上午|中午|下午|傍晚|晚上|凌晨)"
    r"[^\s，,。a-z]{0,14}?(?:分钟后|小时后|天后|点半|点(?:[\d一二三四五六七八九十]+分?)?|[:：]\d\d|后))"
)
_BEGINS: Final = re.compile(
    r"\d|in\b|at\b|on\b|tomorrow|tmrw?\b|tonight|today|next|noon|midnight|half|an?\b"
    r"|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|今|明|后|下|半|[一二两三四五六七八九十]"
)
_ASKS: Final = re.compile(
    r"\b(?:remind|ping|notify|alert|nudge|poke|buzz|wake|tell|dm|message|please|pls)(?: me| us)?$",
    re.IGNORECASE,
)
"""Behind a time: what is read as nothing at all, and is no part of it."""
_NO_INSTANT: Final = re.compile(
    r"\s*(?:(?:before|b4|after|prior|until|ahead|ago|into|of|out of|idle|gone|passed|elapsed"
    r"|left|remaining|in advance|from|(?:and|or) \d+)\b|(?:之|以)?前(?!\d)|[开跑启]\S?的)",
    re.IGNORECASE,
)
"""Behind a length of time: it is measured from something else than now."""
_OF_ANOTHER: Final = re.compile(
    r"\b(?:an?|the|my|these|than|lasts?|hits?|reach(?:es)?|been|used"
    r"|using \w+ for|running (?:\w+ )?for"
    r"|(?:ended|died|crashed|stopped|disconnect(?:s|ed)|kill(?:s|ed))(?: \w+){0,2} after"
    r"|(?:started|opened|launched|began|begun)(?: \w+){0,2}?)\s$",
    re.IGNORECASE,
)
"""Before a time: it is one that is spoken of, and not one from now: "the 12 hours"."""
_DIRECTLY: Final = re.compile(
    r"\b(?:remind|ping|notify|alert|nudge|poke|buzz|wake|tell|dm|message|warn)"
    r"(?: me| us)(?: up)? (?:again )?(?:after )?"
    r"(?=in\b|at\b|on\b|\d|half|an?\b|to|next|noon|midnight|[a-z]+day\b)",
    re.IGNORECASE,
)
"""Before the time that is asked for, whatever other times are spoken of."""
_ZH_ASKS: Final = re.compile(r"\s*(?:再|就|请)?(?:提醒|通知|叫|喊)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reminder is asked for."""

    when: str | None
    """As typed; of a recurring one the first time."""
    about: str | None
    every: str | None = None
    """How often it comes again, where that was understood."""
    recurring: str | None = None
    """All that was typed of how it comes again ("every Sunday at 20:55")."""
    either: tuple[str, ...] = ()
    """`when` of the morning and of the evening, where the hour may be of both."""
    doubt: Problem | None = None
    """Why `when` will be refused as it is, where it is not for that hour."""
    directly: bool = False
    """Whether `when` stands beside the words that ask: "remind me in 2 hours"."""


def wanted(original: str, lexicon: Lexicon, *, now: datetime) -> Wanted:
    """Return when somebody wants to be reminded, and of what.

    Args:
        original: as typed, with its cases.
        lexicon: for the words that ask for it.
        now: aware.
    """
    text = " ".join(original[:MOST_CHARACTERS].split())[:LOOKED_AT]
    text = _COMMAND.sub("", text)
    found = _wanted_in(text, lexicon, now)
    if found.when is None:
        return found
    if either := halves(found.when, now=now):
        return replace(found, either=either)
    problem = problem_of(found.when, now)
    return replace(found, doubt=problem) if problem in _NEARLY else found


def _wanted_in(text: str, lexicon: Lexicon, now: datetime) -> Wanted:
    again = recurring(text, lambda part: _time_in(part, now))
    if again is not None:
        rest = _rest(text, again.start, again.end, lexicon)
        if again.when is not None:
            rest = _without_time(rest, again.when)
        return Wanted(again.when, rest, again.every, text[again.start : again.end].strip())
    direct = _asked_directly(text, now)
    found = direct or _time_in(text, now)
    if found is None:
        return Wanted(None, _rest(text, 0, 0, lexicon))
    start, end = found
    rest = _rest(text, start, end, lexicon)
    return Wanted(text[start:end], rest, directly=direct is not None)


def _without_time(rest: str | None, when: str) -> str | None:
    """Return the purpose without a time that stood before what comes again."""
    if rest is None:
        return None
    plain = re.sub(r"^(?:to|that|about|of|for)\s+", "", rest.replace(when, " ").strip())
    return " ".join(plain.split()) or None


def _asked_directly(text: str, now: datetime) -> tuple[int, int] | None:
    """Return where the time beside the words that ask is, None where none stands there."""
    for asks in islice(_DIRECTLY.finditer(text), _MOST_ASKS):
        words = list(_WORD.finditer(text, asks.end()))[:_LONGEST]
        spans = [(asks.end(), each.end()) for each in reversed(words)]
        span = _longest_time(text, spans, now)
        if span is not None and not _NO_INSTANT.match(text, span[1]):
            return span
    lower = text.casefold()
    if text.isascii() or len(lower) != len(text):
        return None
    for chinese in islice(_ZH_EDGE.finditer(lower), _MOST_ASKS):
        span = chinese.span("when")
        if _ZH_ASKS.match(text, span[1]) and _is_time(text[slice(*span)], now):
            return span
    return None


def _time_in(text: str, now: datetime) -> tuple[int, int] | None:
    lower = text.casefold()
    if not text.isascii() and len(lower) == len(text) and (chinese := _ZH_EDGE.search(lower)):
        span = chinese.span("when")
        if _is_time(text[slice(*span)], now):
            return None if _NO_INSTANT.match(text, span[1]) else span
    words = list(_WORD.finditer(text))
    tries = _MOST_TRIES
    for first, word in enumerate(words):
        if not _BEGINS.match(word[0].casefold()):
            continue
        ends = [each.end() for each in reversed(words[first : first + _LONGEST])]
        spans = [(word.start(), end) for end in ends if not _ASKS.search(text[word.start() : end])]
        span = _longest_time(text, spans[:tries], now)
        if span is not None:
            return None if _NO_INSTANT.match(text, span[1]) or _of_it(text, span) else span
        tries -= len(spans)
        if tries <= 0:
            break
    return None


def _longest_time(
    text: str, spans: Sequence[tuple[int, int]], now: datetime
) -> tuple[int, int] | None:
    """Return the longest of some spans, the longest first, that is a time."""
    nearly: tuple[int, int] | None = None
    for span in spans:
        problem = _problem(text[slice(*span)], now)
        if problem is None and nearly is None:
            return span
        if problem is Problem.AMBIGUOUS_HOUR:
            # What is behind a doubtful time is not looked at: the shortest has no more in it.
            nearly = span
        elif problem in _NEARLY and nearly is None:
            # A shorter one would have no date, and be certain.
            nearly = span
    return nearly


def _of_it(text: str, span: tuple[int, int]) -> bool:
    """Say whether a time is one that is spoken of, or what is left, and not one from now."""
    left = text[slice(*span)].casefold().endswith(("left", "remaining"))
    return left or _OF_ANOTHER.search(text[: span[0]]) is not None


def _is_time(text: str, now: datetime) -> bool:
    problem = _problem(text, now)
    return problem is None or problem in _NEARLY


def _problem(text: str, now: datetime) -> Problem | None:
    """Return why a text is no time; None where it is one."""
    return Problem.TOO_LONG if len(text) > MAX_CHARACTERS else problem_of(text, now)


def _rest(text: str, start: int, end: int, lexicon: Lexicon) -> str | None:
    """Return the text without the time and without the words that ask, or None."""
    rest = f"{text[:start]} {text[end:]}".strip(" \"“”'’,，。.!！?？")
    for _ in range(3):
        tokens = tokens_of(rest.casefold())
        hits = [hit for hit in lexicon.commands.longest(tokens[:6]) if hit.start == 0]
        if not hits:
            break
        cut = _after(rest, tokens, hits[0].end)
        rest = rest[cut:].strip(" \"“”'’,，。.!！?？:：")
    rest = re.sub(r"^(?:to|that|about|of|for)\s+", "", rest, flags=re.IGNORECASE)
    return " ".join(rest.split()) or None


def _after(text: str, tokens: tuple[str, ...], count: int) -> int:
    at = 0
    lower = text.casefold()
    for token in tokens[:count]:
        found = lower.find(token, at)
        if found < 0:
            return at
        at = found + len(token)
    return at
