"""One offer in a user's book, reckoned up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import final

from bot.catalog.offer import Offer
from bot.quotas.book import Book, Entry, Lockout, Scope
from bot.quotas.ends import SessionEnd, first_end
from bot.quotas.kinds import AfterUse, Kind, OneOff, Renewed, Rolling, Standing
from bot.quotas.offers import Pool, pool_of, rate_of
from bot.quotas.pace import Pace, pace
from bot.quotas.projection import low_after
from bot.quotas.truth import Reading, corrected
from bot.quotas.usage import HOUR, Usage, used_within


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """A quota with numbers."""

    pool: Pool
    kind: Kind
    """That of the pool, corrected by what the provider said."""
    usages: tuple[Usage, ...]
    standing: Standing
    planned: float
    """Units that running and planned sessions use from now on, before `renews_at`."""
    renews_at: datetime | None
    """When all of it is back: at the calendar's renewal, or when what is used is over."""
    expires_at: datetime | None
    """When credits that were given once are void."""
    pace: Pace | None
    gone_at: datetime | None
    """When running and planned sessions have used the rest of it; None where they leave some."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One offer in a user's book."""

    offer: Offer
    reckoned: Reckoned | None
    """None where nothing is published that could be reckoned with."""
    entries: tuple[Entry, ...]
    lockouts: tuple[Lockout, ...]
    reading: Reading | None
    unpriced: int
    """Entries that are not counted, for nobody said on which card credits were spent."""
    watched: Scope | None = None
    """What of it its owner is told; None for nothing."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a quota is reckoned from: the catalog, the book, and the provider's own word."""

    pool: Pool
    kind: Kind
    """That of the pool, corrected by what the provider said."""
    usages: tuple[Usage, ...]
    unpriced: int


def basis_of(offer: Offer, book: Book, *, without: int | None = None) -> Basis | None:
    """Return what the quota of an offer is reckoned from; None where nothing is published.

    Args:
        offer: whose quota.
        book: of the user.
        without: the reminder whose session is left out.
    """
    pool = pool_of(offer, book.personal(offer.id))
    if pool is None:
        return None
    entries = [
        each
        for each in book.entries.get(offer.id, ())
        if without is None or each.reminder_id != without
    ]
    counted, unpriced = _counted(offer, book, entries)
    kind, usages = corrected(pool.kind, counted, book.readings.get(offer.id))
    return Basis(pool=pool, kind=kind, usages=tuple(usages), unpriced=unpriced)


def account_of(offer: Offer, book: Book, *, now: datetime) -> Account:
    """Reckon up one offer."""
    basis = basis_of(offer, book)
    return Account(
        offer=offer,
        reckoned=None if basis is None else _reckoned(basis, now=now),
        entries=book.entries.get(offer.id, ()),
        lockouts=book.lockouts.get(offer.id, ()),
        reading=book.readings.get(offer.id),
        unpriced=0 if basis is None else basis.unpriced,
        watched=book.watches.get(offer.id),
    )


def session_end(
    offer: Offer,
    book: Book,
    *,
    start: datetime,
    planned: datetime,
    now: datetime,
    reminder_id: int | None = None,
) -> SessionEnd:
    """Return when a session really ends.

    Others of the same offer that run beside it use the quota too, each as long as its owner expects
    it to last: where the quota ends before that it ends all of them, so that what each of them was
    promised so far, in whatever order, makes no difference.

    Args:
        offer: where it runs.
        book: of the user whose session it is.
        start: when it began, aware.
        planned: when its owner expects it to end, aware.
        now: the present instant, which tells what runs.
        reminder_id: of the session itself where it stands in the book: it is not counted twice.
    """
    reading = book.readings.get(offer.id)
    limit = offer.session.limit_hours.value
    entries = tuple(
        replace(each, end=_longest(each, limit)) if each.runs(now) else each
        for each in book.entries.get(offer.id, ())
    )
    wished = replace(book, entries={**book.entries, offer.id: entries})
    basis = basis_of(offer, wished, without=reminder_id)
    return first_end(
        start=start,
        planned=planned,
        limit_hours=limit,
        kind=None if basis is None else basis.kind,
        usages=() if basis is None else basis.usages,
        rate=rate_of(offer, book.personal(offer.id).gpu),
        counted_from=None if reading is None else reading.as_of,
    )


def _longest(entry: Entry, limit_hours: float | None) -> datetime:
    """Return when a running session ends as long as its quota lasts."""
    if limit_hours is None:
        return entry.wish
    # What ran beyond its limit already is believed to go on.
    return max(entry.end, min(entry.wish, entry.start + limit_hours * HOUR))


def _counted(offer: Offer, book: Book, entries: Sequence[Entry]) -> tuple[list[Usage], int]:
    usual = book.personal(offer.id).gpu
    rates = [rate_of(offer, each.gpu or usual) for each in entries]
    priced = [
        Usage(each.start, each.end, rate)
        for each, rate in zip(entries, rates, strict=True)
        if rate is not None
    ]
    return priced, len(entries) - len(priced)


def _reckoned(basis: Basis, *, now: datetime) -> Reckoned:
    kind, usages = basis.kind, basis.usages
    standing = kind.standing(usages, now)
    renews_at, expires_at = standing.whole_at, None
    match kind:
        case Renewed():
            renews_at = kind.turn(now).end
        case OneOff(expires=expires_at):
            pass
        case Rolling() | AfterUse():
            pass
        case _:
            raise TypeError(f"an account of a {type(kind).__name__}")
    until = renews_at or expires_at or max((each.end for each in usages), default=now)
    planned = used_within(usages, now, max(now, until))
    return Reckoned(
        pool=basis.pool,
        kind=kind,
        usages=usages,
        standing=standing,
        planned=planned,
        renews_at=renews_at,
        expires_at=expires_at,
        pace=None if renews_at is None else pace(standing, until=renews_at, now=now),
        gone_at=_gone_at(basis, standing, planned, until=renews_at or expires_at, now=now),
    )


def _gone_at(
    basis: Basis, standing: Standing, planned: float, *, until: datetime | None, now: datetime
) -> datetime | None:
    if planned <= 0 or standing.left <= 0:
        return None
    gone_at = low_after(basis.kind, basis.usages, now, level=0.0)
    return None if gone_at is None or (until is not None and gone_at >= until) else gone_at
