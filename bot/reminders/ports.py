"""What reminders need of a store. `bot.store` keeps these; nothing here knows how."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, final

from bot.quotas.book import Scope
from bot.reminders.models import Due, NewReminder, PlannedOccurrence, Reminder, ReminderId
from bot.when.recurrence import Recurrence


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A reminder as its owner wants it from now on. What is not in it can't be edited."""

    based_on: int
    """`Reminder.revision` of what the owner saw."""
    note: str | None
    ends_at: datetime | None
    zone: str | None
    recurrence: Recurrence | None
    occurrences: tuple[PlannedOccurrence, ...] | None
    """What comes instead of what was to come; None leaves that as it is."""
    wished_end: datetime | None = None
    """When the owner expects the session to end, where a limit or a quota ends it before."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """A reminder after something of it was cancelled, or took the place of something else."""

    reminder: Reminder
    in_flight: int
    """Messages whose sending had begun: they may still arrive."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A quota that is watched."""

    reminder: Reminder
    before: Scope | None
    """What of it was watched already."""


class ReminderShelf(Protocol):
    """Keeps promises. Each method that changes something returns after the commit."""

    async def add(self, new: NewReminder, *, limit: int) -> Reminder:
        """Store a promise.

        Raises:
            TooMany: the owner has `limit` active reminders.
        """
        ...

    async def get(self, owner_id: int, reminder_id: ReminderId) -> Reminder | None:
        """Return the owner's reminder, whatever became of it; None for anybody else's."""
        ...

    async def active(self, owner_id: int) -> list[Reminder]:
        """Return what the owner still has coming, the next one first."""
        ...

    async def failed(self, owner_id: int, *, since: datetime) -> list[Reminder]:
        """Return the reminders with an occurrence that was given up since then, newest first."""
        ...

    async def cancel(self, owner_id: int, reminder_id: ReminderId) -> Cancelled | None:
        """Cancel what hasn't begun to be sent; None where the owner has no such reminder."""
        ...

    async def cancel_all(self, owner_id: int, *, latest: ReminderId) -> int:
        """Cancel the owner's reminders up to the id `latest`; return how many there were.

        What was made after the owner was asked is not what they meant.
        """
        ...

    async def undo_cancel(
        self, owner_id: int, reminder_id: ReminderId, *, limit: int
    ) -> Reminder | None:
        """Bring back what was cancelled and is still to come; None where there is no such reminder.

        The result has no occurrence to come where all passed meanwhile; then nothing was changed.

        Raises:
            TooMany: the owner has `limit` active reminders.
        """
        ...

    async def snooze(
        self, owner_id: int, reminder_id: ReminderId, number: int, *, until: datetime, limit: int
    ) -> Reminder | None:
        """Add one more message, due at `until`, that repeats the message `number`.

        It takes the place of an earlier snooze of the same message that is still to come. Nothing
        is changed where the reminder was cancelled; None where the owner has no such reminder.

        Raises:
            TooMany: nothing of it is to come, and the owner has `limit` active reminders.
        """
        ...

    async def revise(
        self, owner_id: int, reminder_id: ReminderId, revision: Revision, *, limit: int
    ) -> Cancelled | None:
        """Edit a reminder, but for what is being sent at this moment.

        Nothing is changed where it was cancelled; None where the owner has no such reminder.

        Raises:
            ChangedMeanwhile: it was edited since `revision.based_on`.
            TooMany: nothing of it is to come, and the owner has `limit` active reminders.
        """
        ...


class DeliveryShelf(Protocol):
    """Hands out what is due and remembers what became of it.

    What changes one row checks the fence, `due.worker` and `due.attempt`, and returns False where
    the row is somebody else's by now.
    """

    async def claim(self, *, worker: str, now: datetime, lease: timedelta, limit: int) -> list[Due]:
        """Claim what is due, and what another worker's lease ran out on, the longest due first."""
        ...

    async def begin(self, due: Due, *, now: datetime, lease: timedelta, clear_doubt: bool) -> bool:
        """Note that the send begins now, and renew the lease.

        From here on a cancel comes too late. False too where it was cancelled before, and where a
        later warning of the same session is due by now: that one tells all there is to tell.

        Args:
            due: the claimed occurrence.
            now: the present instant.
            lease: how long the claim holds from now.
            clear_doubt: earlier tries are known to have made no message.
        """
        ...

    def settle(
        self, due: Due, *, now: datetime, message_id: int | None, channel_id: int | None
    ) -> Awaitable[bool]:
        """Note that it was delivered."""
        ...

    async def retry(self, due: Due, *, at: datetime, certain: bool, refusals: int) -> bool:
        """Give it back to be tried again at `at`, on the same target.

        `certain`: this try made no message, so the doubt stays what it was before.
        """
        ...

    async def fall_back(self, due: Due, *, now: datetime, reason: str, may_repeat: bool) -> bool:
        """Give it back to be sent to its next target, now.

        `may_repeat`: a message may stand at the target that refused, and nobody could look.
        """
        ...

    async def give_up(self, due: Due, *, now: datetime, reason: str) -> bool:
        """Note that every target refused."""
        ...

    async def put_back(self, dues: Sequence[Due], *, at: datetime) -> None:
        """Give back rows whose sending hasn't begun, to be claimed from `at` on."""
        ...

    async def release(self, worker: str, *, now: datetime, begun: bool) -> int:
        """Give back what a stopping worker still holds; return how many rows there were.

        `begun`: also those whose send has begun; else they stay claimed, for their answer.
        """
        ...

    async def clock_set_back(self, *, now: datetime, lease: timedelta) -> int:
        """Shorten leases and pauses that were set by a clock which was ahead; return how many."""
        ...

    async def next_due(self) -> datetime | None:
        """Return the earliest instant at which something can be claimed."""
        ...

    async def oldest_overdue(self, now: datetime) -> datetime | None:
        """Return the due time of the oldest row that should have been delivered by now."""
        ...

    async def keep_dm_channel(self, user_id: int, channel_id: int) -> None:
        """Remember the channel of a user's direct messages."""
        ...


class WorkerRoll(Protocol):
    """Who delivers on this database."""

    async def beat(self, worker: str, *, now: datetime, future: datetime) -> bool:
        """Note that the worker lives; forget heartbeats after `future`, and tell whether any was.

        A worker that died while the clock was ahead would else count as living for so long.
        """
        ...

    async def alive(self, *, since: datetime) -> int:
        """Return how many workers have a heartbeat since then."""
        ...

    async def leave(self, worker: str) -> None:
        """Take a stopping worker off the roll."""
        ...
