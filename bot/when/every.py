"""What `every:` says: "day", "weekdays", "mon, thu", "6h"; 每天、工作日、每周一三五、每6小时."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum
from typing import Final, final
from zoneinfo import ZoneInfo

from bot.when import words
from bot.when.lengths import iso_length, length
from bot.when.reading import WhenError
from bot.when.recurrence import ALL_DAYS, WEEKDAYS, WEEKEND, EachLength, OnDays, Rule
from bot.when.text import plain_characters, tidy
from bot.when.tokens import Cursor, tokenize

SHORTEST: Final = timedelta(minutes=5)
"""More often, a reminder is noise, and a handful of them is a load."""
LONGEST: Final = timedelta(days=31)

_DAILY: Final = frozenset({
    "day", "daily", "everyday", "every day", "each day", "1 day", "1d", "天天", "每天", "每日",
    "每1天", "每一天",
})  # fmt: skip
_WEEKLY: Final = frozenset({
    "week", "weekly", "every week", "each week", "1 week", "1w", "7 days", "7d", "每周", "每星期",
    "每礼拜", "每个星期", "每个礼拜", "每1周", "每一周",
})  # fmt: skip
_ON_WEEKDAYS: Final = frozenset({
    "weekday", "weekdays", "workday", "workdays", "work day", "work days", "working day",
    "working days", "business day", "business days", "mon-fri", "monday-friday",
    "monday to friday", "mon to fri", "工作日", "个工作日", "上班日", "周一到周五", "周一至周五",
    "周一到五", "周一至五", "星期一到星期五", "星期一至星期五", "周一-周五",
})  # fmt: skip
_ON_WEEKENDS: Final = frozenset({"weekend", "weekends", "周末", "个周末", "双休日"})
_HOURLY: Final = frozenset({"hour", "hourly", "小时", "个小时", "钟头", "个钟头"})
_PREFIX: Final = re.compile(r"^(?:every\s+|each\s+|every(?=\d)|每隔(?!.*[天日周])|每)")
"""每隔一天 is every other day, which is no rule here; 每隔6小时 is every six hours."""
_ON: Final = re.compile(r"^on\s+(?:every\s+)?")
_BETWEEN: Final = re.compile(r"\s*(?:,\s*and\s+|\band\b|,|、|;|&|\+|/|和|与|及|\s)\s*")
_PLURALS: Final = {f"{word}s": day for word, day in words.WEEKDAYS.items() if word.endswith("day")}
_NAMES: Final = words.WEEKDAYS | _PLURALS
# 每周一三五: the days of one 周.
_ZH_DAYS: Final = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天][一二三四五六日天、,和]*)")
_ZH_DIGITS: Final = {digit: day for day, digit in enumerate("一二三四五六日")} | {"天": 6}
_FOREVER: Final = 10**9
"""Seconds: more than the longest, and small enough for a `timedelta`."""


class EveryProblem(Enum):
    """Why there is no rule: one sentence for the user each."""

    UNREADABLE = "unreadable"
    TOO_OFTEN = "too_often"
    TOO_RARE = "too_rare"


@final
class EveryError(ValueError):
    """The text is no rule that this reader is sure of."""

    def __init__(self, problem: EveryProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@final
@dataclass(frozen=True, slots=True)
class Every:
    """What was said, before it is known when it first comes."""

    days: frozenset[int] | None = None
    """Days of the week, Monday being 0; empty: that of the first time."""
    length: timedelta | None = None
    """Elapsed time from one to the next."""

    @property
    def needs_zone(self) -> bool:
        """Whether it means something else in another zone."""
        return self.length is None

    def starting(self, at: datetime, *, zone: ZoneInfo) -> tuple[Rule, datetime]:
        """Return the rule that goes on from `at`, and its first instant, which may be later.

        Days go on at the full minute: who said "in 2 h" at 14:19:24 means 16:19.
        """
        if self.length is not None:
            return EachLength(self.length, at), at.astimezone(UTC)
        local = at.astimezone(zone)
        clock = time(local.hour, local.minute)
        rule = OnDays(self.days or frozenset({local.weekday()}), clock)
        if local.weekday() in rule.days:
            return rule, at.astimezone(UTC)
        return rule, rule.next_after(at, zone)


def read_every(text: str) -> Every:
    """Return what the option says.

    Raises:
        EveryError: it is not understood, or comes too often or too rarely.
    """
    try:
        tidy(text)  # refuses what can do harm; it drops hyphens, which mean a range here
    except WhenError:
        raise EveryError(EveryProblem.UNREADABLE) from None
    whole = " ".join(plain_characters(text).split()).rstrip(".。")
    if whole in _DAILY:
        return Every(days=ALL_DAYS)
    if whole in _WEEKLY:
        return Every(days=frozenset())
    said = _ON.sub("", _PREFIX.sub("", whole))
    if days := _days(said):
        return Every(days=days)
    pause = timedelta(hours=1) if said in _HOURLY else _length(said)
    if pause < SHORTEST:
        raise EveryError(EveryProblem.TOO_OFTEN)
    if pause > LONGEST:
        raise EveryError(EveryProblem.TOO_RARE)
    return Every(length=pause)


def _days(said: str) -> frozenset[int] | None:
    if said in _ON_WEEKDAYS:
        return WEEKDAYS
    if said in _ON_WEEKENDS:
        return WEEKEND
    if found := _ZH_DAYS.fullmatch(said):
        return frozenset(_ZH_DIGITS[digit] for digit in found[1] if digit in _ZH_DIGITS)
    named = [_NAMES.get(each) for each in _BETWEEN.split(said)]
    if all(day is not None for day in named):
        return frozenset(day for day in named if day is not None)
    return None


def _length(said: str) -> timedelta:
    """Read a length in hours, minutes and seconds; "2 days" is neither 48 hours nor a weekday."""
    try:
        plain = tidy(said)
        cursor = Cursor(tokenize(plain))
        found = cursor.attempt(length)
        if found is None or not cursor.at_end:
            found = iso_length(plain)
        if found is None:
            raise EveryError(EveryProblem.UNREADABLE)
        found.check()
    except WhenError:
        raise EveryError(EveryProblem.UNREADABLE) from None
    if found.ambiguous or any(term.unit.of_days for term in found.terms):
        raise EveryError(EveryProblem.UNREADABLE)
    return timedelta(seconds=min(round(found.seconds), _FOREVER))
