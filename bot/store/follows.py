"""Which offers users follow, and what they were last told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, final

from sqlalchemy import Connection, Row, delete, func, select, update

from bot.reminders.models import Destination, DestinationKind, NewReminder, Origin
from bot.store.promises import (
    INSERT,
    INSERT_OCCURRENCE,
    active_count,
    columns_of,
    new_ids,
    new_occurrence,
)
from bot.store.store import Store
from bot.store.tables import follows
from bot.store.wakeups import announce

PAGE: Final = 200


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """One user's wish to hear of one offer."""

    user_id: int
    offer_id: str
    digest: str
    """Of `facts`."""
    facts: Mapping[str, str]
    """What was so when the user was last told, or began to follow (bot/catalog/snapshot.py)."""
    destination: Destination
    origin: Origin
    locale: str
    created_at: datetime


@final
class FollowRepository:
    """Keeps the wishes. What touches one user's row names that user."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def add(self, follow: Follow, *, most: int) -> bool | None:
        """Store a wish: False where the user follows the offer already, None at their limit."""
        own = follows.c.user_id == follow.user_id

        def work(connection: Connection) -> bool | None:
            # Before counting, so that two at once count each other.
            active_count(connection, follow.user_id)
            held = select(follows.c.offer_id).where(own)
            offers = set(connection.execute(held).scalars())
            if follow.offer_id in offers:
                return False
            if len(offers) >= most:
                return None
            connection.execute(follows.insert(), _row_of(follow))
            return True

        return await self._store.write(work)

    async def stop(self, user_id: int, offer_id: str) -> bool:
        """Forget a wish; False where there is none."""
        statement = delete(follows).where(
            follows.c.user_id == user_id, follows.c.offer_id == offer_id
        )
        return await self._store.write(
            lambda connection: connection.execute(statement).rowcount == 1
        )

    async def of_user(self, user_id: int) -> Sequence[str]:
        """Return the ids of the offers that a user follows, the oldest wish first."""
        statement = (
            select(follows.c.offer_id)
            .where(follows.c.user_id == user_id)
            .order_by(follows.c.created_at, follows.c.offer_id)
        )
        return await self._store.read(
            lambda connection: list(connection.execute(statement).scalars())
        )

    async def followed(self) -> Sequence[str]:
        """Return the ids of the offers that anybody follows."""
        statement = select(follows.c.offer_id).distinct().order_by(follows.c.offer_id)
        return await self._store.read(
            lambda connection: list(connection.execute(statement).scalars())
        )

    async def behind(self, offer_id: str, digest: str, *, after: int) -> Sequence[Follow]:
        """Return who was told something else of an offer: a page of users above the id `after`."""
        statement = (
            select(follows)
            .where(
                follows.c.offer_id == offer_id,
                follows.c.digest != digest,
                follows.c.user_id > after,
            )
            .order_by(follows.c.user_id)
            .limit(PAGE)
        )
        return await self._store.read(
            lambda connection: [_follow_of(row) for row in connection.execute(statement)]
        )

    async def tell(
        self,
        follow: Follow,
        *,
        facts: Mapping[str, str],
        digest: str,
        message: NewReminder | None,
        last: bool = False,
    ) -> bool:
        """Note what the user is told, and promise the message, in one transaction.

        Several processes may try: the one that finds the row as it was read promises; so does
        none where the user stopped following meanwhile. `last` ends the wish.

        Returns:
            Whether this call did it.
        """
        row = (
            (follows.c.user_id == follow.user_id)
            & (follows.c.offer_id == follow.offer_id)
            & (follows.c.digest == follow.digest)
        )
        now = self._store.clock.now()
        noted = update(follows).where(row).values(digest=digest, facts=dict(facts))
        statement = delete(follows).where(row) if last else noted

        def work(connection: Connection) -> bool:
            # Locks in the order of everything else, an erasure above all: the owner first.
            active_count(connection, follow.user_id)
            if connection.execute(statement).rowcount != 1:
                return False
            if message is not None:
                (number,) = new_ids(connection, 1)
                connection.execute(INSERT, columns_of(message, number, now))
                (planned,) = message.occurrences
                connection.execute(INSERT_OCCURRENCE, [new_occurrence(number, 1, planned)])
                announce(connection, planned.due_at, now=now)
            return True

        return await self._store.write(work)

    async def count(self) -> int:
        """Return how many wishes there are, of all users."""
        statement = select(func.count()).select_from(follows)
        return await self._store.read(lambda connection: connection.execute(statement).scalar_one())


def _row_of(follow: Follow) -> dict[str, object]:
    return {
        "user_id": follow.user_id,
        "offer_id": follow.offer_id,
        "digest": follow.digest,
        "facts": dict(follow.facts),
        "destination": follow.destination.kind.value,
        "destination_channel_id": follow.destination.channel_id,
        "origin_guild_id": follow.origin.guild_id,
        "origin_channel_id": follow.origin.channel_id,
        "origin_parent_id": follow.origin.parent_id,
        "locale": follow.locale,
        "created_at": follow.created_at,
    }


def _follow_of(row: Row[Any]) -> Follow:
    return Follow(
        user_id=row.user_id,
        offer_id=row.offer_id,
        digest=row.digest,
        facts=row.facts,
        destination=Destination(DestinationKind(row.destination), row.destination_channel_id),
        origin=Origin(
            guild_id=row.origin_guild_id,
            channel_id=row.origin_channel_id,
            parent_id=row.origin_parent_id,
        ),
        locale=row.locale,
        created_at=row.created_at,
    )
