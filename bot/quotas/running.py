"""Running sessions whose real end is another once a book changed: pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, final

from bot.catalog.offer import Offer
from bot.quotas.account import session_end
from bot.quotas.book import Book, Entry
from bot.quotas.ends import SessionEnd

LEAST_MOVE: Final = timedelta(minutes=1)
"""A session that ends less earlier or later is no news."""


@final
@dataclass(frozen=True, slots=True)
class Moved:
    """A session that is to end at another time than was promised."""

    entry: Entry
    """Of the session: by the book as it is now, or as it last stood there."""
    end: SessionEnd


@final
@dataclass(frozen=True, slots=True)
class Promised:
    """When the session of a reminder ends, as its owner was told last."""

    offer_id: str
    ends_at: datetime


def moved(
    before: Book, after: Book, *, offers: Mapping[str, Offer], now: datetime, soonest: datetime
) -> Iterator[Moved]:
    """Return the running sessions that a change of the book gave another end, with that end.

    A session keeps what it was promised where the change did not move its real end: its owner may
    have extended it in spite of the count. And where by the count it should be over by now, or has
    nothing to run on: it runs all the same, so the count says nothing of its end.

    Args:
        before: the book of its owner before the change.
        after: the same after it. A session that it no longer has goes on, and is not counted.
        offers: of the catalog.
        now: the present instant.
        soonest: an end before this can't be promised.
    """
    left = {each.id: each for entries in after.entries.values() for each in entries}
    for offer_id, entries in before.entries.items():
        offer = offers.get(offer_id)
        for entry in (left.get(each.id, each) for each in entries if each.runs(now)):
            if offer is None or not entry.runs(now):
                continue
            was = real_end(entry, before, offer, now=now)
            end = real_end(entry, after, offer, now=now)
            has_moved = was.used_up != end.used_up or abs(was.at - end.at) >= LEAST_MOVE
            # Or many changes of half a minute each would never count.
            followed = abs(entry.end - was.at) < LEAST_MOVE
            if (has_moved or followed) and is_news(entry.end, end, soonest=soonest):
                yield Moved(entry, end)


def real_end(entry: Entry, book: Book, offer: Offer, *, now: datetime) -> SessionEnd:
    """Return when a session of the book ends by it, at its owner's wish at the latest."""
    return session_end(
        offer,
        book,
        start=entry.start,
        planned=entry.wish,
        now=now,
        reminder_id=entry.reminder_id,
    )


def is_news(promised: datetime, end: SessionEnd, *, soonest: datetime) -> bool:
    """Whether a session is to end at another time than was promised."""
    if end.used_up and (end.why != "limit" or end.at > promised):
        return False
    return end.at >= soonest and abs(end.at - promised) >= LEAST_MOVE
