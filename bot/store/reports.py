"""What users say is wrong in the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, final

from sqlalchemy import Connection, func, select, update

from bot.store.promises import lock_owner
from bot.store.store import Store
from bot.store.tables import catalog_reports

MOST_LISTED: Final = 200


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogReport:
    """One report; its texts are the user's."""

    id: int
    user_id: int
    offer_id: str
    wrong: str
    source: str | None
    created_at: datetime


@final
class ReportRepository:
    """Keeps the reports."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def add(
        self,
        *,
        user_id: int,
        offer_id: str,
        wrong: str,
        source: str | None,
        since: datetime,
        most: int,
        most_open: int,
    ) -> int | None:
        """Store a report, and return its number; None where there are too many.

        Args:
            user_id: who reports.
            offer_id: what it is about.
            wrong: what is wrong.
            source: who says otherwise.
            since: from when on the user's reports count.
            most: how many a user may make from then on.
            most_open: how many may be open at all.
        """
        now = self._store.clock.now()

        def work(connection: Connection) -> int | None:
            lock_owner(connection, user_id)
            count = select(func.count()).select_from(catalog_reports)
            own = count.where(
                catalog_reports.c.user_id == user_id, catalog_reports.c.created_at >= since
            )
            unread = count.where(catalog_reports.c.closed_at.is_(None))
            if connection.execute(own).scalar_one() >= most:
                return None
            if connection.execute(unread).scalar_one() >= most_open:
                return None
            inserted = connection.execute(
                catalog_reports.insert().returning(catalog_reports.c.id),
                {
                    "user_id": user_id,
                    "offer_id": offer_id,
                    "wrong": wrong,
                    "source": source,
                    "created_at": now,
                },
            )
            return int(inserted.scalar_one())

        return await self._store.write(work)

    async def unread(self) -> list[CatalogReport]:
        """Return the open reports, the oldest first."""
        statement = (
            select(catalog_reports)
            .where(catalog_reports.c.closed_at.is_(None))
            .order_by(catalog_reports.c.id)
            .limit(MOST_LISTED)
        )

        def work(connection: Connection) -> list[CatalogReport]:
            return [
                CatalogReport(
                    id=row.id,
                    user_id=row.user_id,
                    offer_id=row.offer_id,
                    wrong=row.wrong,
                    source=row.source,
                    created_at=row.created_at,
                )
                for row in connection.execute(statement)
            ]

        return await self._store.read(work)

    async def close(self, report_id: int) -> bool:
        """Close a report; False where none is open by that number."""
        now = self._store.clock.now()
        statement = (
            update(catalog_reports)
            .where(catalog_reports.c.id == report_id, catalog_reports.c.closed_at.is_(None))
            .values(closed_at=now)
        )

        def work(connection: Connection) -> bool:
            return connection.execute(statement).rowcount == 1

        return await self._store.write(work)
