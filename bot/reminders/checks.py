"""The bounds of what may be promised: pure, and the same for a new promise and for an edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.reminders.errors import LeadOutOfRange, NoteTooLong, TooFar, TooManyLeads, TooSoon
from bot.reminders.rules import PromiseRules


def check_instant(at: datetime, *, now: datetime, rules: PromiseRules) -> None:
    """Check that an instant is neither too near, or past, nor too far.

    Raises:
        TooSoon: it is nearer than the soonest that is promised.
        TooFar: it is too far away.
    """
    if at - now < rules.soonest:
        raise TooSoon(at=at, soonest=rules.soonest)
    if at - now > rules.farthest:
        raise TooFar(at=at, farthest=rules.farthest)


def check_note(note: str | None, *, rules: PromiseRules) -> None:
    """Check a note's length.

    Raises:
        NoteTooLong: it is too long.
    """
    if note is not None and len(note) > rules.note_length:
        raise NoteTooLong(length=len(note), limit=rules.note_length)


def check_leads(leads: Sequence[timedelta] | None, *, rules: PromiseRules) -> Sequence[timedelta]:
    """Return the leads, or the usual ones for none.

    Raises:
        TooManyLeads: there are more than one may have.
        LeadOutOfRange: one is negative or longer than the longest.
    """
    chosen = leads or rules.leads
    if len(chosen) > rules.most_leads:
        raise TooManyLeads(count=len(chosen), limit=rules.most_leads)
    for lead in chosen:
        if not timedelta() <= lead <= rules.longest_lead:
            raise LeadOutOfRange(lead=lead, longest=rules.longest_lead)
    return chosen
