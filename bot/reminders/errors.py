# ruff: noqa: N818 - each says what the wish was, and is read in that sentence: "raise TooSoon".
"""Why a promise can't be made or found: each carries the data for one sentence to the user."""

from datetime import datetime, timedelta
from typing import final


class ReminderError(Exception):
    """A wish that can't be granted; nothing was stored."""


@final
class TooSoon(ReminderError):
    """The instant is nearer than the soonest that can be promised, or past."""

    def __init__(self, *, at: datetime, soonest: timedelta) -> None:
        super().__init__(f"{at} is less than {soonest} away")
        self.at = at
        self.soonest = soonest


@final
class TooFar(ReminderError):
    """The instant is farther away than anything that is promised."""

    def __init__(self, *, at: datetime, farthest: timedelta) -> None:
        super().__init__(f"{at} is more than {farthest} away")
        self.at = at
        self.farthest = farthest


@final
class TooMany(ReminderError):
    """The user has as many active reminders as one may have."""

    def __init__(self, *, limit: int) -> None:
        super().__init__(f"there are {limit} active reminders already")
        self.limit = limit


@final
class NoteTooLong(ReminderError):
    """The note has more characters than a message could hold."""

    def __init__(self, *, length: int, limit: int) -> None:
        super().__init__(f"a note of {length} characters, {limit} are allowed")
        self.length = length
        self.limit = limit


@final
class TooManyLeads(ReminderError):
    """More warnings of one session than one may have."""

    def __init__(self, *, count: int, limit: int) -> None:
        super().__init__(f"{count} lead times, {limit} are allowed")
        self.count = count
        self.limit = limit


@final
class LeadOutOfRange(ReminderError):
    """A lead time below zero or above the longest."""

    def __init__(self, *, lead: timedelta, longest: timedelta) -> None:
        super().__init__(f"a lead time of {lead}; between 0 and {longest} is allowed")
        self.lead = lead
        self.longest = longest


@final
class NotFound(ReminderError):
    """No reminder of this user has this id, whoever else's it may be."""


@final
class EndsBeforeFirst(ReminderError):
    """What repeats would end before it came once."""

    def __init__(self, *, first: datetime, until: datetime) -> None:
        super().__init__(f"the first is at {first}, the end at {until}")
        self.first = first
        self.until = until


@final
class WasCancelled(ReminderError):
    """The reminder was cancelled, so there is nothing to snooze or to edit."""


@final
class ChangedMeanwhile(ReminderError):
    """It was edited after the form for this edit was opened; nothing was changed."""


@final
class AlreadyOver(ReminderError):
    """Nothing is left to bring back or to cancel: all of it passed meanwhile."""
