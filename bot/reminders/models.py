"""What a reminder is: plain frozen data, shared by the service, the courier and the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType, final

from bot.quotas.book import Book, Scope
from bot.quotas.watch import Topic
from bot.reminders.record import record
from bot.when.recurrence import Recurrence

ReminderId = NewType("ReminderId", int)


class ReminderKind(StrEnum):
    """What a reminder is about."""

    SESSION = "session"
    """The end of a session on a provider's machine; its occurrences are warnings before it."""
    CUSTOM = "custom"
    """Whatever the user said, at the time they said."""
    QUOTA = "quota"
    """A quota that is watched: what is to be told of it, and when, follows from the ledger."""


class OccurrenceState(StrEnum):
    """Where one message stands on its way to the user."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


class DestinationKind(StrEnum):
    """Where a user wants a reminder."""

    DM = "dm"
    CHANNEL = "channel"


@final
@dataclass(frozen=True, slots=True)
class Destination:
    """Where a user wants one reminder; `channel_id` is given exactly for a channel."""

    kind: DestinationKind
    channel_id: int | None = None

    def __post_init__(self) -> None:
        if (self.kind is DestinationKind.CHANNEL) != (self.channel_id is not None):
            raise ValueError("a channel destination needs its channel, a DM has none")

    @classmethod
    def dm(cls) -> Destination:
        """The owner's direct messages."""
        return cls(DestinationKind.DM)

    @classmethod
    def channel(cls, channel_id: int) -> Destination:
        """A channel that the owner chose."""
        return cls(DestinationKind.CHANNEL, channel_id)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a reminder was made. In direct messages there is no guild."""

    guild_id: int | None = None
    channel_id: int | None = None
    parent_id: int | None = None
    """The channel of a thread: a server's policy names channels, and a thread follows its own."""


@final
@record
class PlannedOccurrence:
    """One message that is to be sent."""

    due_at: datetime
    lead: timedelta | None = None
    """How long before the end of a session this is; None where there is no session."""
    planned_for: datetime | None = None
    """When it would have come but for its owner's quiet hours; None where they don't move it."""
    topic: Topic | None = None
    """Of a quota: what it is about."""


@final
@record
class NewReminder:
    """A promise about to be stored."""

    owner_id: int
    kind: ReminderKind
    destination: Destination
    origin: Origin
    locale: str
    occurrences: tuple[PlannedOccurrence, ...]
    note: str | None = None
    offer_id: str | None = None
    ends_at: datetime | None = None
    started_at: datetime | None = None
    """When its session began; None for now. The ledger of quotas counts from then."""
    wished_end: datetime | None = None
    """When its owner expects its session to end, where a limit or a quota ends it before."""
    zone: str | None = None
    recurrence: Recurrence | None = None
    """Where there is one, the first of `occurrences` is its first, and each plans the next."""
    link: str | None = None
    """The address of the message that it is about."""


@final
@record
class Occurrence:
    """One message of a stored reminder. Numbers count from 1 and are never used again."""

    number: int
    due_at: datetime
    lead: timedelta | None
    state: OccurrenceState
    settled_at: datetime | None = None
    """When it was sent, given up or cancelled."""
    reason: str | None = None
    """Why it moved to its fallback, or why it was given up: a code, never a sentence."""
    planned_for: datetime | None = None
    """When it would have come but for its owner's quiet hours."""
    snooze_of: int | None = None
    """The number of the message whose snooze this is."""
    topic: Topic | None = None
    """Of a quota: what it is about."""

    @property
    def is_live(self) -> bool:
        """Whether it is still to come, or on its way."""
        return self.state in {OccurrenceState.PENDING, OccurrenceState.CLAIMED}


@final
@record
class Reminder:
    """A stored promise."""

    id: ReminderId
    owner_id: int
    kind: ReminderKind
    note: str | None
    offer_id: str | None
    ends_at: datetime | None
    destination: Destination
    origin: Origin
    locale: str
    zone: str | None
    created_at: datetime
    cancelled_at: datetime | None = None
    recurrence: Recurrence | None = None
    link: str | None = None
    """The address of the message that it is about."""
    revision: int = 0
    """How often it was edited. An edit names the one it was made on: of two, one counts."""
    watching: Scope | None = None
    """Of a quota: what is told of it; None once all of it was."""
    occurrences: tuple[Occurrence, ...] = ()
    """By number; of a series without those that were sent."""

    @property
    def goes_on(self) -> bool:
        """Whether there is more of it once a message is settled: a series, or a watched quota."""
        return self.recurrence is not None or self.kind is ReminderKind.QUOTA

    @property
    def next(self) -> Occurrence | None:
        """What of it comes next, if anything does."""
        live = (each for each in self.occurrences if each.is_live)
        return min(live, key=lambda each: each.due_at, default=None)

    @property
    def next_planned(self) -> datetime | None:
        """When the next message comes that is no snooze, as it was wished for, if one does."""
        coming = (each for each in self.occurrences if each.is_live and each.snooze_of is None)
        return min((each.planned_for or each.due_at for each in coming), default=None)

    @property
    def next_due_at(self) -> datetime | None:
        """The earliest instant at which something of it is still to come, if anything is."""
        return None if self.next is None else self.next.due_at


class ChannelPolicy(StrEnum):
    """What a server's admins allow the bot to deliver in its channels."""

    OFF = "off"
    ANYWHERE = "anywhere"
    LISTED = "listed"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class GuildSettings:
    """What a server's admins chose; the defaults hold where they never chose."""

    guild_id: int
    policy: ChannelPolicy = ChannelPolicy.ANYWHERE
    channel_ids: tuple[int, ...] = ()
    locale: str | None = None
    answers: bool = True
    """Whether the bot answers where it is mentioned."""

    def allows(self, channel_id: int, *, parent_id: int | None = None) -> bool:
        """Whether reminders may appear in a channel, or in a thread of channel `parent_id`."""
        if self.policy is ChannelPolicy.LISTED:
            return channel_id in self.channel_ids or parent_id in self.channel_ids
        return self.policy is ChannelPolicy.ANYWHERE


@final
@record
class Due:
    """One claimed occurrence, with all that it takes to send it.

    `worker` and `attempt` are its fence: whoever still holds both may change the row.
    """

    reminder: Reminder
    number: int
    due_at: datetime
    lead: timedelta | None
    worker: str
    attempt: int
    """How often the row was claimed, this time included."""
    target_index: int = 0
    """Which of the reminder's targets is in use; above 0, the ones before it refused."""
    refusals: int = 0
    """Provisional refusals of the target in use."""
    reason: str | None = None
    """Why the target before this one refused."""
    doubt_since: datetime | None = None
    """When the first send began of which nobody knows whether it made a message."""
    planned_for: datetime | None = None
    """When it would have come but for its owner's quiet hours."""
    is_snooze: bool = False
    topic: Topic | None = None
    """Of a quota: what it is about."""
    may_repeat: bool = False
    """The message may stand in the channel already, and nobody could look."""
    is_last_warning: bool = False
    """No other warning comes between this one and the end of the session."""
    more_to_come: bool = False
    """Other messages of the reminder were still to come when it was claimed."""
    dm_channel_id: int | None = None
    """The owner's DM channel, where it was opened before."""
    guild: GuildSettings | None = None
    """What the server where it was made allows; None outside of servers."""
    book: Book | None = None
    """Of a quota: what is written down of its owner's, as it was claimed."""
