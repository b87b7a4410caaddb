"""What is kept about one user: counted, copied out, erased.

Which rows those are is read from the tables themselves, so a table or a column that is added later
is exported and erased without a word here: whatever has a column of `USER_COLUMNS`, and whatever
refers to such a table with a foreign key. Tables about nobody are named in `ABOUT_NOBODY`; a test
refuses a table that is neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKeyConstraint,
    MetaData,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    tuple_,
)

from bot.reminders.models import OccurrenceState
from bot.store.promises import active_count
from bot.store.records import Record, Row, Written, nest, record_of
from bot.store.store import Store
from bot.store.tables import metadata, occurrences, reminders

USER_COLUMNS: Final = ("user_id", "owner_id")
"""What a column with a user's id is called."""

ABOUT_NOBODY: Final = frozenset({"installation", "guilds", "workers", "command_registrations"})
"""Tables that hold nothing about a user. `guilds` is what a server's admins chose, and not who."""


@final
@dataclass(frozen=True, slots=True)
class Held:
    """How much is kept about a user."""

    coming: int
    """Reminders of which something is still to come."""
    over: int
    """Reminders that are sent, given up or cancelled."""
    rows: int
    """All rows about the user, whatever they are."""


@final
@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased."""

    cancelled: int
    """Reminders of which something was still to come."""
    in_flight: int
    """Messages that were being sent, or of which nobody knows whether they were: such a one may
    still be read, and is never sent again."""


@final
@dataclass(frozen=True, slots=True)
class PersonalTable:
    """A table with rows about users."""

    table: Table
    mine: ColumnElement[bool]
    """Whether a row is about the user of the parameter `user`."""
    link: ForeignKeyConstraint | None = None
    """To the table whose row says whose this is; None where the row says so itself."""


def personal_tables(of: MetaData = metadata) -> tuple[PersonalTable, ...]:
    """Return the tables with rows about users, each after those that it refers to."""
    found: dict[Table, PersonalTable] = {}
    for table in of.sorted_tables:
        column = next((table.c[name] for name in USER_COLUMNS if name in table.c), None)
        if column is not None:
            found[table] = PersonalTable(table, column == bindparam("user"))
            continue
        links = (link for link in _links(table) if link.referred_table in found)
        link = next(links, None)
        if link is not None:
            theirs = select(*(each.column for each in link.elements))
            owned = theirs.where(found[link.referred_table].mine)
            found[table] = PersonalTable(table, tuple_(*link.columns).in_(owned), link)
    return tuple(found.values())


_UNSETTLED = (
    select(func.count())
    .select_from(occurrences.join(reminders, reminders.c.id == occurrences.c.reminder_id))
    .where(
        reminders.c.owner_id == bindparam("user"),
        occurrences.c.next_attempt_at.is_not(None),
        or_(
            occurrences.c.doubt_since.is_not(None),
            and_(
                occurrences.c.state == OccurrenceState.CLAIMED.value,
                occurrences.c.begun_at.is_not(None),
            ),
        ),
    )
)
_LOCK_REMINDERS = (
    select(reminders.c.id).where(reminders.c.owner_id == bindparam("user")).with_for_update()
)


@final
class PrivacyRepository:
    """Finds and erases what is kept about a user, in all tables."""

    def __init__(self, *, store: Store) -> None:
        self._store = store
        self._tables = personal_tables()

    async def held(self, user_id: int) -> Held:
        """Count what is kept."""

        def work(connection: Connection) -> Held:
            # First, for it keeps the user from adding one meanwhile.
            coming = active_count(connection, user_id)
            counts = {
                each.table.name: connection.execute(
                    select(func.count()).select_from(each.table).where(each.mine), {"user": user_id}
                ).scalar_one()
                for each in self._tables
            }
            return Held(coming, counts[reminders.name] - coming, sum(counts.values()))

        return await self._store.read(work)

    async def export(self, user_id: int) -> dict[str, list[Record]]:
        """Return all rows by table; rows that belong to another row stand in it, by table again."""

        def work(connection: Connection) -> dict[str, list[Record]]:
            whole: dict[str, list[Record]] = {}
            written: dict[Table, Written] = {}
            for each in self._tables:
                rows = _rows(connection, each, user_id)
                written[each.table] = pairs = [(row, record_of(row, each.table)) for row in rows]
                if each.link is None:
                    whole[each.table.name] = [record for _, record in pairs]
                else:
                    nest(pairs, each.link, written[each.link.referred_table])
            return whole

        return await self._store.read(work)

    async def erase(self, user_id: int) -> Erased:
        """Delete all rows about the user, in one transaction. Twice is no error.

        A message that is being sent at this moment arrives or not, once at most: each step of its
        delivery updates a row that is there no more, so nothing is begun, tried again, or stored.
        Ids are never used again (`sqlite_autoincrement`, a sequence), so no later reminder takes
        over its nonce or its buttons.
        """

        def work(connection: Connection) -> Erased:
            user = {"user": user_id}
            # Locks in the order of everything else: the owner, their reminders, the messages.
            cancelled = active_count(connection, user_id)
            connection.execute(_LOCK_REMINDERS, user)
            in_flight = connection.execute(_UNSETTLED, user).scalar_one()
            for each in reversed(self._tables):
                connection.execute(delete(each.table).where(each.mine), user)
            return Erased(cancelled, in_flight)

        return await self._store.write(work)


def _links(table: Table) -> list[ForeignKeyConstraint]:
    # A set of them by nature; a table with two must choose the same one each time.
    return sorted(table.foreign_key_constraints, key=lambda link: tuple(link.column_keys))


def _rows(connection: Connection, personal: PersonalTable, user_id: int) -> list[Row]:
    table = personal.table
    ordered = select(table).where(personal.mine).order_by(*table.primary_key)
    return list(connection.execute(ordered, {"user": user_id}).mappings())
