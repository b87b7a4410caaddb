"""Times as a user typed them."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.discord.errors import UserError
from bot.reminders.errors import LeadOutOfRange, TooManyLeads
from bot.reminders.rules import PromiseRules
from bot.speech.neutral import neutral
from bot.speech.phrase import Phrase
from bot.when import Kind, Problem, Reading, Slot, Start, WhenError, read, read_start
from bot.when.every import Every, EveryError, read_every
from bot.when.instants import instants
from bot.when.quiet import read_quiet
from bot.when.reading import EPOCH

WORD_SHOWN: Final = 30
_BETWEEN: Final = re.compile(r"[,，、;；]")
_SOMEWHERE: Final = ZoneInfo("UTC")
_LAST_MINUTE: Final = time(23, 59)


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
        return read(text, now=now, zone=_zone(zone), slot=slot)
    except WhenError as error:
        raise _unread(error) from None


def read_started(text: str, *, now: datetime, zone: str | None) -> Start:
    """Read when a session began; arguments as for `read_time`.

    Raises:
        UserError: it is no time in the last days that can be relied on.
    """
    try:
        return read_start(text, now=now, zone=_zone(zone))
    except WhenError as error:
        raise _unread(error) from None


def read_until(text: str, *, now: datetime, zone: str | None) -> Reading:
    """Read the end of what repeats: a day alone is meant whole. Arguments as for `read_time`.

    Raises:
        UserError: it is no time that can be relied on.
    """
    return whole_day(read_time(text, now=now, zone=zone, slot=Slot.TIME))


def whole_day(reading: Reading) -> Reading:
    """Return the reading, moved to the last minute of its day where only a day was said."""
    if reading.kind is not Kind.DATE:
        return reading
    day = reading.at.astimezone(ZoneInfo(reading.zone)).date()
    return replace(reading, at=instants(day, _LAST_MINUTE, ZoneInfo(reading.zone))[-1])


def read_every_option(text: str) -> Every:
    """Read how often something comes.

    Raises:
        UserError: it is no rule that can be relied on.
    """
    try:
        return read_every(text)
    except EveryError as error:
        word = neutral(text, most=WORD_SHOWN)
        raise UserError(Phrase(f"every-{error.problem.value}", {"word": word})) from None


def read_quiet_option(text: str) -> tuple[time, time] | None:
    """Read quiet hours, such as `23:00-08:00`; None for "off".

    Raises:
        UserError: they are no hours that can be relied on.
    """
    try:
        return read_quiet(text)
    except ValueError:
        word = neutral(text, most=WORD_SHOWN)
        raise UserError(Phrase("quiet-unreadable", {"word": word})) from None


def _zone(name: str | None) -> ZoneInfo:
    return ZoneInfo(name) if name else _SOMEWHERE


def _unread(error: WhenError) -> UserError:
    word = neutral(error.word or "", most=WORD_SHOWN)
    problem = error.problem
    if problem is Problem.BARE_NUMBER and word and not word.strip("0"):
        problem = Problem.ZERO  # a unit would not help
    return UserError(Phrase(f"when-{problem.value}", {"word": word}))


def read_leads(text: str, *, now: datetime) -> tuple[timedelta, ...]:
    """Read several lengths of time, such as `30m, 10m`.

    Raises:
        UserError: one of them is no length of time.
    """
    leads: list[timedelta] = []
    for part in _BETWEEN.split(text):
        words = part.split()
        if not _is_length(part) and len(words) > 1 and all(map(_is_length, words)):
            said = neutral(", ".join(words), most=WORD_SHOWN)
            raise UserError(Phrase("error-leads-commas", {"leads": said}))
        reading = read_time(part, now=now, zone=None, slot=Slot.DURATION)
        if reading.kind is not Kind.DURATION or reading.needs_zone:
            word = neutral(part, most=WORD_SHOWN)
            raise UserError(Phrase("error-lead-not-length", {"word": word}))
        leads.append(timedelta(seconds=reading.seconds))
    return tuple(leads)


def _is_length(text: str) -> bool:
    try:
        reading = read(text, now=EPOCH, zone=_SOMEWHERE, slot=Slot.DURATION)
    except WhenError:
        return False
    return reading.kind is Kind.DURATION


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
