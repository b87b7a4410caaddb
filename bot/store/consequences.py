"""What follows from a change of a ledger, in the transaction that changes it.

Sessions that run end at another time, and what is told of watched quotas is another, so that
neither ever disagrees with what is written down, whoever dies when.
"""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Connection

from bot.store import sessions, watches
from bot.store.promises import lock_owner
from bot.store.store import Store
from bot.store.work import Work

T = TypeVar("T")


def with_consequences(work: Work[T], owner_id: int, *, store: Store) -> Work[T]:
    """Return work that changes the ledger of an owner, and whatever follows from that."""
    offers, now = store.offers(), store.clock.now()

    def whole(connection: Connection) -> T:
        lock_owner(connection, owner_id)
        before = sessions.book_before(connection, owner_id, now=now)
        answer = work(connection)
        if before is not None:
            sessions.follow_book(connection, owner_id, before, offers=offers, now=now)
        # Last, for a session that ends at another time uses less, or more.
        watches.replan(connection, owner_id, offers=offers, now=now)
        return answer

    return whole
