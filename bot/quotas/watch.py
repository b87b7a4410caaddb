"""What is told of a quota that somebody watches, and when: pure.

A watch has one next message at most. What it says is reckoned when it is sent, so a message that
waited (the bot was away, its owner had quiet hours) tells how things stand then, and speaks for all
that came due meanwhile.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, final

from bot.catalog.offer import Offer
from bot.quotas.account import basis_of
from bot.quotas.book import Book, Scope, Source
from bot.quotas.kinds import Kind, OneOff, Renewed, Rolling
from bot.quotas.pattern import pattern_of
from bot.quotas.projection import expiry_after, low_after, renewal_after
from bot.quotas.usage import Usage

LOW_SHARE: Final = 0.2
"""Of the amount: a running session has time to end well, and the week can still be planned."""
WORTH_SHARE: Final = 0.1
"""Of the amount: less than that nobody can do much with before it expires."""
LEAD_OF_WEEK: Final = timedelta(hours=24)
LEAD_OF_MONTH: Final = timedelta(days=3)
LEAD_OF_CREDITS: Final = timedelta(days=7)
_LONG_TURN: Final = timedelta(days=8)
_IDLE_NOTICE: Final = timedelta(minutes=5)
_EPSILON: Final = 1e-8  # units; what is used in the microseconds of `_ROUGH` is less
_ROUGH: Final = 2
"""Microseconds by which an instant may be off that follows from fractions."""
_FOR_GOOD: Final = timedelta(days=366)


class Topic(StrEnum):
    """What a message about a quota is about."""

    EXPIRING = "expiring"
    """Something is left, and will be void soon."""
    LOW = "low"
    RENEWED = "renewed"
    """All of it is back."""
    OPEN = "open"
    """By the user's own pattern a lock-out is over about now."""
    IDLE = "idle"
    """A session that is left idle ends soon."""
    CHANGED = "changed"
    """The provider's rule is another now, by the catalog."""


@final
@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something to tell."""

    at: datetime
    topic: Topic = field(compare=False)


def next_event(
    offer: Offer,
    book: Book,
    *,
    scope: Scope,
    after: datetime,
    hushed_until: datetime | None = None,
) -> Event | None:
    """Return what is to be told first after an instant; None while nothing is in sight.

    A quota that is low at `after` already is told at once, all else after it.

    Args:
        offer: whose quota.
        book: of the user who watches.
        scope: what they want to know.
        after: up to which everything is told, aware.
        hushed_until: before this it is not said again that the quota is low.
    """
    found = min(_events(offer, book, scope, after, hushed_until), default=None)
    return None if found is None else Event(_up_to_millisecond(found.at), found.topic)


def hushed_after(offer: Offer, book: Book, told_at: datetime) -> datetime | None:
    """Return until when "low" is not said again, once it was said; None where nothing is reckoned.

    Once a turn; of a rolling window once in its length; of what was given once, once.
    """
    found = basis_of(offer, book)
    if found is None:
        return None
    kind, usages = found.kind, found.usages
    match kind:
        case OneOff():
            return told_at + _FOR_GOOD
        case Rolling(window=window):
            return told_at + window
        case _:
            return renewal_after(kind, usages, told_at) or told_at


def is_low(offer: Offer, book: Book, at: datetime) -> bool:
    """Whether little of the quota is left at an instant."""
    found = basis_of(offer, book)
    if found is None:
        return False
    kind, usages = found.kind, found.usages
    standing = kind.standing(usages, at)
    return standing.left <= kind.amount * LOW_SHARE + _EPSILON


def watchable(offer: Offer) -> bool:
    """Whether anything about an offer's quota could ever be told."""
    rule = offer.quota.rule
    unpublished = rule is not None and rule.kind == "unpublished"
    return (
        unpublished
        or basis_of(offer, Book()) is not None
        or offer.credits is not None  # its owner may know how much they were given
        or offer.session.idle_minutes.value is not None
    )


def lead_of(kind: Kind, at: datetime) -> timedelta:
    """Return how long before it is void an unused quota is told of."""
    if not isinstance(kind, Renewed):
        return LEAD_OF_CREDITS
    turn = kind.turn(at)
    return LEAD_OF_WEEK if turn.end - turn.start <= _LONG_TURN else LEAD_OF_MONTH


def idle_lead(minutes: float) -> timedelta:
    """Return how long before an idle session is ended its owner is nudged."""
    return min(_IDLE_NOTICE, timedelta(minutes=minutes) / 4)


def _events(
    offer: Offer, book: Book, scope: Scope, after: datetime, hushed_until: datetime | None
) -> Iterator[Event]:
    opens = _opens(offer, book, after)
    if opens is not None:
        yield Event(opens, Topic.OPEN)
    found = basis_of(offer, book)
    if found is not None:
        kind, usages = found.kind, found.usages
        renewal = renewal_after(kind, usages, after)
        if renewal is not None:
            yield Event(renewal, Topic.RENEWED)
    if scope is Scope.RESET:
        return
    if found is not None:
        kind, usages = found.kind, found.usages
        yield from _expiring(kind, usages, after)
        yield from _low(kind, usages, after, hushed_until)
    yield from _idle(offer, book, after)


def _expiring(kind: Kind, usages: Sequence[Usage], after: datetime) -> Iterator[Event]:
    expires = expiry_after(kind, after)
    # The next turn's too: a quota that is used up in this one has nothing to tell before that.
    for _ in range(2):
        if expires is None:
            return
        lead = lead_of(kind, expires - timedelta(milliseconds=1))
        at = expires - lead
        if at > after and kind.standing(usages, at).left > kind.amount * WORTH_SHARE:
            yield Event(at, Topic.EXPIRING)
            return
        expires = expiry_after(kind, expires)


def _low(
    kind: Kind, usages: Sequence[Usage], after: datetime, hushed_until: datetime | None
) -> Iterator[Event]:
    since = after if hushed_until is None else max(after, hushed_until)
    at = low_after(kind, usages, since, level=kind.amount * LOW_SHARE)
    if at is not None and not _expired(kind, at):
        yield Event(at, Topic.LOW)


def _expired(kind: Kind, at: datetime) -> bool:
    return isinstance(kind, OneOff) and kind.expires is not None and kind.expires <= at


def _idle(offer: Offer, book: Book, after: datetime) -> Iterator[Event]:
    minutes = offer.session.idle_minutes.value
    if minutes is None:
        return
    ahead = timedelta(minutes=minutes) - idle_lead(minutes)
    for entry in book.entries.get(offer.id, ()):
        at = entry.start + ahead
        if entry.source is Source.SESSION and after < at < entry.end:
            yield Event(at, Topic.IDLE)


def _opens(offer: Offer, book: Book, after: datetime) -> datetime | None:
    """Return when a lock-out that lasts is over by the user's own pattern."""
    rule = offer.quota.rule
    if rule is None or rule.kind != "unpublished":
        return None
    lockouts = book.lockouts.get(offer.id, ())
    lasting = next((each for each in reversed(lockouts) if each.until is None), None)
    if lasting is None:
        return None
    found = pattern_of(lockouts, book.entries.get(offer.id, ()), now=lasting.since)
    if found is None or found.lasted is None:
        return None
    at = lasting.since + found.lasted
    return at if at > after else None


def _up_to_millisecond(at: datetime) -> datetime:
    """Return the instant as the store keeps it; up, or what is told at it would not be over yet."""
    over = at.microsecond % 1000
    return at + timedelta(microseconds=-over if over <= _ROUGH else 1000 - over)
