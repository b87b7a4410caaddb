"""How a day is named: the rules that read tokens into `days`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.when import words
from bot.when.days import (
    Ahead,
    Day,
    DayOfMonth,
    EitherOrder,
    EndOf,
    EndOfMonth,
    ThisWeekday,
    Weekday,
    WeekdayOf,
)
from bot.when.numbers import integer
from bot.when.tokens import Cursor, Shape


def day_named(cursor: Cursor) -> Day | None:
    """Take the name of a day."""
    for rule in _RULES:
        if day := cursor.attempt(rule):
            return day
    return None


def _relative(cursor: Cursor) -> Day | None:
    days = cursor.lookup(words.DAYS)
    return None if days is None else Ahead(days)


def _end_of_month(cursor: Cursor) -> Day | None:
    """Take "end of october", 10月底."""
    if cursor.word(words.END_OF):
        month = cursor.lookup(words.MONTHS)
    else:
        month = _place_in_order(cursor)
        if not cursor.word(words.ZH_MONTH_END):
            return None
    return EndOfMonth(month) if month and 1 <= month <= 12 else None


def _end(cursor: Cursor) -> Day | None:
    end = cursor.lookup(words.ENDS)
    return EndOf(end) if end else None


def _weekday(cursor: Cursor) -> Day | None:
    """Take friday, this friday, next friday, last friday, friday (of) next week."""
    if cursor.word(words.NEXT):
        index = cursor.lookup(words.WEEKDAYS)
        return None if index is None else WeekdayOf(index, weeks=1, debated=True)
    if cursor.word(words.LAST):
        index = cursor.lookup(words.WEEKDAYS)
        return None if index is None else WeekdayOf(index, weeks=-1, debated=True)
    if cursor.word(words.COMING):
        index = cursor.lookup(words.WEEKDAYS)
        return None if index is None else Weekday(index)
    if cursor.word(words.THIS):
        index = cursor.lookup(words.WEEKDAYS)
        return None if index is None else ThisWeekday(index)
    index = cursor.lookup(words.WEEKDAYS)
    if index is None:
        return None
    weeks = cursor.lookup(words.WEEKS_AHEAD | words.OF_WEEKS_AHEAD)
    return Weekday(index) if weeks is None else WeekdayOf(index, weeks)


def _week_then_weekday(cursor: Cursor) -> Day | None:
    """Take 下周五, 下个星期五, "next week friday"."""
    weeks = cursor.lookup(words.ZH_WEEKS_AHEAD)
    if weeks is None:
        weeks = cursor.lookup(words.WEEKS_AHEAD)
        cursor.word(words.ON)
    index = cursor.lookup(words.WEEKDAYS)
    return None if weeks is None or index is None else WeekdayOf(index, weeks)


def _figures(cursor: Cursor) -> Day | None:
    """Take 2026-12-01, 2026/12/1, 24.12.2026, 12/24."""
    if token := cursor.take(Shape.DATE):
        year, month, day = map(int, _split(token.text))
        return DayOfMonth(day, month, year)
    if token := cursor.take(Shape.DATE_LAST):
        first, second, year = map(int, _split(token.text))
        return EitherOrder(first, second, year)
    if (token := cursor.take(Shape.SLASH)) and token.text != _ALWAYS:
        first, second = map(int, token.text.split("/"))
        return EitherOrder(first, second)
    return None


def _split(figures: str) -> list[str]:
    return figures.replace("/", "-").replace(".", "-").split("-")


def _month_first(cursor: Cursor) -> Day | None:
    """Take Dec 1, December 1st, 2026."""
    month = cursor.lookup(words.MONTHS)
    day = None if month is None else cursor.attempt(_ordinal) or cursor.attempt(integer)
    if month is None or day is None:
        return None
    return DayOfMonth(day, month, cursor.attempt(_year))


def _day_first(cursor: Cursor) -> Day | None:
    """Take 1 Dec, the 1st of December 2026, the 5th, the 5th of next month."""
    first = cursor.peek()
    ordinal = cursor.attempt(_ordinal)
    day = ordinal or integer(cursor)
    if day is None:
        return None
    if ordinal and (ahead := cursor.lookup(words.MONTHS_AHEAD)) is not None:
        return DayOfMonth(day, months_ahead=ahead)
    of = cursor.word(words.OF)
    month = cursor.lookup(words.MONTHS)
    if month is not None:
        return DayOfMonth(day, month, cursor.attempt(_year))
    in_figures = first is not None and first.shape is Shape.NUMBER  # "first" alone is no day
    return DayOfMonth(day) if ordinal and in_figures and not of else None


def _ordinal(cursor: Cursor) -> int | None:
    """Take 1st, first, twenty-fifth."""
    if tens := cursor.lookup(words.TENS):
        ones = cursor.lookup(words.ORDINAL_WORDS)
        return tens + ones if ones and ones < 10 else None
    if day := cursor.lookup(words.ORDINAL_WORDS):
        return None if _counts_weekdays(cursor, day) else day
    day = integer(cursor)
    suffix = cursor.peek()
    if day is None or not cursor.word(words.ORDINALS, glued=True):
        return None
    # Learners write 3th, which is clear; 3st may be a slip of the 1st, the 3rd or the 31st.
    if _counts_weekdays(cursor, day):
        return None
    return day if suffix and suffix.text in {"th", _suffix(day)} else None


def _counts_weekdays(cursor: Cursor, ordinal: int) -> bool:
    """Whether "3rd thursday" follows, which may be the third one of its month."""
    weekday_next = cursor.follows(lambda place: place.lookup(words.WEEKDAYS))
    return ordinal <= _WEEKS_OF_A_MONTH and weekday_next


def _suffix(day: int) -> str:
    return "th" if day // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _year(cursor: Cursor) -> int | None:
    cursor.word(words.COMMA)
    token = cursor.take(Shape.NUMBER)
    return int(token.text) if token and len(token.text) == 4 and token.text.isdigit() else None


def _han_month_day(cursor: Cursor) -> Day | None:
    """Take 12月1号, 2026年12月1日, 明年3月1日."""
    year, ahead = cursor.attempt(_han_year), cursor.lookup(words.ZH_YEARS_AHEAD)
    month = _place_in_order(cursor)
    if month is None or not cursor.word(words.ZH_MONTH):
        return None
    day = _place_in_order(cursor)
    if day is None or not cursor.word(words.ZH_DAY) or (year and ahead is not None):
        return None
    return DayOfMonth(day, month, year, years_ahead=ahead)


def _han_year(cursor: Cursor) -> int | None:
    year = integer(cursor)
    full = year is not None and 1000 <= year <= 9999
    return year if full and cursor.word(words.ZH_YEAR) else None


def _han_day(cursor: Cursor) -> Day | None:
    """Take 5号, 下个月5号, 本月30日."""
    ahead = cursor.lookup(words.ZH_MONTHS_AHEAD)
    cursor.word(words.DE)
    day = _place_in_order(cursor)
    counted = cursor.follows(lambda place: place.word(words.ZH_DAYS_COUNTED) or None)
    if day is None or not cursor.word(words.ZH_DAY):
        return None
    like_a_length = counted and ahead is None and day <= _DAYS_STILL_COUNTED
    return DayOfMonth(day, months_ahead=ahead, like_a_length=like_a_length)


def _place_in_order(cursor: Cursor) -> int | None:
    """Take a number that can say which one, not only how many."""
    token = cursor.peek()
    counting = token is not None and not words.ZH_COUNTING.isdisjoint(token.text)
    return None if counting else integer(cursor)


_ALWAYS: Final = "24/7"
_WEEKS_OF_A_MONTH: Final = 5
_DAYS_STILL_COUNTED: Final = 10
"""Up to 十日 it is as often a length; beyond, whoever counts days says 天."""
_RULES: Final[tuple[Callable[[Cursor], Day | None], ...]] = (
    _relative,
    _end,
    _end_of_month,
    _week_then_weekday,
    _weekday,
    _figures,
    _month_first,
    _day_first,
    _han_month_day,
    _han_day,
)
