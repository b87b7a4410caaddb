"""What is written down about one user's quotas: plain frozen data, shared with the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, final

from bot.quotas.offers import NOTHING_PERSONAL, Personal
from bot.quotas.truth import Reading

EntryId = NewType("EntryId", int)


class Source(StrEnum):
    """Where an entry comes from."""

    SESSION = "session"
    """A session that was reminded of."""
    LOGGED = "logged"
    """The user wrote it down."""


class Scope(StrEnum):
    """What of a quota is watched."""

    RESET = "reset"
    """Its next renewal, once."""
    ALL = "all"
    """Everything, until its owner stops it."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A stretch of use of one offer; both instants are aware, and the end may lie ahead."""

    id: EntryId
    offer_id: str
    start: datetime
    end: datetime
    source: Source
    gpu: str | None = None
    """The card that credits were spent on; None for the usual one."""
    reminder_id: int | None = None
    wished_end: datetime | None = None
    """Of a session that was not ended early: when its owner expects it to end, where a limit or a
    quota ends it before."""

    def runs(self, now: datetime) -> bool:
        """Whether it is a session that goes on, with a reminder before its end."""
        return self.source is Source.SESSION and self.reminder_id is not None and self.end > now

    @property
    def wish(self) -> datetime:
        """When its owner expects it to end, which may be later than it does."""
        return self.wished_end or self.end


@final
@dataclass(frozen=True, slots=True)
class Lockout:
    """When a provider let a user have nothing; it lasts while `until` is None."""

    since: datetime
    until: datetime | None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All of one user, each by the id of the offer."""

    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict[str, tuple[Entry, ...]])
    """By their start."""
    readings: Mapping[str, Reading] = field(default_factory=dict[str, Reading])
    lockouts: Mapping[str, tuple[Lockout, ...]] = field(
        default_factory=dict[str, tuple[Lockout, ...]]
    )
    """By their start."""
    settings: Mapping[str, Personal] = field(default_factory=dict[str, Personal])
    watches: Mapping[str, Scope] = field(default_factory=dict[str, Scope])
    """What is watched; it adds nothing to what is written down."""

    @property
    def offer_ids(self) -> tuple[str, ...]:
        """The offers of which anything is written down, in a fixed order."""
        return tuple(sorted({*self.entries, *self.readings, *self.lockouts, *self.settings}))

    def personal(self, offer_id: str) -> Personal:
        """Return what is personal about an offer."""
        return self.settings.get(offer_id, NOTHING_PERSONAL)
