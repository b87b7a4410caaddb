"""Lengths of time: 6h, an hour and a half, 1小时30分, PT6H."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from bot.when import words
from bot.when.numbers import number
from bot.when.reading import Problem, refuse
from bot.when.tokens import Cursor, Shape
from bot.when.words import Unit

_ISO: Final = re.compile(
    r"p(?=.)(?:(?P<YEAR>\d+)y)?(?:(?P<MONTH>\d+)m)?(?:(?P<WEEK>\d+)w)?(?:(?P<DAY>\d+)d)?"
    r"(?:t(?=.)(?:(?P<HOUR>\d+)h)?(?:(?P<MINUTE>\d+)m)?(?:(?P<SECOND>\d+)s)?)?",
    re.ASCII,
)
_FRACTIONS: Final = {written: Fraction(written) for written in ("1/2", "1/3", "2/3", "1/4", "3/4")}
"""Those of speech: 10/15 min are ten or fifteen."""
_MONTHS_OF_A_YEAR: Final = 12
_HALF_MONTH: Final = 15  # days: what 半个月 stands for in law and in use


@dataclass(frozen=True, slots=True)
class Term:
    """An amount of one unit."""

    amount: Fraction
    unit: Unit
    spelling: str = ""
    """The unit as it was written."""
    one: str = ""
    """How a single one was said: a, an, 一."""
    joined: bool = False
    """A word or a comma binds it to the term before it."""
    listed: bool = False
    """A comma alone stands before it."""
    said: str = ""
    """The amount as it was written, or the first word of it."""

    @property
    def days(self) -> Fraction:
        """About how many days it is, to tell the longer of two."""
        return self.amount * (Fraction(self.unit.seconds, 86_400) + 30 * self.unit.months)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in the terms it was written in."""

    terms: tuple[Term, ...]
    ambiguous: bool = False

    @property
    def months(self) -> int:
        """Calendar months, years included.

        Raises:
            WhenError: ``VAGUE`` where it is no whole number of months ("1.5 months").
        """
        months = sum((t.amount * t.unit.months for t in self.terms), Fraction())
        if months.denominator != 1:
            refuse(Problem.VAGUE)
        return months.numerator

    @property
    def seconds(self) -> Fraction:
        """Elapsed seconds beside the months; a day is 24 hours."""
        return sum((t.amount * t.unit.seconds for t in self.terms), Fraction())

    @property
    def of_days(self) -> bool:
        """Whether it is a whole number of days, so that a time of day can stand beside it."""
        return all(term.unit.of_days for term in self.terms) and self.seconds % 86_400 == 0

    @property
    def like_a_rate(self) -> bool:
        """Whether it may say how much in each: 一天六小时 (but 一天六小时后 is a length)."""
        first, *others = self.terms
        return bool(others) and first.one == "一" and first.unit.of_days and not others[0].joined

    @property
    def like_a_clock(self) -> bool:
        """Whether it may be a time of day as soldiers say it: 1700 hours."""
        first = self.terms[0]
        if len(self.terms) > 1 or first.unit is not Unit.HOUR or not first.spelling.isascii():
            return False
        figures = first.said
        return len(figures) == 4 and figures.isdigit() and figures <= "2400" and figures[2] < "6"

    @property
    def some_days(self) -> bool:
        """Whether it may be no exact length after 过: 过两天 is one of these days."""
        first = self.terms[0]
        return len(self.terms) == 1 and first.unit is Unit.DAY and first.said in words.ZH_TWO

    def check(self) -> None:
        """Refuse what cannot be meant, or can be meant in two ways.

        Raises:
            WhenError: ``RECURRING`` (6h a day), ``SEVERAL`` (1h 2h; "10 min, 1 h", which is a
                list) or ``AMBIGUOUS_UNIT`` (1y2m and 2m3d, written by many for months).
        """
        units = [term.unit for term in self.terms]
        if any(
            after.one in words.ARTICLES and not after.joined and before.unit < after.unit
            for before, after in pairwise(self.terms)
        ):
            refuse(Problem.RECURRING)
        if len(set(units)) < len(units):
            refuse(Problem.SEVERAL)
        pairs = pairwise(self.terms)
        if any(after.listed and before.days <= after.days for before, after in pairs):
            refuse(Problem.SEVERAL)
        bare_m = any(term.spelling == "m" for term in self.terms)
        beside_years = bare_m and Unit.YEAR in units and Unit.HOUR not in units
        before_days = any(
            before.spelling == "m"
            and before.amount <= _MONTHS_OF_A_YEAR
            and after.unit in {Unit.DAY, Unit.WEEK}
            for before, after in pairwise(self.terms)
        )
        if beside_years or before_days:
            refuse(Problem.AMBIGUOUS_UNIT, word="m")


