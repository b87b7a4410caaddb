"""The rows of the ledger: how the book of one user is read inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, bindparam, select

from bot.quotas.book import Book, Entry, EntryId, Lockout, Scope, Source
from bot.quotas.offers import Personal
from bot.quotas.truth import Reading
from bot.store.tables import (
    quota_lockouts,
    quota_readings,
    quota_settings,
    quota_usages,
    quota_watches,
    reminders,
)

MOST_LOCKOUTS: Final = 500
"""Of one user and offer, as many as are read."""

_ENTRIES: Final = (
    select(quota_usages)
    .where(quota_usages.c.user_id == bindparam("user"))
    .order_by(quota_usages.c.offer_id, quota_usages.c.starts_at, quota_usages.c.id)
)


# Built once: building a statement costs more than running it.
_MINE: Final = {
    table.name: select(table)
    .where(table.c.user_id == bindparam("user"))
    .order_by(*table.primary_key.columns)
    for table in (quota_lockouts, quota_readings, quota_settings)
}


def standing() -> ColumnElement[bool]:
    """Whether a watch, joined with its reminder, goes on."""
    return and_(quota_watches.c.ended_at.is_(None), reminders.c.cancelled_at.is_(None))


_WATCHES: Final = (
    select(reminders.c.offer_id, quota_watches.c.scope)
    .join(quota_watches, quota_watches.c.reminder_id == reminders.c.id)
    .where(reminders.c.owner_id == bindparam("user"), standing())
    .order_by(reminders.c.id)
)


def book_of(connection: Connection, user_id: int) -> Book:
    """Return all that is written down about the user's quotas."""
    return Book(
        entries={
            offer: tuple(map(entry_of, rows))
            for offer, rows in _by_offer(connection.execute(_ENTRIES, {"user": user_id}))
        },
        readings={
            row.offer_id: _reading(row) for row in _rows(connection, quota_readings, user_id)
        },
        lockouts={
            offer: tuple(Lockout(row.since, row.until) for row in rows[-MOST_LOCKOUTS:])
            for offer, rows in _by_offer(_rows(connection, quota_lockouts, user_id))
        },
        settings={
            row.offer_id: _personal(row) for row in _rows(connection, quota_settings, user_id)
        },
        watches={
            row.offer_id: Scope(row.scope)
            for row in connection.execute(_WATCHES, {"user": user_id})
        },
    )


def _rows(connection: Connection, table: Table, user_id: int) -> list[Row[Any]]:
    return list(connection.execute(_MINE[table.name], {"user": user_id}).all())


def _by_offer(rows: Iterable[Row[Any]]) -> list[tuple[str, list[Row[Any]]]]:
    return [(offer, list(group)) for offer, group in groupby(rows, key=lambda row: row.offer_id)]


def entry_of(row: Row[Any]) -> Entry:
    """Read the columns of `quota_usages`."""
    end = row.ends_at if row.ended_at is None else min(row.ends_at, row.ended_at)
    return Entry(
        id=EntryId(row.id),
        offer_id=row.offer_id,
        start=row.starts_at,
        end=max(row.starts_at, end),
        source=Source(row.source),
        gpu=row.gpu,
        reminder_id=row.reminder_id,
        wished_end=row.wished_end if row.ended_at is None else None,
    )


def _reading(row: Row[Any]) -> Reading:
    return Reading(
        used=row.used,
        remaining=row.remaining,
        total=row.total,
        refresh_at=row.refresh_at,
        as_of=row.as_of,
    )


def _personal(row: Row[Any]) -> Personal:
    return Personal(
        reset_day=row.reset_day,
        signed_up=row.signed_up,
        expires=row.expires_at,
        amount=row.amount,
        gpu=row.gpu,
    )
