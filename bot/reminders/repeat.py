"""How a reminder that repeats, and one in quiet hours, is planned: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, final
from zoneinfo import ZoneInfo

from bot.reminders.errors import EndsBeforeFirst
from bot.reminders.models import PlannedOccurrence
from bot.when.every import Every
from bot.when.quiet import QuietHours
from bot.when.recurrence import Recurrence

NOWHERE: Final = "UTC"
"""What counts elapsed time needs no zone, and its owner may never have named one."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """What was said about repeating."""

    every: Every
    until: datetime | None = None
    """The last instant at which it may come."""

    def starting(self, at: datetime, *, zone: str | None) -> tuple[Recurrence, datetime]:
        """Return what repeats from `at` on in a zone, and when it first comes.

        Raises:
            EndsBeforeFirst: its end comes before that.
        """
        name = zone or NOWHERE
        rule, first = self.every.starting(at, zone=ZoneInfo(name))
        if self.until is not None and first > self.until:
            raise EndsBeforeFirst(first=first, until=self.until)
        return Recurrence(rule=rule, zone=name, until=self.until), first


def deferred(at: datetime, quiet: QuietHours | None) -> PlannedOccurrence:
    """Return the message that was wished for `at`, after the quiet hours that it falls in."""
    due_at = at if quiet is None else quiet.defer(at)
    return PlannedOccurrence(due_at=due_at, planned_for=None if due_at == at else at)