def iso_length(text: str) -> Length | None:
    """Read an ISO 8601 duration: PT6H, P1DT12H, P2W."""
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    return Length(
        tuple(Term(Fraction(v), Unit[name]) for name, v in found.groupdict().items() if v)
    )


def clock_like(cursor: Cursor) -> Length | None:
    """Take h:mm, h:mm:ss or d:hh:mm:ss; the first may also be a clock time.

    Raises:
        WhenError: ``IMPOSSIBLE`` for 24:00 and more alone.
    """
    token = cursor.take(Shape.COLONS)
    if token is None:
        return None
    fields = token.text.split(":")
    if len(fields) > 4 or ("." in token.text and len(fields) == 2):
        return None
    units = {
        2: (Unit.HOUR, Unit.MINUTE),
        3: (Unit.HOUR, Unit.MINUTE, Unit.SECOND),
        4: (Unit.DAY, Unit.HOUR, Unit.MINUTE, Unit.SECOND),
    }[len(fields)]
    if len(fields) == 2 and (len(fields[0]) > 2 or int(fields[0]) >= 24):
        if cursor.at_end:  # a length, or a slip of a clock time: nobody knows
            refuse(Problem.IMPOSSIBLE)
        return None
    caps = {Unit.HOUR: 24, Unit.MINUTE: 60, Unit.SECOND: 60}
    for field, unit in list(zip(fields, units, strict=True))[1:]:
        if len(field.partition(".")[0]) != 2 or Fraction(field) >= caps[unit]:
            return None
    terms = tuple(Term(Fraction(f), u) for f, u in zip(fields, units, strict=True))
    hours_said = len(fields) == 2 and cursor.word(words.HOURS)
    if hours_said and (int(fields[0]) >= 13 or _is_shown(fields)):
        return None
    return Length(terms, ambiguous=len(fields) == 2 and not hours_said)


def _is_shown(fields: list[str]) -> bool:
    """Whether a clock shows it, as in 09:30 hrs or 10:00 hrs: nobody measures in such figures."""
    hours, minutes = fields
    return minutes == "00" or (len(hours) == 2 and hours[0] == "0")


def timed_days(cursor: Cursor) -> Length | None:
    """Take "2 days, 4:13:02", as Python prints it; with h:mm it could be a clock time."""
    days = cursor.attempt(_term)
    if days is None or days.unit is not Unit.DAY:
        return None
    cursor.word(words.COMMA)
    rest = cursor.attempt(clock_like)
    if rest is None or len(rest.terms) != 3 or rest.terms[0].amount >= 24:
        return None
    return Length((days, *rest.terms))


def length(cursor: Cursor) -> Length | None:
    """Take one or more terms, joined or side by side."""
    first = cursor.attempt(_first_terms)
    if first is None:
        return None
    terms = list(first.terms)
    while len(terms) <= len(Unit) and (more := cursor.attempt(_joined_term)):
        terms.append(more)
    open_hour = False
    if minutes := cursor.attempt(_loose_minutes(terms[-1])):
        open_hour = len(terms) == 1 and 13 <= terms[0].amount <= 23  # 21h30 is a clock's, in Paris
        terms.append(minutes)
    return replace(first, terms=tuple(terms), ambiguous=first.ambiguous or open_hour)


