"""Offers that users follow: one message when a fact of one changes.

The message is a reminder like any other (`bot.reminders`), due at once or at the end of its owner's
quiet hours, so that all that holds for reminders holds for it: it is sent once, whatever crashes.
What the user was told of is noted in the transaction that promises it, so of several processes, or
of two looks, one promises.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, final

from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer
from bot.catalog.shelf import CatalogShelf
from bot.catalog.snapshot import FieldChange, changed, digest, snapshot
from bot.clock import Clock
from bot.preferences import Preferences
from bot.reminders.models import Destination, NewReminder, Origin, ReminderKind
from bot.reminders.repeat import deferred
from bot.speech.following import change_note, gone_note
from bot.speech.locales import Locale
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Phrasebook
from bot.store.errors import StoreError
from bot.store.follows import Follow, FollowRepository

_log = logging.getLogger(__name__)

MOST_OF_USER: Final = 20


class TooManyFollowsError(Exception):
    """The user follows as many offers as one may."""


@final
class Follows:
    """Who follows what; each method but `tell` is for one user."""

    def __init__(
        self,
        *,
        repository: FollowRepository,
        shelf: CatalogShelf,
        preferences: Preferences,
        phrasebook: Phrasebook,
        clock: Clock,
        wake: Callable[[datetime], None],
    ) -> None:
        """Take the store, the facts, the words, and what wakes the ticker for a new message."""
        self._repository = repository
        self._shelf = shelf
        self._preferences = preferences
        self._phrasebook = phrasebook
        self._clock = clock
        self._wake = wake

    async def add(
        self, user_id: int, offer: Offer, *, destination: Destination, origin: Origin, locale: str
    ) -> bool:
        """Begin to follow an offer; False where the user follows it already.

        Raises:
            TooManyFollowsError: the user follows as many as one may.
        """
        facts = snapshot(offer)
        follow = Follow(
            user_id=user_id,
            offer_id=offer.id,
            digest=digest(facts),
            facts=facts,
            destination=destination,
            origin=origin,
            locale=locale,
            created_at=self._clock.now(),
        )
        added = await self._repository.add(follow, most=MOST_OF_USER)
        if added is None:
            raise TooManyFollowsError
        return added

    async def stop(self, user_id: int, offer_id: str) -> bool:
        """Follow an offer no longer; False where the user did not."""
        return await self._repository.stop(user_id, offer_id)

    async def of_user(self, user_id: int) -> Sequence[str]:
        """Return the ids of the offers that the user follows."""
        return await self._repository.of_user(user_id)

    async def tell(self) -> int:
        """Promise a message to whoever was told something else than the catalog says now.

        Returns:
            How many were promised. What the database refuses is tried again at the next look.
        """
        catalog, told = self._shelf.catalog, 0
        try:
            for offer_id in await self._repository.followed():
                told += await self._tell_of(offer_id, catalog)
        except (StoreError, OSError) as error:
            _log.warning("followers could not be told of the catalog, later again: %s", error)
        if told:
            _log.info("followers are told of changes", extra={"messages": told})
            self._wake(self._clock.now())
        return told

    async def _tell_of(self, offer_id: str, catalog: Catalog) -> int:
        offer = catalog.offers.get(offer_id)
        facts = {} if offer is None else snapshot(offer)
        now_so, told, after = digest(facts), 0, 0
        while page := await self._repository.behind(offer_id, now_so, after=after):
            for follow in page:
                after = follow.user_id
                found = changed(follow.facts, facts)
                # A new version of the bot may know other fields, and nothing changed at all.
                silent = offer is not None and not found
                message = None if silent else await self._message(follow, offer, found, catalog)
                done = await self._repository.tell(
                    follow, facts=facts, digest=now_so, message=message, last=offer is None
                )
                told += done and message is not None
        return told

    async def _message(
        self, follow: Follow, offer: Offer | None, found: Sequence[FieldChange], catalog: Catalog
    ) -> NewReminder:
        now = self._clock.now()
        settings = await self._preferences.user(follow.user_id)
        locale = settings.locale or follow.locale
        words = self._phrasebook.words(Locale(locale))
        if offer is None:
            note = gone_note(follow.offer_id, words)
        else:
            speech = OfferSpeech(catalog=catalog, words=words, now=now)
            note = change_note(offer, found, speech=speech, words=words)
        return NewReminder(
            owner_id=follow.user_id,
            kind=ReminderKind.CUSTOM,
            destination=follow.destination,
            origin=follow.origin,
            locale=locale,
            occurrences=(deferred(now, settings.quiet),),
            note=note,
            offer_id=follow.offer_id,
            zone=settings.zone,
        )
