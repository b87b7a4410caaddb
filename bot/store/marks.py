"""Marking what was sent, in one statement for all that gathered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeAlias, final

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
from bot.store.gathering import Gathering
from bot.store.store import Store
from bot.store.tables import occurrences
from bot.store.types import to_millis

_Mark: TypeAlias = dict[str, int | str | None]

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
class Marks:
    """Settles rows that were sent, for all deliveries of this process."""

    def __init__(self, *, store: Store) -> None:
        self._statement = _settle(store.url.get_backend_name())
        self._gathering = Gathering(store=store, work=self._write, name="marks")

    async def settle(
        self, due: Due, *, now: datetime, message_id: int | None, channel_id: int | None
    ) -> bool:
        """Note that a row was sent; False where it is no longer held by this claim.

        It is stored even if the caller is cancelled meanwhile.
        """
        return await self._gathering.submit(
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

    def _write(self, connection: Connection, marks: Sequence[_Mark]) -> list[bool]:
        settled = connection.execute(self._statement, {"marks": json.dumps(marks)})
        kept = {tuple(row) for row in settled}
        return [(each["reminder_id"], each["number"], each["attempt"]) in kept for each in marks]
