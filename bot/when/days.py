"""Days: tomorrow, next friday, 1 December, 下周一, 12月1号."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Protocol

from bot.when.reading import Problem, refuse
from bot.when.words import End

YEARS_AHEAD = 9
"""How far a date without a year is looked for: 29 February can be eight years away."""


class Day(Protocol):
    """Something that names a day."""

    def dates(self, today: date) -> Iterator[date]:
        """Yield the dates it can mean, the nearest first; the first that lies ahead counts.

        Raises:
            WhenError: ``IMPOSSIBLE``, ``PAST``, ``TOO_FAR`` or ``AMBIGUOUS_DATE``.
        """
        ...

    def ambiguous(self, today: date) -> bool:
        """Whether people differ about which day is meant."""
        ...


class _Certain:
    def ambiguous(self, today: date) -> bool:  # noqa: ARG002
        """Whether people differ about which day is meant."""
        return False


@dataclass(frozen=True, slots=True)
class Ahead(_Certain):
    """A number of days (and months) from today: tomorrow, in two weeks."""

    days: int
    months: int = 0

    def dates(self, today: date) -> Iterator[date]:
        """Yield the one date."""
        yield add_months(today, self.months) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, alone: the coming one, today's while it is still ahead."""

    index: int

    def dates(self, today: date) -> Iterator[date]:
        """Yield the coming one and the one after it."""
        coming = today + timedelta(days=(self.index - today.weekday()) % 7)
        yield coming
        yield coming + timedelta(days=7)

    def ambiguous(self, today: date) -> bool:
        """On that very day it can mean today or in a week."""
        return self.index == today.weekday()


@dataclass(frozen=True, slots=True)
class WeekdayOf:
    """A weekday of this week or a later one; weeks begin on Monday (ISO 8601)."""

    index: int
    weeks: int
    debated: bool = False
    """English "next Friday": some mean the coming one. 下周五 and "Friday next week" are clear."""

    def dates(self, today: date) -> Iterator[date]:
        """Yield the one date."""
        monday = today - timedelta(days=today.weekday())
        yield monday + timedelta(days=7 * self.weeks + self.index)

    def ambiguous(self, today: date) -> bool:
        """Whether the coming day of that name is another one."""
        return self.debated and self.index > today.weekday()


@dataclass(frozen=True, slots=True)
class ThisWeekday(_Certain):
    """English "this Friday"; "this Monday" on a Wednesday is refused: it may be past or coming."""

    index: int

    def dates(self, today: date) -> Iterator[date]:
        """Yield the one date."""
        if self.index < today.weekday():
            refuse(Problem.AMBIGUOUS_DATE)
        yield today + timedelta(days=self.index - today.weekday())


@dataclass(frozen=True, slots=True)
class DayOfMonth(_Certain):
    """A day of a month that is named, counted from this one, or neither; with or without year."""

    day: int
    month: int | None = None
    year: int | None = None
    months_ahead: int | None = None
    years_ahead: int | None = None
    like_a_length: bool = False
    """Alone it may be a number of days: 三日."""

    def dates(self, today: date) -> Iterator[date]:
        """Yield the dates that exist, this month's or this year's first."""
        found = False
        for year, month in self._months(today):
            if year > MAXYEAR:
                refuse(Problem.TOO_FAR)
            if 1 <= month <= 12 and 1 <= self.day <= monthrange(year, month)[1]:
                found = True
                yield date(year, month, self.day)
        if not found:
            refuse(Problem.IMPOSSIBLE)

    def fits(self, day: date, today: date) -> bool:
        """Whether this can be said of ``day``, which may lie behind."""
        shifted = add_months(today.replace(day=1), self.months_ahead or 0)
        return (
            day.day == self.day
            and self.month in (None, day.month)
            and self.year in (None, day.year)
            and (self.months_ahead is None or day.replace(day=1) == shifted)
            and (self.years_ahead is None or day.year == today.year + self.years_ahead)
        )

    def _months(self, today: date) -> Iterator[tuple[int, int]]:
        if self.months_ahead is not None or self.month is None:
            first = self.months_ahead or 0
            only = self.months_ahead is not None
            for ahead in range(first, first + (1 if only else 12)):
                shifted = add_months(today.replace(day=1), ahead)
                yield shifted.year, shifted.month
        elif self.year is not None or self.years_ahead is not None:
            year = self.year if self.year is not None else today.year + (self.years_ahead or 0)
            if year > today.year + YEARS_AHEAD + 1:
                refuse(Problem.TOO_FAR)
            if year < max(MINYEAR, today.year - 1):  # the year before may still run in another zone
                refuse(Problem.PAST)
            yield year, self.month
        else:
            for year in range(today.year, today.year + YEARS_AHEAD):
                yield year, self.month


@dataclass(frozen=True, slots=True)
class EitherOrder(_Certain):
    """Day and month in an order that nobody knows: 12/24 has one reading, 5/6 two."""

    first: int
    second: int
    year: int | None = None

    def dates(self, today: date) -> Iterator[date]:
        """Yield the dates of the only order that makes one."""
        yield from self.in_order().dates(today)

    def in_order(self) -> DayOfMonth:
        """Return the only order that makes a date.

        Raises:
            WhenError: ``AMBIGUOUS_DATE`` where both orders do.
        """
        if self.first != self.second and max(self.first, self.second) <= 12:
            refuse(Problem.AMBIGUOUS_DATE)
        day, month = max(self.first, self.second), min(self.first, self.second)
        return DayOfMonth(day, month, self.year)


@dataclass(frozen=True, slots=True)
class EndOf(_Certain):
    """The last day of the running month or year, or today."""

    end: End

    def dates(self, today: date) -> Iterator[date]:
        """Yield the one date."""
        match self.end:
            case End.DAY:
                yield today
            case End.MONTH | End.NEXT_MONTH:
                month = add_months(today.replace(day=1), int(self.end is End.NEXT_MONTH))
                yield month.replace(day=monthrange(month.year, month.month)[1])
            case End.YEAR:
                yield date(today.year, 12, 31)


@dataclass(frozen=True, slots=True)
class EndOfMonth(_Certain):
    """The last day of a month that is named."""

    month: int

    def dates(self, today: date) -> Iterator[date]:
        """Yield this year's and the next year's."""
        for year in (today.year, today.year + 1):
            yield date(year, self.month, monthrange(year, self.month)[1])


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or the last one where the month is shorter.

    Raises:
        WhenError: ``TOO_FAR`` outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        refuse(Problem.TOO_FAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
