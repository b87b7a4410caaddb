"""The session in a question that asks for a warning: how long, since when, how long before."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.ask.halves import problem_of
from bot.ask.lengths import Lengths
from bot.ask.reminder import LOOKED_AT, Wanted
from bot.ask.text import MOST_CHARACTERS
from bot.catalog.offer import Offer

_OF_SESSION: Final = frozenset({"session", "disconnected", "remaining", "named"})
_OF_QUOTA: Final = frozenset({"quota", "reset"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionAsked:
    """What `/remind session` is to be given, each as it was typed."""

    duration: str | None
    """The whole length, from `started` on; None: as long as the provider lets it last."""
    started: str | None = None
    """How long ago it began: "2 hours"; None: now."""
    lead: str | None = None
    """How long before its end the warning is wanted."""


def session_of(
    original: str,
    reminder: Wanted,
    ideas: AbstractSet[str],
    lengths: Lengths,
    *,
    several: bool,
    now: datetime,
) -> SessionAsked | None:
    """Return the session whose end somebody wants to be warned of; None where it is something else.

    Args:
        original: the question as typed.
        reminder: the time in it: "it ends in 6 hours" has one too, at which it is too late.
        ideas: what the question speaks of.
        lengths: what says which length is which.
        several: whether more than one provider is named, each with its own session.
        now: aware.
    """
    if reminder.recurring is not None or reminder.directly or several:
        return None
    if ideas & _OF_QUOTA or not ideas & _OF_SESSION:
        return None
    asked = session_in(original, lengths, now=now)
    if asked is None or reminder.when is None:
        return asked
    told = (asked.duration, asked.started, asked.lead)
    return asked if any(each is not None and each in reminder.when for each in told) else None


def session_in(original: str, lengths: Lengths, *, now: datetime) -> SessionAsked | None:
    """Return the session that a text speaks of; None where it tells no length of one.

    None too where a length in the text is of nothing known, or two are of the same: a guess
    would warn at a wrong time.
    """
    text = _looked_at(original)
    if any(pattern.search(text) for pattern in lengths.doubts):
        return None
    unclaimed = {match.start(): match["length"] for match in lengths.any.finditer(text)}
    roles = (lengths.leads, lengths.left, lengths.starts, lengths.durations)
    claims = [_claimed(role, text, unclaimed) for role in roles]
    if unclaimed or any(len(each) > 1 for each in claims):
        return None
    lead, left, started, duration = (next(iter(each), None) for each in claims)
    told = [each for each in (lead, left, started, duration) if each is not None]
    if any(problem_of(each, now) is not None for each in told):
        return None
    if left is not None:
        return SessionAsked(duration=left, lead=lead)
    if duration is None and started is None:
        return None
    return SessionAsked(duration=duration, started=started, lead=lead)


def lead_in(original: str, lengths: Lengths) -> str | None:
    """Return how long before something a warning is wanted: "10 min before kaggle resets"."""
    text = _looked_at(original)
    found = (pattern.search(text) for pattern in lengths.leads)
    return next((match["length"] for match in found if match is not None), None)


def is_unsure(reminder: Wanted, original: str, lengths: Lengths) -> bool:
    """Say whether the time of a plain reminder may not be the one that is wanted.

    That is so where no words that ask stand beside it, and something else says when: how long
    before the time, or another length.
    """
    if reminder.when is None or reminder.directly or reminder.recurring is not None:
        return False
    text = _looked_at(original)
    if any(pattern.search(text) for pattern in lengths.leads):
        return True
    told = {match["length"] for match in lengths.any.finditer(text)}
    return len(told) > 1 and any(each in reminder.when for each in told)


def usual_length(offer: Offer) -> str | None:
    """Return how long a session of the offer lasts at most, as one types it."""
    limit = offer.session.limit_hours.value
    return None if limit is None else f"{limit:g}h"


def _looked_at(original: str) -> str:
    return " ".join(original[:MOST_CHARACTERS].split())[:LOOKED_AT]


def _claimed(
    patterns: tuple[re.Pattern[str], ...], text: str, unclaimed: dict[int, str]
) -> tuple[str, ...]:
    """Return the lengths that patterns say the role of, and take them from the unclaimed."""
    places = {match.start("length") for each in patterns for match in each.finditer(text)}
    found = [unclaimed.pop(place) for place in sorted(places) if place in unclaimed]
    return tuple(dict.fromkeys(each.replace("-", " ") for each in found))
