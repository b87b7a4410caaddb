"""Times as a user typed them."""

import re
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.discord.errors import UserError
from bot.reminders.errors import LeadOutOfRange, TooManyLeads
from bot.reminders.rules import PromiseRules
from bot.speech.neutral import neutral
from bot.speech.phrase import Phrase
from bot.when import Kind, Reading, Slot, WhenError, read

WORD_SHOWN: Final = 30
_BETWEEN: Final = re.compile(r"[,，、;；]")
_SOMEWHERE: Final = ZoneInfo("UTC")


def read_time(text: str, *, now: datetime, zone: str | None, slot: Slot) -> Reading:
    """Read one time.

    Args:
        text: as typed.
        now: aware.
        zone: the user's IANA zone; where it is unknown, a reading with `needs_zone` is worth
            nothing before the user was asked.
        slot: what the option asks for.

    Raises:
        UserError: it is no time that can be relied on; the sentence says what to write instead.
    """
    try:
        return read(text, now=now, zone=ZoneInfo(zone) if zone else _SOMEWHERE, slot=slot)
    except WhenError as error:
        word = neutral(error.word or "", most=WORD_SHOWN)
        raise UserError(Phrase(f"when-{error.problem.value}", {"word": word})) from None


def read_leads(text: str, *, now: datetime) -> tuple[timedelta, ...]:
    """Read several lengths of time, such as `30m, 10m`.

    Raises:
        UserError: one of them is no length of time.
    """
    leads: list[timedelta] = []
    for part in _BETWEEN.split(text):
        reading = read_time(part, now=now, zone=None, slot=Slot.DURATION)
        if reading.kind is not Kind.DURATION or reading.needs_zone:
            word = neutral(part, most=WORD_SHOWN)
            raise UserError(Phrase("error-lead-not-length", {"word": word}))
        leads.append(timedelta(seconds=reading.seconds))
    return tuple(leads)


def checked_leads(leads: tuple[timedelta, ...], rules: PromiseRules) -> tuple[timedelta, ...]:
    """Return the leads, longest first and each once.

    Raises:
        TooManyLeads: there are more than one session may have.
        LeadOutOfRange: one is longer than the longest.
    """
    wanted = tuple(sorted(set(leads), reverse=True))
    if len(wanted) > rules.most_leads:
        raise TooManyLeads(count=len(wanted), limit=rules.most_leads)
    for lead in wanted:
        if lead > rules.longest_lead:
            raise LeadOutOfRange(lead=lead, longest=rules.longest_lead)
    return wanted
