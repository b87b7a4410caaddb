"""What users chose for themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, final

from sqlalchemy import Connection, Row, bindparam, delete, select

from bot.store import quiet
from bot.store.promises import lock_owner
from bot.store.statements import upsert
from bot.store.store import Store
from bot.store.tables import users
from bot.when.quiet import QuietHours

_SECOND = timedelta(seconds=1)
_SAY_WHEN_IT_IS_QUIET = {"zone", "quiet_start"}

# Built once: almost every answer asks for a language, and building it costs more than running it.
_SELECT = select(users).where(users.c.user_id == bindparam("user"))
_SELECT_ALL = select(users).where(users.c.user_id.in_(bindparam("users", expanding=True)))
# SQLite's writer has no rival; on PostgreSQL another process may be changing the same row.
_LOCK = _SELECT.with_for_update()

Wishes = Mapping[str, object]
"""Fields of a request by name, as JSON has them."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class UserSettings:
    """What one user chose; the defaults hold where they never chose."""

    user_id: int
    zone: str | None = None
    """An IANA name."""
    locale: str | None = None
    """Instead of the language of their Discord client."""
    delivers_here: bool = False
    """Reminders come in the channel where they are made, rather than by DM."""
    leads: tuple[timedelta, ...] | None = None
    """How long before the end of a session they want to be warned, in whole seconds."""
    wishes: Wishes | None = None
    """The usual wishes to `/gpu recommend`, as they were stored: maybe by another version."""
    quiet: QuietHours | None = None
    """When nothing reaches them but warnings of sessions and what they snoozed."""


@final
class UserRepository:
    """Keeps the settings of users. Each method changes one choice and leaves the others."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def get(self, user_id: int) -> UserSettings:
        """Return the user's settings; the defaults for somebody unknown."""

        def work(connection: Connection) -> UserSettings:
            return _get(connection, user_id)

        return await self._store.read(work)

    async def get_all(self, user_ids: Collection[int]) -> Mapping[int, UserSettings]:
        """Return the settings of each of these users; the defaults for who is unknown."""

        def work(connection: Connection) -> Mapping[int, UserSettings]:
            found = connection.execute(_SELECT_ALL, {"users": tuple(user_ids)})
            known = {row.user_id: _settings(row) for row in found}
            return {each: known.get(each) or UserSettings(user_id=each) for each in user_ids}

        return await self._store.read(work)

    async def set_zone(self, user_id: int, zone: str | None) -> UserSettings:
        """Set the time zone, an IANA name; their quiet hours go by its clocks."""
        return await self._set(user_id, zone=zone)

    async def set_quiet(self, user_id: int, hours: tuple[time, time] | None) -> UserSettings:
        """Set the quiet hours by the clocks of their zone, to the minute; None for none."""
        start, end = (None, None) if hours is None else map(quiet.minutes, hours)
        return await self._set(user_id, quiet_start=start, quiet_end=end)

    async def set_locale(self, user_id: int, locale: str | None) -> UserSettings:
        """Set the language; None follows the Discord client again."""
        return await self._set(user_id, locale=locale)

    async def set_delivery(self, user_id: int, *, here: bool) -> UserSettings:
        """Set where reminders come: in the channel where they are made, or by DM."""
        return await self._set(user_id, delivery="here" if here else "dm")

    async def set_leads(self, user_id: int, leads: Sequence[timedelta] | None) -> UserSettings:
        """Set the lead times, in whole seconds; None takes the usual ones again."""
        seconds = None if leads is None else [lead // _SECOND for lead in leads]
        return await self._set(user_id, leads=seconds)

    async def change_wishes(
        self, user_id: int, change: Callable[[Wishes | None], Wishes | None]
    ) -> UserSettings:
        """Replace the usual wishes by what `change` makes of them; None: there are none.

        It is called within the transaction, so that two changes at once both count; maybe twice.
        """
        now = self._store.clock.now()

        def work(connection: Connection) -> UserSettings:
            _choose(connection, user_id, now, {})  # from now on there is a row to lock
            before = _get(connection, user_id, lock=True)
            _choose(connection, user_id, now, {"wishes": change(before.wishes)})
            return _get(connection, user_id)

        return await self._store.write(work)

    async def forget(self, user_id: int) -> None:
        """Erase all that the user chose."""
        now = self._store.clock.now()

        def work(connection: Connection) -> None:
            lock_owner(connection, user_id)
            connection.execute(delete(users).where(users.c.user_id == user_id))
            quiet.plan_again(connection, user_id, now=now)

        await self._store.write(work)

    async def _set(self, user_id: int, **choice: object) -> UserSettings:
        now = self._store.clock.now()

        moves = bool(choice.keys() & _SAY_WHEN_IT_IS_QUIET)

        def work(connection: Connection) -> UserSettings:
            if moves:
                lock_owner(connection, user_id)
            _choose(connection, user_id, now, choice)
            if moves:
                quiet.plan_again(connection, user_id, now=now)
            return _get(connection, user_id)

        return await self._store.write(work)


def _choose(
    connection: Connection, user_id: int, now: datetime, choice: Mapping[str, object]
) -> None:
    upsert(
        connection,
        users,
        key={"user_id": user_id},
        values={**choice, "updated_at": now},
        first={"created_at": now, **({} if "delivery" in choice else {"delivery": "dm"})},
    )


def _get(connection: Connection, user_id: int, *, lock: bool = False) -> UserSettings:
    found = connection.execute(_LOCK if lock else _SELECT, {"user": user_id})
    row = found.one_or_none()
    return UserSettings(user_id=user_id) if row is None else _settings(row)


def _settings(row: Row[Any]) -> UserSettings:
    seconds: list[int] | None = row.leads
    return UserSettings(
        user_id=row.user_id,
        zone=row.zone,
        locale=row.locale,
        delivers_here=row.delivery == "here",
        leads=None if seconds is None else tuple(lead * _SECOND for lead in seconds),
        wishes=row.wishes,
        quiet=quiet.quiet_hours(row),
    )
