"""The time and the purpose of a reminder in a sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final

from bot.ask.existing import NoNew, no_new, refuses
from bot.ask.halves import halves, problem_everywhere, problem_of, reading_of
from bot.ask.leftover import Leftover, Taken, Unclear, unaccounted, why
from bot.ask.lexicon import Lexicon
from bot.ask.recurring import Recurring, recurring
from bot.ask.text import tokens_of
from bot.ask.timewords import Kind
from bot.ask.verbs import ASK_US
from bot.when import MAX_CHARACTERS, Problem

LOOKED_AT: Final = 240
"""Characters: a wish for a reminder is a sentence."""
_TO: Final = re.compile(r"^(?:(?:to|that|about|of|for)\s+){1,2}", re.IGNORECASE)
_REMEMBER: Final = re.compile(
    r"^(?:(?:please )?do ?n[o'’]?t forget to remind me\b"
    r"|(?:别忘了|别忘记|不要忘了|不要忘记|记得)(?:提醒我)?)[\s,，]*",
    re.IGNORECASE,
)
_ASKED_LAST: Final = re.compile(
    r"[\s,，;；]+(?:(?:so|and|please|pls|can you|could you)\s+)*"
    rf"(?:{ASK_US}|提醒我?|叫我|通知我)$",
    re.IGNORECASE,
)
"""Behind what was told, where the time that followed is taken out."""
_EDGE: Final = " \"“”'’,，。.!！?？"
_MOST_READ: Final = 1000
"""Characters: a note that is longer is none that a reminder may have."""
_LONGEST: Final = 6
_MOST_TRIES: Final = 24
_MOST_REFUSED: Final = 60
"""Pieces of a text that are tried as times to learn why none of them can be: ten words' worth."""
_MOST_ASKS: Final = 2
# A time all the same: what is left is for the user to say more exactly.
_NEARLY: Final = frozenset({Problem.AMBIGUOUS_DATE, Problem.AMBIGUOUS_HOUR, Problem.AMBIGUOUS_UNIT})
# No time at all, whatever the user's zone and the present are.
_NEVER: Final = frozenset({Problem.IMPOSSIBLE, Problem.CONTRADICTION})
_NOT_SO: Final = frozenset({Problem.PAST, Problem.RANGE, Problem.ZERO, Problem.NEGATIVE})
"""No time where one is asked for directly; elsewhere such words may tell of something else."""
_NO_HOUR: Final = re.compile(
    r"\bat (?:2[5-9]|[3-9]\d):\d\d\b|(?<![\d.:])(?:2[5-9]|[3-9]\d) ?(?:点(?!数)|o'?clock\b)",
    re.IGNORECASE,
)
_NO_MORE: Final = re.compile(r"[\s.!?]*(?:$|[,;]|(?:to|about|that)\b)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\s\"“”,，。!?？！]+")
_COMMAND: Final = re.compile(r"^\s*[!/.$?]\s?\w+\s+(?=\S)")
_ZH_EDGE: Final = re.compile(
    r"(?P<when>(?:[今明后]天?[早晚上下午中]*|下?周[一二三四五六日天]|半|[\d一二两三四五六七八九十]+"
    r"|早上|上午|中午|下午|傍晚|晚上|凌晨)"
    r"(?:(?!提醒|通知|叫我|喊我)[^\s，,。a-z]){0,14}?"
    r"(?:分钟后|小时后|天后|点半|点(?:[\d一二三四五六七八九十]+分?)?|[:：]\d\d|后)"
    r"|(?:大?[今明后]天|[今明][早晚]|(?:下下?|这|本)?个?(?:周|星期|礼拜)[一二三四五六日天])"
    r"(?:早上|上午|中午|下午|傍晚|晚上)?(?=\s?(?:提醒|通知我|叫我|喊我)))"
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
    rf"\b{ASK_US} (?:again )?(?:after )?"
    r"(?=in\b|at\b|on\b|\d|half|an?\b|to|tmrw?\b|next|this\b|the\b|noon|midnight|[a-z]+day\b)",
    re.IGNORECASE,
)
"""Before the time that is asked for, whatever other times are spoken of."""
_DIRECTLY_ANY: Final = re.compile(rf"\b{ASK_US} ", re.IGNORECASE)
_ALSO_BEHIND: Final = re.compile(r"\s?(?:的?北京时间|\(北京时间\))")
_ALSO_BEFORE: Final = re.compile(
    r"(?:北京时间的?\s?|\b(?:the )?day after |\b(?:this |the )?(?:coming|upcoming) |\bthis )$",
    re.IGNORECASE,
)
"""Of a time, where no search begins."""
_AT_LAST: Final = re.compile(r"(?:\s(?:at|@|around))?\s$", re.IGNORECASE)
_HOUR_LAST: Final = re.compile(r"[\s.!?。！？]*(?:please|pls|plz)?[\s.!]*", re.IGNORECASE)
_EVENT: Final = re.compile(
    r"\b(?:meeting|call|class|exam|interview|deadline|flight|appointment|lecture|webinar|stream|show"
    r"|game|match|party|session|quota|standup|sync|talk|concert|bus|due|that|when|if|starts?"
    r"|begins?|ends?|opens?|closes?|resets?|renews?|expires?|arrives?|leaves?|happens|is|are|will)\b"
)
"""Between a day and an hour: it may have the hour itself."""
_DAY_FIRST: Final = re.compile(r"\W*(?:please |pls |hey |ok )?(?:on )?(?:the )?", re.IGNORECASE)
_ASKED_NEXT: Final = re.compile(
    r"[\s,，:]*(?:please |pls |can you |could you )?"
    rf"(?:{ASK_US} )?",
    re.IGNORECASE,
)
_ZH_PAST: Final = re.compile(r"昨|前天|前晚|上(?:个|周|星期|礼拜|月)|去年|刚才")
_ZH_BEFORE_ASKS: Final = re.compile(
    r"(?:请|麻烦)?(?:你)?(?:在)?(?P<when>[^\s，,。a-z]{1,14}?)(?:再|就|请)?(?:提醒|通知|叫|喊)"
)
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
    """Why `when` will be refused as it is, where it is not for that hour; or why there is none."""
    directly: bool = False
    """Whether `when` stands beside the words that ask: "remind me in 2 hours"."""
    unclear: Unclear | None = None
    """Why `when` may not be the time that is meant, and is not to be relied on."""
    no_new: NoNew | None = None
    """Why none is to be made."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Times in a text, and where."""

    spans: tuple[tuple[int, int], ...]
    when: str | None
    directly: bool = False
    again: Recurring | None = None


