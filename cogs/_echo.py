"""How a time is read, shown while it is typed: the choices of an autocomplete."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from discord import app_commands

from bot.discord.people import Person
from bot.reminders.rules import PromiseRules
from bot.speech.neutral import in_one_line
from bot.speech.phrasebook import Words
from bot.speech.spans import span
from bot.when import Reading, Slot, WhenError, check_bounds, read, read_start
from cogs._times import whole_day

LONGEST_CHOICE: Final = 100
WORD_SHOWN: Final = 12
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SOMEWHERE: Final = ZoneInfo("UTC")
_NO_CLOCK: Final = "none"
"""What the sentences take for `$at` where nothing is known of the user's clock."""

Choices = list[app_commands.Choice[str]]


def time_choices(
    typed: str,
    *,
    now: datetime,
    person: Person,
    slot: Slot,
    rules: PromiseRules,
    started: str | None = None,
) -> Choices:
    """Return how a time ahead is read: "in 6 h, at 21:30 your time"; examples for nothing.

    Where it can't be read, the choice says what to write instead. What a choice sends is always
    what was typed: it is read again at the instant of sending.

    Args:
        typed: so far.
        now: aware.
        person: whose clock and language it is.
        slot: what the option asks for.
        rules: how near and how far it may be.
        started: when that which lasts for the length began, as typed; it counts from there.
    """
    words, zone = person.words, person.settings.zone
    here = ZoneInfo(zone) if zone else _SOMEWHERE

    def shown(text: str) -> str:
        reading = read(text, now=now, zone=here, slot=slot)
        if started is not None:
            if not reading.parts:
                return words("started-needs-length")
            reading = _since(started, reading, now=now, zone=here)
            if reading.seconds <= 0:
                return words("started-over")
        check_bounds(reading, shortest=rules.soonest, longest=rules.farthest)
        return _ahead(reading, now, zone, words)

    return _choices(typed, words(f"echo-examples-{slot.value}"), shown, words)


def until_choices(typed: str, *, now: datetime, person: Person) -> Choices:
    """Return how the end of a series is read, a day alone being meant whole; none for nothing."""
    words, zone = person.words, person.settings.zone
    if not typed.strip():
        return []

    def shown(text: str) -> str:
        here = ZoneInfo(zone) if zone else _SOMEWHERE
        return _ahead(whole_day(read(text, now=now, zone=here, slot=Slot.TIME)), now, zone, words)

    return _choices(typed, "", shown, words)


def start_choices(typed: str, *, now: datetime, person: Person) -> Choices:
    """Return how a start is read: "20 min ago, at 14:10 your time"; else like `time_choices`."""
    words, zone = person.words, person.settings.zone

    def shown(text: str) -> str:
        start = read_start(text, now=now, zone=ZoneInfo(zone) if zone else _SOMEWHERE)
        if zone is None and start.needs_zone:
            return words("echo-zone")
        at = _clock(start.at, now, zone, words)
        if not start.seconds:
            return words("echo-now", at=at)
        return words("echo-ago", span=span(timedelta(seconds=start.seconds), words), at=at)

    return _choices(typed, words("echo-examples-start"), shown, words)


def _ahead(reading: Reading, now: datetime, zone: str | None, words: Words) -> str:
    if zone is None and reading.needs_zone:
        return words("echo-zone")
    length = span(reading.at - now, words)
    return words("echo-ahead", span=length, at=_clock(reading.at, now, zone, words))


def _since(started: str, reading: Reading, *, now: datetime, zone: ZoneInfo) -> Reading:
    """Return the end of a length that began then; unchanged while the start can't be read yet."""
    try:
        start = read_start(started, now=now, zone=zone)
    except WhenError:
        return reading
    return replace(
        reading,
        at=reading.at - timedelta(seconds=start.seconds),
        seconds=reading.seconds - start.seconds,
        needs_zone=reading.needs_zone or start.needs_zone,
    )


def _choices(typed: str, examples: str, shown: Callable[[str], str], words: Words) -> Choices:
    if not typed.strip():
        return [_choice(f"{each} · {shown(each)}", each) for each in examples.split(" | ")]
    try:
        return [_choice(shown(typed), typed)]
    except WhenError as error:
        # A choice is plain text: nothing in it needs escaping.
        word = in_one_line(error.word or "")[:WORD_SHOWN]
        return [_choice(words(f"when-{error.problem.value}", word=word), typed)]


def _choice(name: str, value: str) -> app_commands.Choice[str]:
    cut = name if len(name) <= LONGEST_CHOICE else f"{name[: LONGEST_CHOICE - 1]}…"
    return app_commands.Choice(name=cut, value=value[:LONGEST_CHOICE])


def _clock(instant: datetime, now: datetime, zone: str | None, words: Words) -> str:
    """Return what the user's clock shows then, with the day where it is not today."""
    if zone is None:
        return _NO_CLOCK
    local, today = instant.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    clock = local.strftime("%H:%M")
    if local.date() == today:
        return words("echo-at", clock=clock)
    day, weekday = local.date().isoformat(), _WEEKDAYS[local.weekday()]
    return words("echo-at-day", weekday=weekday, date=day, clock=clock)
