"""What a worker reads of the rows that it claimed: all that it takes to send them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, select

from bot.reminders.models import ChannelPolicy, Due, GuildSettings, ReminderKind
from bot.store.books import book_of
from bot.store.rows import REMINDER, reminder_of, topic_of
from bot.store.statements import ids_in
from bot.store.tables import dm_channels, guilds, occurrences, quota_watches, reminders

CLAIMED: Final[tuple[ColumnElement[Any], ...]] = (
    occurrences.c.reminder_id,
    occurrences.c.number,
    occurrences.c.due_at,
    occurrences.c.lead_seconds,
    occurrences.c.worker,
    occurrences.c.attempt,
    occurrences.c.target_index,
    occurrences.c.refusals,
    occurrences.c.reason,
    occurrences.c.doubt_since,
    occurrences.c.planned_for,
    occurrences.c.snooze_of,
    occurrences.c.message_channel_id,
    occurrences.c.topic,
)
"""What `_due` reads of a row, in its order."""

_ALIVE = occurrences.alias("alive")
_CONTEXTS = (
    select(
        *REMINDER,
        # What was just claimed counts too.
        select(func.count())
        .where(_ALIVE.c.reminder_id == reminders.c.id, _ALIVE.c.next_attempt_at.is_not(None))
        .scalar_subquery()
        .label("alive"),
        select(func.min(_ALIVE.c.lead_seconds))
        .where(
            _ALIVE.c.reminder_id == reminders.c.id,
            _ALIVE.c.next_attempt_at.is_not(None),
            _ALIVE.c.lead_seconds > timedelta(),
        )
        .scalar_subquery()
        .label("last_lead"),
        dm_channels.c.channel_id.label("dm_channel_id"),
        guilds.c.policy,
        guilds.c.channel_ids,
    )
    .outerjoin(quota_watches, quota_watches.c.reminder_id == reminders.c.id)
    .outerjoin(dm_channels, dm_channels.c.user_id == reminders.c.owner_id)
    .outerjoin(guilds, guilds.c.guild_id == reminders.c.origin_guild_id)
)


@cache
def _contexts(dialect: str) -> Select[Any]:
    return _CONTEXTS.where(reminders.c.id.in_(ids_in("ids", dialect)))


def with_reminders(connection: Connection, claimed: Sequence[Sequence[Any]]) -> list[Due]:
    """Add to the claimed rows what a courier needs, in the order of their due times."""
    if not claimed:
        return []
    ids = sorted({row[0] for row in claimed})
    contexts = connection.execute(_contexts(connection.dialect.name), {"ids": json.dumps(ids)})
    by_id = {context[0]: context for context in contexts.all()}
    ordered = sorted(claimed, key=lambda row: (row[2], row[0], row[1]))
    dues = [_due(row, by_id[row[0]]) for row in ordered]
    watchers = {due.reminder.owner_id for due in dues if due.reminder.kind is ReminderKind.QUOTA}
    if not watchers:
        return dues
    books = {owner: book_of(connection, owner) for owner in watchers}
    return [
        replace(due, book=books[due.reminder.owner_id])
        if due.reminder.kind is ReminderKind.QUOTA
        else due
        for due in dues
    ]


def _due(row: Sequence[Any], context: Sequence[Any]) -> Due:
    reminder = reminder_of(context)
    alive, last_lead, dm_channel_id, policy, channel_ids = context[-5:]
    (
        _,
        number,
        due_at,
        lead,
        worker,
        attempt,
        target_index,
        refusals,
        reason,
        doubt_since,
        planned_for,
        snooze_of,
        message_channel_id,
        topic,
    ) = row
    return Due(
        reminder=reminder,
        number=number,
        due_at=due_at,
        lead=lead,
        worker=worker,
        attempt=attempt,
        target_index=target_index,
        refusals=refusals,
        reason=reason,
        doubt_since=doubt_since,
        planned_for=planned_for,
        is_snooze=snooze_of is not None,
        topic=topic_of(topic),
        is_last_warning=reminder.kind is ReminderKind.SESSION
        and topic is None
        and last_lead in (None, lead),
        more_to_come=alive > 1,
        dm_channel_id=dm_channel_id,
        guild=_guild(reminder.origin.guild_id, policy, channel_ids),
        may_repeat=message_channel_id is not None,
    )


def _guild(
    guild_id: int | None, policy: str | None, channel_ids: Sequence[int]
) -> GuildSettings | None:
    if guild_id is None:
        return None
    if policy is None:
        return GuildSettings(guild_id=guild_id)
    return GuildSettings(
        guild_id=guild_id, policy=ChannelPolicy(policy), channel_ids=tuple(channel_ids)
    )