def wanted(original: str, lexicon: Lexicon, *, now: datetime) -> Wanted:
    """Return when somebody wants to be reminded, and of what.

    Args:
        original: as typed, with its cases.
        lexicon: for the words that ask for it.
        now: aware.
    """
    text = _COMMAND.sub("", " ".join(original[:_MOST_READ].split()))
    lower = text.casefold()
    if (none := no_new(lower)) is not None:
        return Wanted(None, None, no_new=none)
    found = _found_in(_looked_at(text), now)
    if found is None:
        about = _rest(text, ((0, 0),), lexicon)
        return Wanted(None, about, doubt=_impossible(_looked_at(text), now))
    left = _left_over(text, found, lexicon, now)
    if left and (whole := _put_together(text, found, left, lexicon, now)) is not None:
        found, left = whole, _left_over(text, whole, lexicon, now)
    unclear = Unclear.SEVERAL if refuses(lower) else why(left)
    about = _rest(text, found.spans, lexicon)
    if (again := found.again) is not None:
        typed = text[again.start : again.end].strip()
        plain = Wanted(again.when, about, again.every, typed, unclear=unclear)
    else:
        plain = Wanted(found.when, about, directly=found.directly, unclear=unclear)
    if plain.when is None:
        return plain
    if either := halves(plain.when, now=now):
        return replace(plain, either=either)
    problem = problem_of(plain.when, now)
    return replace(plain, doubt=problem) if problem in _NEARLY else plain


def _looked_at(text: str) -> str:
    """Return the beginning of a text, without a word that is cut."""
    if len(text) <= LOOKED_AT:
        return text
    return text[:LOOKED_AT].rpartition(" ")[0] or text[:LOOKED_AT]


def _found_in(text: str, now: datetime) -> _Found | None:
    again = recurring(text, lambda part: _time_in(part, now))
    if again is not None:
        spans = ((again.start, again.end), *(() if again.ahead is None else (again.ahead,)))
        return _Found(tuple(sorted(spans)), again.when, again=again)
    direct = _asked_directly(text, now)
    span = direct or _time_in(text, now)
    if span is None:
        return None
    span = _widened(text, span, now)
    return _Found((span,), text[slice(*span)], directly=direct is not None)


