"""When a session really ends, in words: at its limit, out of quota, or as planned."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import final

from bot.catalog.offer import Offer
from bot.catalog.quota import AfterFirstUse, FixedWeekly, Monthly, RollingWindow
from bot.discord.people import Person
from bot.ledger import Ledger
from bot.quotas.ends import SessionEnd
from bot.reminders.models import ReminderId
from bot.speech import stamps
from bot.speech.figures import plain
from bot.speech.phrasebook import Words


async def real_end(
    ledger: Ledger,
    offer: Offer | None,
    person: Person,
    *,
    start: datetime,
    planned: datetime,
    soonest: datetime,
) -> tuple[datetime, list[str]]:
    """Return when a new session ends, and the sentences that say why then.

    Args:
        ledger: knows what is left.
        offer: where it runs; without one nothing but the plan is known.
        person: whose session it is.
        start: when it began.
        planned: when they expect it to end.
        soonest: an end before this can't be promised: what runs on in spite of it is believed.
    """
    if offer is None:
        return planned, []
    end = await ledger.end_of_new(person.id, offer, start=start, planned=planned)
    at, said = _promised(end, offer, person.words, planned=planned, soonest=soonest)
    idle = offer.session.idle_minutes.value
    if idle is not None:
        said.append(person.words("ends-idle", minutes=plain(idle)))
    return at, said


@final
@dataclass(frozen=True, slots=True)
class NewEnd:
    """When a session ends that is in the book already, once its owner expects another end."""

    at: datetime
    wished: datetime | None = None
    """When they expect it to end, where that is later."""
    said: list[str] = field(default_factory=list[str])
    """Why then."""
    by_quota: bool = False
    """What is left, as it is counted, ends it before that."""


async def new_end(
    ledger: Ledger,
    offer: Offer | None,
    person: Person,
    which: ReminderId,
    *,
    planned: datetime,
    longer: bool = False,
    soonest: datetime,
) -> NewEnd:
    """Return when a session ends whose owner expects another end than before.

    Args:
        ledger: knows what is left.
        offer: where it runs; without one nothing but the plan is known.
        person: whose session it is.
        which: the reminder of the session.
        planned: when they expect it to end now.
        longer: it is to last longer; what they wished before that, and did not get, still holds.
        soonest: an end before this can't be promised: what runs on in spite of it is believed.
    """
    end = None
    if offer is not None:
        end = await ledger.end_of(person.id, which, offer, planned=planned)
    if offer is None or end is None:
        return NewEnd(planned)
    at, said = _promised(end, offer, person.words, planned=planned, soonest=soonest)
    if at >= planned:
        return NewEnd(at, said=said)
    before = await ledger.wish_of(person.id, which, offer) if longer else None
    return NewEnd(at, max(before or planned, planned), said, by_quota=end.why == "quota")


def _promised(
    end: SessionEnd, offer: Offer, words: Words, *, planned: datetime, soonest: datetime
) -> tuple[datetime, list[str]]:
    """Return the end that is promised: that of the owner where the count can't be right."""
    is_over = end.at < soonest
    if end.used_up or (end.why == "quota" and is_over):
        used_up = words("ends-used-up")
        if end.why != "limit" or is_over:
            return planned, [used_up]
        return end.at, [*_first(end, offer, words), used_up]
    if end.why == "planned" or is_over:
        return planned, []
    return end.at, _first(end, offer, words)


def _first(end: SessionEnd, offer: Offer, words: Words) -> list[str]:
    clock = stamps.clock(end.at)
    if end.why == "limit":
        hours = plain(offer.session.limit_hours.value or 0)
        return [words("ends-limit", hours=hours, clock=clock)]
    return [words(f"ends-{quota_name(offer)}", clock=clock)]


def quota_name(offer: Offer) -> str:
    """Return in a word which kind of quota it is that ends."""
    match offer.quota.rule:
        case FixedWeekly():
            return "weekly"
        case Monthly():
            return "monthly"
        case RollingWindow() | AfterFirstUse():
            return "window"
        case _:
            monthly = offer.credits is not None and offer.credits.period not in (
                "one-off",
                "yearly-while-student",
            )
            return "monthly" if monthly else "credits"
