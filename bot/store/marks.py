"""Marking what was sent: what gathers while the last marks are stored goes into one statement.

A statement for each costs many times what it takes the database, and on PostgreSQL a commit and
several journeys besides.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, final

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    FromClause,
    Integer,
    String,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.types import TypeEngine

from bot.reminders.models import Due, OccurrenceState
from bot.store.store import Store
from bot.store.tables import occurrences
from bot.store.types import to_millis

_MOST: Final = 256
"""Marks in one statement: what a worker may hold at a time."""

_FIELDS: Final[dict[str, TypeEngine[int] | TypeEngine[str]]] = {
    "reminder_id": BigInteger(),
    "number": Integer(),
    "worker": String(),
    "attempt": Integer(),
    "settled_at": BigInteger(),
    "message_id": BigInteger(),
    "channel_id": BigInteger(),
}


def _marks(dialect: str) -> FromClause:
    """Return the marks as a table, out of the one parameter that carries them as JSON."""
    carried = bindparam("marks", type_=String)
    if dialect == "postgresql":
        columns = [column(name, type_) for name, type_ in _FIELDS.items()]
        records = func.json_to_recordset(cast(carried, JSON))
        return records.table_valued(*columns, name="marks").render_derived(with_types=True)
    value = func.json_each(carried).table_valued("value").c.value
    return select(
        *(
            func.json_extract(value, literal_column(f"'$.{name}'"), type_=type_).label(name)
            for name, type_ in _FIELDS.items()
        )
    ).subquery("marks")


def _settle(dialect: str) -> ReturningUpdate[int, int, int]:
    marks = _marks(dialect).c
    return (
        update(occurrences)
        .where(
            # The fence: each row is still held by this very claim.
            occurrences.c.reminder_id == marks.reminder_id,
            occurrences.c.number == marks.number,
            occurrences.c.worker == marks.worker,
            occurrences.c.attempt == marks.attempt,
            occurrences.c.state == OccurrenceState.CLAIMED.value,
        )
        .values(
            state=OccurrenceState.SENT.value,
            next_attempt_at=None,
            settled_at=marks.settled_at,
            message_id=marks.message_id,
            message_channel_id=marks.channel_id,
        )
        .returning(occurrences.c.reminder_id, occurrences.c.number, occurrences.c.attempt)
    )


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Mark:
    fields: dict[str, int | str | None]
    kept: asyncio.Future[bool] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    @property
    def key(self) -> tuple[object, ...]:
        return self.fields["reminder_id"], self.fields["number"], self.fields["attempt"]


@final
class Marks:
    """Settles rows that were sent, for all deliveries of this process."""

    def __init__(self, *, store: Store) -> None:
        self._store = store
        self._waiting: list[_Mark] = []
        self._storing: asyncio.Task[None] | None = None
        self._statement = _settle(store.url.get_backend_name())

    async def settle(
        self, due: Due, *, now: datetime, message_id: int | None, channel_id: int | None
    ) -> bool:
        """Note that a row was sent; False where it is no longer held by this claim.

        It is stored even if the caller is cancelled meanwhile.
        """
        mark = _Mark(
            {
                "reminder_id": due.reminder.id,
                "number": due.number,
                "worker": due.worker,
                "attempt": due.attempt,
                "settled_at": to_millis(now),
                "message_id": message_id,
                "channel_id": channel_id,
            }
        )
        self._waiting.append(mark)
        if self._storing is None:
            self._storing = asyncio.create_task(self._store_all(), name="marks")
        return await mark.kept

    async def _store_all(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._store_group(group)
        finally:
            self._storing = None

    async def _store_group(self, group: Sequence[_Mark]) -> None:
        try:
            kept = await self._store.write(lambda connection: self._write(connection, group))
        except Exception as error:  # noqa: BLE001 - each caller gets it
            for mark in group:
                if not mark.kept.done():
                    mark.kept.set_exception(error)
        else:
            for mark in group:
                if not mark.kept.done():
                    mark.kept.set_result(mark.key in kept)

    def _write(self, connection: Connection, group: Sequence[_Mark]) -> set[tuple[object, ...]]:
        carried = json.dumps([mark.fields for mark in group])
        settled = connection.execute(self._statement, {"marks": carried})
        return {tuple(row) for row in settled}