def _widened(text: str, span: tuple[int, int], now: datetime) -> tuple[int, int]:
    """Return a time with what else of it the grammar takes: 北京时间, "the day after"."""
    start, end = span
    before, behind = _ALSO_BEFORE.search(text[:start]), _ALSO_BEHIND.match(text, end)
    wider = (before.start() if before else start, behind.end() if behind else end)
    return wider if wider != span and _is_time(text[slice(*wider)], now) else span


def _left_over(text: str, found: _Found, lexicon: Lexicon, now: datetime) -> tuple[Leftover, ...]:
    reading = None if found.when is None or found.again else reading_of(found.when, now)
    said = " ".join(text[slice(*span)] for span in found.spans).casefold()
    taken = Taken(
        spans=found.spans,
        reading=reading,
        directly=found.directly,
        dated=any(
            lexicon.times.kind_of(each) is Kind.DAY for each in lexicon.times.expressions(said)
        ),
    )
    return unaccounted(text, taken, lexicon.times, zones=lexicon.zones)


def _put_together(
    text: str, found: _Found, left: tuple[Leftover, ...], lexicon: Lexicon, now: datetime
) -> _Found | None:
    """Return a day and its hour as one time, where they stand apart: "on friday to x at 6pm".

    Only at the end of the sentence is the hour that of the day, and only at its beginning the day
    that of the hour; and not behind what has an hour of its own, such as a meeting.
    """
    if len(left) != 1 or len(found.spans) != 1 or found.again or found.when is None:
        return None
    (rest,), (start, end) = left, found.spans[0]
    if lexicon.times.joined(text[: rest.start].casefold()):
        return None
    if rest.kind is Kind.CLOCK and _HOUR_LAST.fullmatch(text, rest.end):
        lead = _AT_LAST.search(text[end : rest.start])
        if lead is None or _EVENT.search(text[end : rest.start].casefold()):
            return None
        place = (end + lead.start(), rest.end)
        whole = f"{found.when} {text[slice(*place)].strip()}"
    elif rest.kind is Kind.DAY and _DAY_FIRST.fullmatch(text, 0, rest.start):
        if not _ASKED_NEXT.fullmatch(text, rest.end, start):
            return None
        place = (0, rest.end)
        whole = f"{text[slice(*place)].strip()} {found.when}"
    else:
        return None
    if not _is_time(whole, now):
        return None
    return _Found(tuple(sorted((place, (start, end)))), whole, directly=found.directly)


def _impossible(text: str, now: datetime) -> Problem | None:
    """Return why a time that is asked for cannot be: "at 25:00", "yesterday"."""
    if _NO_HOUR.search(text):
        return Problem.IMPOSSIBLE
    if chinese := _ZH_BEFORE_ASKS.match(text):
        problem = _problem(chinese["when"], now)
        past = problem is Problem.PAST and _ZH_PAST.search(chinese["when"]) is not None
        return problem if problem in _NEVER or past else None
    tries = _MOST_REFUSED
    asks = _DIRECTLY_ANY.search(text)
    for word in _WORD.finditer(text):
        direct = asks is not None and word.start() == asks.end()
        if not direct and not _BEGINS.match(word[0].casefold()):
            continue
        for last in islice(_WORD.finditer(text, word.start()), _LONGEST):
            problem = _problem(text[word.start() : last.end()], now)
            alone = direct and _NO_MORE.match(text, last.end())
            if (
                problem in _NEVER
                or (direct and problem in _NOT_SO)
                or (alone and problem is Problem.VAGUE)
            ):
                return problem
            tries -= 1
        if tries <= 0:
            break
    return None


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
    return Problem.TOO_LONG if len(text) > MAX_CHARACTERS else problem_everywhere(text, now)


def _rest(text: str, spans: Sequence[tuple[int, int]], lexicon: Lexicon) -> str | None:
    """Return the text without the times and without the words that ask, or None."""
    rest = text
    for start, end in reversed(spans):
        rest = f"{rest[:start]} {rest[end:]}"
    rest = rest.strip(_EDGE)
    for _ in range(3):
        tokens = tokens_of(rest[:LOOKED_AT].casefold())
        hits = [hit for hit in lexicon.commands.longest(tokens[:6]) if hit.start == 0]
        if not hits:
            break
        cut = _after(rest, tokens, hits[0].end)
        rest = rest[cut:].strip(f"{_EDGE}:：")
    rest = _TO.sub("", _ASKED_LAST.sub("", _REMEMBER.sub("", rest)))
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
