"""Short ways to make promises in tests."""

from datetime import datetime, timedelta

from bot.reminders.models import (
    Destination,
    NewReminder,
    Origin,
    PlannedOccurrence,
    ReminderKind,
)

OWNER = 111_000_000_000_000_001
STRANGER = 111_000_000_000_000_002
GUILD = 222_000_000_000_000_001
CHANNEL = 333_000_000_000_000_001


def custom(*due: datetime, owner_id: int = OWNER, note: str = "download results") -> NewReminder:
    return NewReminder(
        owner_id=owner_id,
        kind=ReminderKind.CUSTOM,
        destination=Destination.dm(),
        origin=Origin(guild_id=GUILD, channel_id=CHANNEL),
        locale="en-US",
        occurrences=tuple(PlannedOccurrence(due_at=instant) for instant in due),
        note=note,
    )


def session(
    ends_at: datetime, *leads: timedelta, destination: Destination | None = None
) -> NewReminder:
    return NewReminder(
        owner_id=OWNER,
        kind=ReminderKind.SESSION,
        destination=destination or Destination.dm(),
        origin=Origin(guild_id=GUILD, channel_id=CHANNEL, parent_id=CHANNEL + 1),
        locale="zh-CN",
        occurrences=tuple(PlannedOccurrence(due_at=ends_at - lead, lead=lead) for lead in leads),
        offer_id="kaggle-gpu",
        ends_at=ends_at,
        zone="Asia/Shanghai",
    )
