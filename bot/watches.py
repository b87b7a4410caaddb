"""Watched quotas: what users want to be told of them, from now on or once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import final

from bot.catalog.offer import Offer
from bot.quotas.book import Scope
from bot.reminders.models import Destination, NewReminder, Origin, ReminderId, ReminderKind
from bot.reminders.ports import Watched
from bot.reminders.rules import PromiseRules
from bot.store.watch_list import WatchRepository


@final
class Watches:
    """The watched quotas of all users. Stopping one is cancelling its reminder."""

    def __init__(
        self,
        *,
        shelf: WatchRepository,
        wake: Callable[[datetime | None], None],
        rules: PromiseRules,
    ) -> None:
        """Take the store, what wakes the ticker, and the bounds of promises."""
        self._shelf = shelf
        self._wake = wake
        self._rules = rules

    async def watch(
        self,
        owner_id: int,
        offer: Offer,
        scope: Scope,
        *,
        destination: Destination,
        origin: Origin,
        locale: str,
        zone: str | None,
    ) -> Watched:
        """Promise to tell of a quota. Twice is no error, and no second promise.

        Raises:
            TooMany: the owner has as many active reminders as one may have.
        """
        new = NewReminder(
            owner_id=owner_id,
            kind=ReminderKind.QUOTA,
            destination=destination,
            origin=origin,
            locale=locale,
            occurrences=(),
            offer_id=offer.id,
            zone=zone,
        )
        watched = await self._shelf.watch(new, scope, limit=self._rules.per_user)
        self._wake(None)
        return watched

    async def find(self, owner_id: int, offer: Offer) -> ReminderId | None:
        """Return the reminder that tells its owner of a quota; None where it is not watched."""
        return await self._shelf.find(owner_id, offer.id)

    async def follow_rules(self) -> int:
        """Plan again what the catalog's rules changed, and tell the owners; return how many."""
        count = await self._shelf.follow_rules()
        if count:
            self._wake(None)
        return count
