"""What users used of their quotas, and what that means: the books and the catalog together."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import final

from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer
from bot.clock import Clock
from bot.quotas.account import Account, account_of, session_end
from bot.quotas.book import Book, Entry, EntryId
from bot.quotas.ends import SessionEnd
from bot.quotas.offers import Personal
from bot.quotas.running import Promised, real_end
from bot.quotas.truth import Reading
from bot.reminders.models import ReminderId
from bot.store.ledger import Full, LedgerRepository


def _nobody_waits(_: datetime | None) -> None:
    return


class LedgerFull(Exception):  # noqa: N818 - it says what is the matter, like `TooMany`
    """The user has as many entries as one may log."""

    def __init__(self, *, limit: int) -> None:
        super().__init__(f"there are {limit} entries already")
        self.limit = limit


@final
class Ledger:
    """The books of all users. Every method is for one user, and sees nobody else's.

    Sessions write themselves down (`bot.store.usages`); here the rest is written, and read.
    """

    def __init__(
        self,
        *,
        shelf: LedgerRepository,
        clock: Clock,
        wake: Callable[[datetime | None], None] = _nobody_waits,
    ) -> None:
        """Take the store, the clock, and what wakes the ticker: a change may make something due."""
        self._shelf = shelf
        self._clock = clock
        self._wake = wake

    async def account(self, user_id: int, offer: Offer) -> Account:
        """Reckon up one offer, whether anything is written down of it or not."""
        return account_of(offer, await self._shelf.book(user_id), now=self._clock.now())

    async def accounts(self, user_id: int, catalog: Catalog) -> list[Account]:
        """Reckon up the offers of which something is written down, as far as the catalog has them.

        In the order of the catalog.
        """
        book, now = await self._shelf.book(user_id), self._clock.now()
        known = set(book.offer_ids)
        return [
            account_of(offer, book, now=now)
            for offer in catalog.offers.values()
            if offer.id in known
        ]

    async def end_of_new(
        self, user_id: int, offer: Offer, *, start: datetime, planned: datetime
    ) -> SessionEnd:
        """Return when a session that is not in the book yet really ends."""
        book, now = await self._shelf.book(user_id), self._clock.now()
        return session_end(offer, book, start=start, planned=planned, now=now)

    async def end_of(
        self,
        user_id: int,
        reminder_id: ReminderId,
        offer: Offer,
        *,
        planned: datetime | None = None,
    ) -> SessionEnd | None:
        """Return when a session in the book really ends; None where it is in none.

        Args:
            user_id: whose session it is.
            reminder_id: of the session.
            offer: where it runs.
            planned: when its owner expects it to end; None for what they said last.
        """
        book = await self._shelf.book(user_id)
        entry = _entry_of(book, offer, reminder_id)
        if entry is None:
            return None
        wished = entry if planned is None else replace(entry, wished_end=planned)
        return real_end(wished, book, offer, now=self._clock.now())

    async def wish_of(self, user_id: int, reminder_id: ReminderId, offer: Offer) -> datetime | None:
        """Return when the owner of a session in the book expects it to end."""
        entry = _entry_of(await self._shelf.book(user_id), offer, reminder_id)
        return None if entry is None else entry.wish

    async def promised(self, user_id: int) -> Mapping[ReminderId, Promised]:
        """Return when the sessions of a user end that have not, by their reminders."""
        return await self._shelf.promised(user_id)

    async def end_session(self, user_id: int, reminder_id: ReminderId) -> None:
        """Write down that the session of a reminder ended now; twice is no error."""
        await self._shelf.end_session(user_id, reminder_id)
        self._wake(None)

    async def log(
        self, user_id: int, offer: Offer, *, start: datetime, end: datetime, gpu: str | None
    ) -> Entry:
        """Write down what was used; both instants are aware, `start` is before `end`.

        Raises:
            LedgerFull: the user has too many entries.
        """
        logged = await self._shelf.log(user_id, offer_id=offer.id, start=start, end=end, gpu=gpu)
        if isinstance(logged, Full):
            raise LedgerFull(limit=logged.limit)
        self._wake(None)
        return logged

    async def remove(self, user_id: int, entry_id: EntryId) -> Entry | None:
        """Take an entry out of the book; None where it is gone already, or not the user's."""
        removed = await self._shelf.remove(user_id, entry_id)
        self._wake(None)
        return removed

    async def believe(self, user_id: int, readings: Mapping[str, Reading]) -> None:
        """Keep what a provider said, by the ids of its offers: it beats what was counted before."""
        await self._shelf.read_off(user_id, readings)
        self._wake(None)

    async def lock_out(self, user_id: int, offer: Offer) -> None:
        """Write down that the provider lets the user have nothing, since now."""
        await self._shelf.lock_out(user_id, offer.id)
        self._wake(None)

    async def let_in(self, user_id: int, offer: Offer) -> None:
        """Write down that a lock-out is over."""
        await self._shelf.let_in(user_id, offer.id)
        self._wake(None)

    async def personal(self, user_id: int, offer: Offer) -> Personal:
        """Return what is personal about an offer."""
        return (await self._shelf.book(user_id)).personal(offer.id)

    async def choose(self, user_id: int, offer: Offer, personal: Personal) -> None:
        """Keep what is personal about an offer, all of it."""
        await self._shelf.choose(user_id, offer.id, personal)
        self._wake(None)

    async def forget(self, user_id: int, offer_id: str) -> int:
        """Erase all that is written down about one offer; return how many rows there were."""
        forgotten = await self._shelf.forget(user_id, offer_id)
        self._wake(None)
        return forgotten


def _entry_of(book: Book, offer: Offer, reminder_id: ReminderId) -> Entry | None:
    entries = book.entries.get(offer.id, ())
    return next((each for each in entries if each.reminder_id == reminder_id), None)
