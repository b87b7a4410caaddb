"""Words of time beside the time that was read: whether they make another instant of it.

The grammar of times takes one expression whole; what it cannot take would end up in the purpose,
and the reminder at a wrong instant: "at 6pm EST", "in 2 hours, no, 3 hours". So whatever else
speaks of time has to be accounted for, and what is not makes the time unclear.
"""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, final

from bot.ask.timewords import INSIDE, MARK, Kind, TimeWords
from bot.when import Kind as ReadKind
from bot.when import Reading

_LONGEST_NAME: Final = 8
"""Characters of a zone's name that may stand before a time."""
_DEEPEST: Final = 2
"""Characters at the end of such a name that may be taken for the beginning of the time."""
_NEAR: Final = 48
"""Characters that are looked at on either side of an expression."""


class Unclear(StrEnum):
    """Why a time that was found may not be the one that is meant."""

    ZONE = "zone"
    SEVERAL = "several"
    """Another time, a correction or an alternative stands beside it."""


@final
@dataclass(frozen=True, slots=True)
class Leftover:
    """An expression of time beside the one that was read."""

    kind: Kind
    start: int
    end: int
    """Its place in the text."""


@final
@dataclass(frozen=True, slots=True)
class Taken:
    """The time that was read, and where it stands."""

    spans: tuple[tuple[int, int], ...]
    reading: Reading | None
    """None where the hour or the date is doubtful, or where it comes again."""
    directly: bool
    """Whether it stands beside the words that ask."""
    dated: bool
    """Whether it says the day."""

    @property
    def by_clock(self) -> bool:
        """Whether it means something else in another zone, or may."""
        return self.reading is None or self.reading.kind is not ReadKind.DURATION

    @property
    def whole(self) -> bool:
        """Whether it needs no more: a day with its hour, or hours from now."""
        clocked = self.reading is not None and self.reading.kind is ReadKind.TIME
        return self.short_length or (self.dated and clocked)

    @property
    def short_length(self) -> bool:
        """Whether it is one from now in hours or less: no day and no hour can belong to it."""
        if self.by_clock or self.reading is None:
            return False
        units = {unit for unit, _ in self.reading.parts}
        return bool(units) and units <= {"hour", "minute", "second"}


def unaccounted(
    text: str, taken: Taken, words: TimeWords, *, zones: AbstractSet[str]
) -> tuple[Leftover, ...]:
    """Return what speaks of time beside what was read, and may change it.

    Args:
        text: on one line, with its cases; spaces joined.
        taken: the time that was read.
        words: the expressions of time.
        zones: what zones are called, in lower case.
    """
    masked = _masked(text, taken.spans)
    lower = masked.casefold() if len(masked.casefold()) == len(masked) else masked
    found: list[Leftover] = []
    if taken.by_clock:
        found += _zoned(masked, lower, words, zones)
        found += _straddling(text, taken.spans, zones)
    expressions = [each for each in words.expressions(lower) if not _quoted(lower, each.start())]
    told = _context_end(lower, [each.span() for each in expressions], taken, words)
    purpose = words.purpose_start(lower)
    for each in expressions:
        kind = words.kind_of(each)
        if not _excused(kind, each, taken, words, told=told, purpose=purpose):
            found.append(Leftover(kind, *each.span()))
    found += [
        Leftover(Kind.OTHER, *each.span())
        for each in words.signs(lower)
        if not _quoted(lower, each.start())
    ]
    if words.is_bound(lower, length=not taken.by_clock):
        found.append(Leftover(Kind.OTHER, *taken.spans[0]))
    return tuple(sorted(found, key=lambda each: each.start))


def why(found: Iterable[Leftover]) -> Unclear | None:
    """Return what to say of leftovers; None where there are none."""
    kinds = {each.kind for each in found}
    if not kinds:
        return None
    return Unclear.ZONE if kinds == {Kind.ZONE} else Unclear.SEVERAL


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with marks over what was read; places stay what they are."""
    masked = text
    for start, end in spans:
        over = (MARK + INSIDE * (end - start - 2) + MARK)[: end - start]
        masked = masked[:start] + over + masked[end:]
    return masked


def _zoned(
    masked: str, lower: str, words: TimeWords, zones: AbstractSet[str]
) -> Iterable[Leftover]:
    for each in words.zones(masked, lower, called=zones):
        if not _quoted(lower, each[0]):
            yield Leftover(Kind.ZONE, *each)


def _straddling(
    text: str, spans: Iterable[tuple[int, int]], zones: AbstractSet[str]
) -> Iterable[Leftover]:
    """Yield Chinese names that reach into the time: 胡志明晚上8点 is no evening of tomorrow."""
    for start, _ in spans:
        for first in range(max(start - _LONGEST_NAME, 0), start):
            for last in range(start + 1, start + _DEEPEST + 1):
                if text[first:last] in zones:
                    yield Leftover(Kind.ZONE, first, last)


def _quoted(lower: str, place: int) -> bool:
    """Say whether a place is between quotation marks: somebody's words, and no time of this."""
    before = lower[:place]
    return (
        (before.count('"') % 2 == 1 and '"' in lower[place:])
        or before.count("“") > before.count("”")
        or before.count("「") > before.count("」")
    )


def _context_end(
    lower: str, places: Iterable[tuple[int, int]], taken: Taken, words: TimeWords
) -> int:
    """Return where what was told before the wish ends; 0 where nothing but times was.

    "kaggle resets saturday, remind me friday at 6pm" tells of saturday; "tomorrow, remind me at 9"
    does not.
    """
    if not taken.directly:
        return 0
    end = words.clause_start(lower, taken.spans[0][0])
    context = lower[:end]
    for start, stop in places:
        context = context[:start] + " " * (min(stop, end) - start) + context[stop:]
    return end if words.tells(context) else 0


def _excused(
    kind: Kind,
    match: re.Match[str],
    taken: Taken,
    words: TimeWords,
    *,
    told: int,
    purpose: int,
) -> bool:
    """Say whether an expression belongs to what is told, up to `told`, or to the purpose."""
    (start, end), lower = match.span(), match.string
    before, after = lower[max(start - _NEAR, 0) : start], lower[end : end + _NEAR]
    if words.joined(before):
        return False
    if end <= told:
        other_day = kind is Kind.DAY and not (taken.dated or taken.short_length)
        return kind is not Kind.REPEAT and not other_day
    if start < purpose:
        return False
    if kind is Kind.REPEAT:
        return words.attributive(before, after)
    if taken.whole and taken.directly and kind is not Kind.LENGTH:
        return True
    return words.of_purpose(before, after, length=kind is Kind.LENGTH)