def lone_unit(cursor: Cursor) -> Length | None:
    """Take the hour of "hour from now"; "decades from now" is no length."""
    if multiple := cursor.lookup(words.SINGLE_MULTIPLES):
        return Length((Term(Fraction(multiple[0]), multiple[1]),))
    unit = cursor.lookup(words.SINGLE_UNITS)
    return Length((Term(Fraction(1), unit),)) if unit else None


def counted_days(cursor: Cursor) -> Length | None:
    """Take 5日, which is a length only where 后 or 内 follows."""
    amount = number(cursor)
    if amount is None or not cursor.word(words.ZH_DAYS_COUNTED):
        return None
    return Length((Term(amount, Unit.DAY),))


def _first_terms(cursor: Cursor) -> Length | None:
    """Take the first term, which may be a phrase of its own: a couple of days."""
    if cursor.word(words.COUPLES):
        unit = cursor.lookup(words.UNITS)
        return Length((Term(Fraction(2), unit),), ambiguous=True) if unit else None
    if compound := cursor.attempt(_half_month):
        return compound
    term = cursor.attempt(_hour_and_a_half) or _any_term(cursor)
    return Length((term,)) if term else None


def _hour_and_a_half(cursor: Cursor) -> Term | None:
    unit = cursor.lookup(words.UNITS)
    extra = cursor.lookup(words.EXTRAS)
    return Term(1 + extra, unit) if unit and extra else None


def _any_term(cursor: Cursor) -> Term | None:
    return (
        cursor.attempt(_fraction_term)
        or cursor.attempt(_minute_and_a_half)
        or cursor.attempt(_term)
    )


def _half_month(cursor: Cursor) -> Length | None:
    """Take 半个月 (15 days) or 一个半月 (a month and 15 days)."""
    whole = cursor.attempt(number)
    if whole is not None and not (whole.denominator == 1 and cursor.word(words.CLASSIFIER)):
        return None
    if not cursor.word(words.ZH_HALF):
        return None
    if whole is None and not cursor.word(words.CLASSIFIER):
        return None
    if not cursor.word(words.ZH_MONTH):
        return None
    half = Term(Fraction(_HALF_MONTH), Unit.DAY)
    return Length((half,) if whole is None else (Term(whole, Unit.MONTH), half), ambiguous=True)


def _joined_term(cursor: Cursor) -> Term | None:
    following = cursor.peek()
    joined = following is not None and following.text.startswith("零")  # 一天零五分
    comma = cursor.word(words.COMMA)
    bound = cursor.word(words.JOINERS | words.ZERO)
    term = _any_term(cursor)
    joined = joined or comma or bound
    return replace(term, joined=joined, listed=comma and not bound) if term else None


def _fraction_term(cursor: Cursor) -> Term | None:
    """Take half an hour, three quarters of an hour, 半个小时, 1/2 hour."""
    classified = False
    if cursor.word(words.HALVES):
        amount = Fraction(1, 2)
        classified = cursor.word(words.CLASSIFIER)
    elif (amount := cursor.lookup(words.QUARTERS)) is None:
        cursor.word(words.ARTICLES)
        amount = cursor.attempt(_proper_fraction)
        of = cursor.word(words.OF_A) or cursor.word(words.ARTICLES)
        following = cursor.peek()
        singular = following is not None and following.text in words.SINGLE_UNITS
        if amount is not None and amount > Fraction(1, 2) and not (of or singular):
            return None  # 3/4 hours may be three or four of them
        if following and following.text in words.PLURAL_UNITS:
            return None
    unit = cursor.attempt(_classified_unit if classified else _unit)
    if amount is None or unit is None:
        return None
    return Term(amount * unit.amount, unit.unit)


