"""From rows to the models of reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Row

from bot.quotas.book import Scope
from bot.quotas.watch import Topic
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
from bot.store.tables import quota_watches, reminders
from bot.when.recurrence import Recurrence

REMINDER: Final[tuple[ColumnElement[Any], ...]] = (
    reminders.c.id,
    reminders.c.owner_id,
    reminders.c.kind,
    reminders.c.note,
    reminders.c.offer_id,
    reminders.c.ends_at,
    reminders.c.destination,
    reminders.c.destination_channel_id,
    reminders.c.origin_guild_id,
    reminders.c.origin_channel_id,
    reminders.c.origin_parent_id,
    reminders.c.locale,
    reminders.c.zone,
    reminders.c.created_at,
    reminders.c.cancelled_at,
    reminders.c.recurrence,
    reminders.c.recurs_until,
    reminders.c.link,
    reminders.c.revision,
    quota_watches.c.scope.label("watch_scope"),
    quota_watches.c.ended_at.label("watch_ended_at"),
)
"""The columns that a reminder is read from, in the order in which `reminder_of` takes them; of its
watch those that an outer join finds."""


_KINDS: Final = {kind.value: kind for kind in ReminderKind}


@lru_cache(maxsize=1024)
def _destination(kind: str, channel_id: int | None) -> Destination:
    # Thousands of reminders go to a few places, and a frozen object is dear to make.
    return Destination(DestinationKind(kind), channel_id)


@lru_cache(maxsize=1024)
def _origin(guild_id: int | None, channel_id: int | None, parent_id: int | None) -> Origin:
    return Origin(guild_id=guild_id, channel_id=channel_id, parent_id=parent_id)


def reminder_of(row: Sequence[Any], occurrences: tuple[Occurrence, ...] = ()) -> Reminder:
    """Read a row that begins with the columns of `REMINDER`."""
    # Taken apart at once: to ask a row for one column by its name costs as much as all of this.
    (
        reminder_id,
        owner_id,
        kind,
        note,
        offer_id,
        ends_at,
        destination,
        destination_channel_id,
        guild_id,
        channel_id,
        parent_id,
        locale,
        zone,
        created_at,
        cancelled_at,
        recurrence,
        recurs_until,
        link,
        revision,
        scope,
        watch_ended_at,
        *_,
    ) = row
    return Reminder(
        ReminderId(reminder_id),
        owner_id,
        _KINDS[kind],
        note,
        offer_id,
        ends_at,
        _destination(destination, destination_channel_id),
        _origin(guild_id, channel_id, parent_id),
        locale,
        zone,
        created_at,
        cancelled_at,
        _recurrence(recurrence, zone, recurs_until),
        link,
        revision,
        _watching(scope, over=cancelled_at is not None or watch_ended_at is not None),
        occurrences,
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
        topic=topic_of(row.o_topic),
    )


def topic_of(stored: str | None) -> Topic | None:
    """Read what a message is about."""
    return None if stored is None else Topic(stored)


def _watching(scope: str | None, *, over: bool) -> Scope | None:
    return None if scope is None or over else Scope(scope)


def recurrence_of(row: Row[Any]) -> Recurrence | None:
    """Read what of the columns of `reminders` says how it repeats."""
    return _recurrence(row.recurrence, row.zone, row.recurs_until)


def _recurrence(rule: str | None, zone: str | None, until: datetime | None) -> Recurrence | None:
    return None if rule is None else Recurrence.decode(rule, zone=zone or NOWHERE, until=until)
