"""Where a reminder goes, and where it goes when that is refused: pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from bot.reminders.models import DestinationKind, Due, Reminder

SERVER_POLICY = "server_policy"
"""The reason where the server's admins don't allow reminders in a channel."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One place for a message; without `channel_id` it is the owner's DM."""

    user_id: int
    index: int
    channel_id: int | None = None
    hides_note: bool = False
    """The owner didn't choose this place: the message only says that something is due, and a
    button shows it to the owner alone."""

    @property
    def is_dm(self) -> bool:
        """Whether the message goes to the owner's direct messages."""
        return self.channel_id is None

    @property
    def is_fallback(self) -> bool:
        """Whether an earlier target refused; the message says so."""
        return self.index > 0

    @property
    def lane(self) -> tuple[str, int]:
        """What is equal for messages that go to the same channel."""
        return ("dm", self.user_id) if self.channel_id is None else ("channel", self.channel_id)


def targets_of(reminder: Reminder) -> tuple[Target, ...]:
    """Return the targets in the order they are tried; their positions never change.

    DM: then the channel of the server where it was made, with the note hidden.
    Channel: then the owner's DM.
    """
    owner = reminder.owner_id
    if reminder.destination.kind is DestinationKind.CHANNEL:
        return (
            Target(user_id=owner, index=0, channel_id=reminder.destination.channel_id),
            Target(user_id=owner, index=1),
        )
    dm = Target(user_id=owner, index=0)
    if reminder.origin.guild_id is None or reminder.origin.channel_id is None:
        return (dm,)
    channel = Target(user_id=owner, index=1, channel_id=reminder.origin.channel_id, hides_note=True)
    return (dm, channel)


def is_allowed(due: Due, target: Target) -> bool:
    """Whether the server's admins still allow a message there; DMs are none of their business."""
    if target.channel_id is None or due.guild is None:
        return True
    origin = due.reminder.origin
    parent = origin.parent_id if target.channel_id == origin.channel_id else None
    return due.guild.allows(target.channel_id, parent_id=parent)
