"""Watching quotas and no longer: the repository of `bot.watches`."""

from __future__ import annotations

from functools import partial
from typing import Final, final

from sqlalchemy import Connection, bindparam, select, update

from bot.quotas.book import EntryId, Scope
from bot.quotas.marks import mark_of
from bot.reminders.errors import TooMany
from bot.reminders.models import NewReminder, ReminderId
from bot.reminders.ports import Watched
from bot.store import promises, sessions, watches
from bot.store.books import standing
from bot.store.store import Store
from bot.store.tables import quota_watches, reminders

_FIND: Final = (
    select(reminders.c.id, quota_watches.c.scope)
    .join(quota_watches, quota_watches.c.reminder_id == reminders.c.id)
    .where(
        reminders.c.owner_id == bindparam("owner"),
        reminders.c.offer_id == bindparam("offer"),
        standing(),
    )
)


@final
class WatchRepository:
    """Keeps which quotas are watched; of one user each at most once."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def watch(self, new: NewReminder, scope: Scope, *, limit: int) -> Watched:
        """Watch the quota of an offer; one that is watched already is not watched twice.

        Who watches the renewal alone may widen it, and who watches everything has the renewal.

        Raises:
            TooMany: the owner has `limit` active reminders.
        """
        now, offers, owner = self._store.clock.now(), self._store.offers(), new.owner_id

        def work(connection: Connection) -> Watched | TooMany:
            count = promises.active_count(connection, owner)
            watches.lock_all(connection, owner)
            key = {"owner": owner, "offer": new.offer_id}
            found = connection.execute(_FIND, key).one_or_none()
            if found is None:
                if count >= limit:
                    return TooMany(limit=limit)
                (which,) = promises.new_ids(connection, 1)
                connection.execute(promises.INSERT, promises.columns_of(new, which, now))
                mark = mark_of(offers.get(new.offer_id or ""))
                connection.execute(
                    quota_watches.insert().values(reminder_id=which, scope=scope.value, rule=mark)
                )
            else:
                which = ReminderId(found.id)
            before = None if found is None else Scope(found.scope)
            if before is Scope.RESET and scope is Scope.ALL:
                connection.execute(
                    update(quota_watches)
                    .where(quota_watches.c.reminder_id == which)
                    .values(scope=scope.value)
                )
            if before is not Scope.ALL:
                watches.plan_first(connection, which, offers=offers, now=now)
            reminder = promises.get(connection, owner, which)
            assert reminder is not None  # noqa: S101 - this transaction holds its owner's lock
            return Watched(reminder=reminder, before=before)

        answer = await self._store.write(work)
        if isinstance(answer, TooMany):
            raise answer
        return answer

    async def find(self, owner_id: int, offer_id: str) -> ReminderId | None:
        """Return the reminder that watches a quota for its owner."""

        def work(connection: Connection) -> ReminderId | None:
            key = {"owner": owner_id, "offer": offer_id}
            row = connection.execute(_FIND, key).one_or_none()
            return None if row is None else ReminderId(row.id)

        return await self._store.read(work)

    async def follow_rules(self) -> int:
        """Plan by the catalog as it is now what was planned by another, and tell the owners.

        Several processes may do it at once, and any number of times: each change is told once.

        Returns:
            How many reminders were planned again.
        """
        count = 0
        for which in await self._store.read(self._changed_watches):
            count += await self._store.write(partial(self._follow_watch, which=which))
        for entry in await self._store.read(self._changed_sessions):
            count += await self._store.write(partial(self._follow_session, entry=entry))
        return count

    def _changed_watches(self, connection: Connection) -> list[ReminderId]:
        return watches.changed(connection, offers=self._store.offers())

    def _follow_watch(self, connection: Connection, *, which: ReminderId) -> bool:
        store = self._store
        return watches.follow(connection, which, offers=store.offers(), now=store.clock.now())

    def _changed_sessions(self, connection: Connection) -> list[EntryId]:
        store = self._store
        return sessions.changed(connection, offers=store.offers(), now=store.clock.now())

    def _follow_session(self, connection: Connection, *, entry: EntryId) -> bool:
        store = self._store
        return sessions.follow(connection, entry, offers=store.offers(), now=store.clock.now())
