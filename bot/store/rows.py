"""From rows to the models of reminders."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bot.reminders.models import (
    Destination,
    DestinationKind,
    Occurrence,
    OccurrenceState,
    Origin,
    Reminder,
    ReminderId,
    ReminderKind,
)
from bot.reminders.repeat import NOWHERE
from bot.when.recurrence import Recurrence


def reminder_of(row: Row[Any], occurrences: tuple[Occurrence, ...] = ()) -> Reminder:
    """Read the columns of `reminders`."""
    return Reminder(
        id=ReminderId(row.id),
        owner_id=row.owner_id,
        kind=ReminderKind(row.kind),
        note=row.note,
        offer_id=row.offer_id,
        ends_at=row.ends_at,
        destination=Destination(DestinationKind(row.destination), row.destination_channel_id),
        origin=Origin(
            guild_id=row.origin_guild_id,
            channel_id=row.origin_channel_id,
            parent_id=row.origin_parent_id,
        ),
        locale=row.locale,
        zone=row.zone,
        created_at=row.created_at,
        cancelled_at=row.cancelled_at,
        recurrence=recurrence_of(row),
        link=row.link,
        revision=row.revision,
        occurrences=occurrences,
    )


def occurrence_of(row: Row[Any]) -> Occurrence:
    """Read the columns of `occurrences`, each labelled `o_...`."""
    return Occurrence(
        number=row.o_number,
        due_at=row.o_due_at,
        lead=row.o_lead_seconds,
        state=OccurrenceState(row.o_state),
        settled_at=row.o_settled_at,
        reason=row.o_reason,
        planned_for=row.o_planned_for,
        snooze_of=row.o_snooze_of,
    )


def recurrence_of(row: Row[Any]) -> Recurrence | None:
    """Read what of the columns of `reminders` says how it repeats."""
    if row.recurrence is None:
        return None
    return Recurrence.decode(row.recurrence, zone=row.zone or NOWHERE, until=row.recurs_until)
