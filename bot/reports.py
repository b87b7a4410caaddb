"""Reports of wrong facts: bounded, stored, read by the operator."""

from datetime import timedelta
from typing import Final, final

from bot.clock import Clock
from bot.speech.neutral import in_one_line
from bot.store.reports import ReportRepository

DAY: Final = timedelta(days=1)
MOST_A_DAY: Final = 5
MOST_OPEN: Final = 500
"""Of all users: more than an operator reads, and nothing that fills a disk."""
LONGEST: Final = 500


class TooManyReportsError(Exception):
    """The user has reported enough for a day, or nobody reads the reports."""


class EmptyReportError(Exception):
    """Nothing of what was typed can be seen."""


@final
class CatalogReports:
    """Takes reports in."""

    def __init__(self, *, shelf: ReportRepository, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock

    async def add(self, *, user_id: int, offer_id: str, wrong: str, source: str) -> int:
        """Store a report, and return its number.

        What can't be seen is taken out: an operator reads the texts in a terminal.

        Raises:
            EmptyReportError: nothing is left of what is wrong.
            TooManyReportsError: there are enough of them.
        """
        seen = in_one_line(wrong)[:LONGEST]
        if not seen:
            raise EmptyReportError
        number = await self._shelf.add(
            user_id=user_id,
            offer_id=offer_id,
            wrong=seen,
            source=in_one_line(source)[:LONGEST] or None,
            since=self._clock.now() - DAY,
            most=MOST_A_DAY,
            most_open=MOST_OPEN,
        )
        if number is None:
            raise TooManyReportsError
        return number
