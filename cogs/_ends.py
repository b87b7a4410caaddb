"""When a session really ends, in words: at its limit, out of quota, or as planned."""

from datetime import datetime

from bot.catalog.offer import Offer
from bot.catalog.quota import AfterFirstUse, FixedWeekly, Monthly, RollingWindow
from bot.discord.people import Person
from bot.ledger import Ledger
from bot.quotas.ends import SessionEnd
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
    words = person.words
    idle = offer.session.idle_minutes.value
    remarks = [] if idle is None else [words("ends-idle", minutes=plain(idle))]
    if end.used_up:
        return planned, [words("ends-used-up"), *remarks]
    if end.why == "planned" or end.at < soonest:
        return planned, remarks
    return end.at, [*_first(end, offer, words), *remarks]


def ends_before(end: SessionEnd, offer: Offer, words: Words) -> list[str]:
    """Return the sentence for a session in the book that will not last as long as planned."""
    if end.used_up:
        return [words("ends-used-up")]
    return [] if end.why == "planned" else _first(end, offer, words)


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