def _term(cursor: Cursor) -> Term | None:
    """Take an amount and its unit: 6h, an hour, 两个半小时, 1 1/2 hours, two hours and a half."""
    said = cursor.peek()
    written = said.text if said else ""
    one = written if written in words.SINGLE else ""
    amount = cursor.attempt(number)
    if amount is None and cursor.word(words.ARTICLES):
        amount = Fraction(1)
    if amount is None:
        return None
    cursor.word(words.MORE)
    classified = cursor.word(words.CLASSIFIER) or (said and said.text in words.ZH_FUSED)
    whole = amount.denominator == 1
    extra = None
    if whole and one not in words.ARTICLES:
        rule = _half if classified else _extra
        in_han = said is not None and said.shape is Shape.NUMERAL  # 15点三个小时后 names two times
        extra = cursor.attempt(rule) or (cursor.attempt(_spoken_decimal) if in_han else None)
    unit = cursor.attempt(_classified_unit if classified else _unit)
    if unit is None or (classified and extra and unit.spelling in words.ZH_WHOLE):
        return None
    if extra is None and whole:
        extra = cursor.lookup(words.EXTRAS)
    total = (amount + (extra or 0)) * unit.amount
    return Term(total, unit.unit, unit.spelling, one, said="" if extra else written)


def _half(cursor: Cursor) -> Fraction | None:
    """Take the 半 of 两个半小时."""
    return Fraction(1, 2) if cursor.word(words.ZH_HALF) else None


def _extra(cursor: Cursor) -> Fraction | None:
    """Take the rest of 1 1/2, 1 and 1/2, "one and a half"; 一半小时 may be half of one."""
    following = cursor.peek()
    if following and following.text in words.ZH_HALF:
        return None
    extra = cursor.lookup(words.EXTRAS)
    if extra is None:
        cursor.word(words.AND)
        extra = _proper_fraction(cursor)
    return extra


def _minute_and_a_half(cursor: Cursor) -> Term | None:
    """Take 一分半钟, where the unit stands around the half."""
    amount = number(cursor)
    halved = amount and cursor.word(words.ZH_MINUTE) and cursor.word(words.ZH_HALF)
    cursor.word(words.ZH_CLOCK)
    return Term(amount + Fraction(1, 2), Unit.MINUTE) if amount and halved else None


def _spoken_decimal(cursor: Cursor) -> Fraction | None:
    """Take 点五 of 一点五小时. Before 分 it would be a clock time, so hours and days only."""
    if not cursor.word(frozenset({"点"})):
        return None
    token = cursor.take(Shape.NUMERAL)
    unit = cursor.peek()
    if token is None or len(token.text) != 1 or token.text not in "一二三四五六七八九":
        return None
    if unit is None or unit.text not in {"个", "小时", "天", "钟头"}:
        return None
    cursor.word(words.CLASSIFIER)
    return Fraction("一二三四五六七八九".index(token.text) + 1, 10)


def _proper_fraction(cursor: Cursor) -> Fraction | None:
    token = cursor.take(Shape.SLASH)
    if token is None:
        return None
    return _FRACTIONS.get(token.text)


def _unit(cursor: Cursor) -> Term | None:
    token = cursor.peek()
    if multiple := cursor.lookup(words.MULTIPLES):
        return Term(Fraction(multiple[0]), multiple[1])
    unit = cursor.lookup(words.UNITS)
    return Term(Fraction(1), unit, token.text) if unit and token else None


def _classified_unit(cursor: Cursor) -> Term | None:
    unit = cursor.lookup(words.CLASSIFIED_UNITS)
    return Term(Fraction(1), unit) if unit else cursor.attempt(_unit)


def _loose_minutes(last: Term) -> Callable[[Cursor], Term | None]:
    """Return the rule for 1h30: two digits after hours are minutes, after minutes seconds.

    Spelled numbers, from ten on, are minutes only: two hours twenty.
    """
    smaller = {Unit.HOUR: Unit.MINUTE, Unit.MINUTE: Unit.SECOND}.get(last.unit)

    def rule(cursor: Cursor) -> Term | None:
        if smaller is None or last.amount.denominator != 1:
            return None
        token = cursor.take(Shape.NUMBER)
        if token is None:
            spelled = number(cursor)
            fits = smaller is Unit.MINUTE and spelled is not None and 10 < spelled < 60
            return Term(spelled, smaller) if spelled is not None and fits else None
        if len(token.text) != 2 or not token.text.isdigit() or int(token.text) > 59:
            return None
        if smaller is Unit.SECOND and not token.glued:
            return None
        return Term(Fraction(int(token.text)), smaller)

    return rule
