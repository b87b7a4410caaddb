"""What a message about a watched quota says, reckoned when it is sent: pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import final

from bot.catalog.offer import Offer
from bot.quotas.account import Reckoned, account_of, basis_of
from bot.quotas.book import Book
from bot.quotas.projection import expiry_after, renewal_after
from bot.quotas.watch import Topic, idle_lead


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One message about a quota, before it has words."""

    topic: Topic
    """What is true when it is sent: of what was to expire and was renewed since, the renewal."""
    offer: Offer | None
    """None where the catalog does not have it any more."""
    reckoned: Reckoned | None
    expires_at: datetime | None = None
    """When what is left is void."""
    over: bool = False
    """What it warns of has happened: credits are void, a session was left idle too long."""
    idle_minutes: float | None = None
    idle_ends_at: datetime | None = None
    """When a session ends that was left idle since it began."""


def telling(
    offer: Offer | None, book: Book, *, topic: Topic, planned_for: datetime, as_of: datetime
) -> Telling:
    """Say what a message tells.

    Args:
        offer: whose quota, as the catalog has it now.
        book: of the user who watches.
        topic: what it was planned for.
        planned_for: when it would have come, aware.
        as_of: when it is sent, aware.
    """
    if offer is None:
        return Telling(topic=Topic.CHANGED, offer=None, reckoned=None)
    reckoned = account_of(offer, book, now=as_of).reckoned
    if topic is Topic.IDLE:
        return _idle(offer, reckoned, planned_for=planned_for, as_of=as_of)
    basis = basis_of(offer, book)
    expires_at, over = None, False
    if basis is not None:
        expires_at = expiry_after(basis.kind, as_of)
        if topic in {Topic.EXPIRING, Topic.LOW}:
            renewed = renewal_after(basis.kind, basis.usages, planned_for)
            if renewed is not None and renewed <= as_of:
                topic = Topic.RENEWED
            else:
                # Void for good: of what is renewed, the case above.
                void = expiry_after(basis.kind, planned_for)
                over = void is not None and void <= as_of
    return Telling(topic=topic, offer=offer, reckoned=reckoned, expires_at=expires_at, over=over)


def _idle(
    offer: Offer, reckoned: Reckoned | None, *, planned_for: datetime, as_of: datetime
) -> Telling:
    minutes = offer.session.idle_minutes.value
    if minutes is None:  # the catalog knew it when this was planned
        return Telling(topic=Topic.IDLE, offer=offer, reckoned=reckoned)
    ends_at = planned_for + idle_lead(minutes)
    return Telling(
        topic=Topic.IDLE,
        offer=offer,
        reckoned=reckoned,
        over=ends_at <= as_of,
        idle_minutes=minutes,
        idle_ends_at=ends_at,
    )
