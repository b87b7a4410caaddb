"""What users used of their quotas. Each statement that touches one user's row names that user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar, final

from sqlalchemy import Connection, delete, func, select, update

from bot.quotas.book import Book, Entry, EntryId, Lockout, Source
from bot.quotas.offers import Personal
from bot.quotas.running import Promised
from bot.quotas.truth import Reading
from bot.reminders.models import ReminderId
from bot.store import sessions, usages
from bot.store.books import book_of, entry_of
from bot.store.consequences import with_consequences
from bot.store.statements import insert, upsert
from bot.store.store import Store
from bot.store.tables import quota_lockouts, quota_readings, quota_settings, quota_usages
from bot.store.work import Work

T = TypeVar("T")

KEPT_FOR: Final = timedelta(days=400)
"""How long an entry stays: longer than any quota looks back but credits that never expire."""
MOST_ENTRIES: Final = 2000
"""Of one user, logged by hand: five a day for as long as they are kept."""


@final
@dataclass(frozen=True, slots=True)
class Full:
    """The user has as many entries as one may log."""

    limit: int


@final
class LedgerRepository:
    """Keeps the books of users."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def book(self, user_id: int) -> Book:
        """Return all that is written down about the user's quotas."""
        return await self._store.read(lambda connection: book_of(connection, user_id))

    async def promised(self, user_id: int) -> dict[ReminderId, Promised]:
        """Return when the sessions of the user end that have not, by their reminders."""
        now = self._store.clock.now()
        return await self._store.read(
            lambda connection: sessions.promised(connection, user_id, now=now)
        )

    async def log(
        self, user_id: int, *, offer_id: str, start: datetime, end: datetime, gpu: str | None
    ) -> Entry | Full:
        """Write down what was used; `Full` where the user has too many entries."""

        def work(connection: Connection) -> Entry | Full:
            logged = connection.execute(
                select(func.count()).where(
                    quota_usages.c.user_id == user_id,
                    quota_usages.c.source == Source.LOGGED.value,
                )
            ).scalar_one()
            if logged >= MOST_ENTRIES:
                return Full(MOST_ENTRIES)
            row = connection.execute(
                quota_usages.insert()
                .values(
                    user_id=user_id,
                    offer_id=offer_id,
                    starts_at=start,
                    ends_at=end,
                    gpu=gpu,
                    source=Source.LOGGED.value,
                )
                .returning(quota_usages)
            ).one()
            return entry_of(row)

        return await self._changed(user_id, work)

    async def remove(self, user_id: int, entry_id: EntryId) -> Entry | None:
        """Take an entry of the user out of the book; None where it is gone already."""

        def work(connection: Connection) -> Entry | None:
            row = connection.execute(
                delete(quota_usages)
                .where(quota_usages.c.user_id == user_id, quota_usages.c.id == entry_id)
                .returning(quota_usages)
            ).one_or_none()
            return None if row is None else entry_of(row)

        return await self._changed(user_id, work)

    async def end_session(self, user_id: int, reminder_id: ReminderId) -> None:
        """End the session of a reminder now; twice, or after its end, is no error."""
        now = self._store.clock.now()

        def work(connection: Connection) -> None:
            usages.end(connection, user_id, [reminder_id], now=now)

        await self._changed(user_id, work)

    async def read_off(self, user_id: int, readings: Mapping[str, Reading]) -> None:
        """Keep what the provider said of offers; a newer reading stays where there is one."""

        def work(connection: Connection) -> None:
            for offer_id, reading in readings.items():
                values = {
                    "used": reading.used,
                    "remaining": reading.remaining,
                    "total": reading.total,
                    "refresh_at": reading.refresh_at,
                    "as_of": reading.as_of,
                }
                statement = insert(connection, quota_readings).values(
                    user_id=user_id, offer_id=offer_id, **values
                )
                connection.execute(
                    statement.on_conflict_do_update(
                        index_elements=["user_id", "offer_id"],
                        set_=values,
                        where=quota_readings.c.as_of <= reading.as_of,
                    )
                )

        await self._changed(user_id, work)

    async def lock_out(self, user_id: int, offer_id: str) -> Lockout:
        """Write down that the user is locked out since now; one that lasts is left as it is."""
        now = self._store.clock.now()

        def work(connection: Connection) -> Lockout:
            lasting = connection.execute(
                select(quota_lockouts.c.since).where(
                    quota_lockouts.c.user_id == user_id,
                    quota_lockouts.c.offer_id == offer_id,
                    quota_lockouts.c.until.is_(None),
                )
            ).scalar()
            if lasting is not None:
                return Lockout(lasting, None)
            connection.execute(
                insert(connection, quota_lockouts)
                .values(user_id=user_id, offer_id=offer_id, since=now)
                .on_conflict_do_update(
                    index_elements=["user_id", "offer_id", "since"], set_={"until": None}
                )
            )
            return Lockout(now, None)

        return await self._changed(user_id, work)

    async def let_in(self, user_id: int, offer_id: str) -> None:
        """Write down that the user is no longer locked out."""
        now = self._store.clock.now()

        def work(connection: Connection) -> None:
            connection.execute(
                update(quota_lockouts)
                .where(
                    quota_lockouts.c.user_id == user_id,
                    quota_lockouts.c.offer_id == offer_id,
                    quota_lockouts.c.until.is_(None),
                )
                .values(until=now)
            )

        await self._changed(user_id, work)

    async def choose(self, user_id: int, offer_id: str, personal: Personal) -> None:
        """Keep what is personal about an offer, all of it; nothing personal is no row."""
        key = {"user_id": user_id, "offer_id": offer_id}
        values = {
            "reset_day": personal.reset_day,
            "signed_up": personal.signed_up,
            "expires_at": personal.expires,
            "amount": personal.amount,
            "gpu": personal.gpu,
        }

        def work(connection: Connection) -> None:
            if any(value is not None for value in values.values()):
                upsert(connection, quota_settings, key=key, values=values)
                return
            connection.execute(
                delete(quota_settings).where(
                    quota_settings.c.user_id == user_id, quota_settings.c.offer_id == offer_id
                )
            )

        await self._changed(user_id, work)

    async def forget(self, user_id: int, offer_id: str) -> int:
        """Erase all that is written down about one offer of the user; return how many rows."""

        def work(connection: Connection) -> int:
            return sum(
                connection.execute(
                    delete(table).where(table.c.user_id == user_id, table.c.offer_id == offer_id)
                ).rowcount
                for table in (quota_usages, quota_readings, quota_lockouts, quota_settings)
            )

        return await self._changed(user_id, work)

    async def purge(self, *, before: datetime) -> int:
        """Delete what ended before an instant, of all users; return how many rows."""

        def work(connection: Connection) -> int:
            used = connection.execute(delete(quota_usages).where(quota_usages.c.ends_at < before))
            locked = connection.execute(
                delete(quota_lockouts).where(quota_lockouts.c.until < before)
            )
            return used.rowcount + locked.rowcount

        return await self._store.write(work)

    async def _changed(self, user_id: int, work: Work[T]) -> T:
        """Change a book and, in the same transaction, what follows from it."""
        return await self._store.write(with_consequences(work, user_id, store=self._store))
