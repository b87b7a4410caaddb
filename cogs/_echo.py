"""How a time is read, shown while it is typed: the choices of an autocomplete."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from discord import app_commands

from bot.discord.people import Person
from bot.reminders.rules import PromiseRules
from bot.speech.neutral import in_one_line
from bot.speech.phrasebook import Words
from bot.speech.spans import span
from bot.when import Slot, WhenError, check_bounds, read, read_start

LONGEST_CHOICE: Final = 100
WORD_SHOWN: Final = 12
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SOMEWHERE: Final = ZoneInfo("UTC")
_NO_CLOCK: Final = "none"
"""What the sentences take for `$at` where nothing is known of the user's clock."""

Choices = list[app_commands.Choice[str]]


def time_choices(
    typed: str, *, now: datetime, person: Person, slot: Slot, rules: PromiseRules
) -> Choices:
    """Return how a time ahead is read: "in 6 h, at 21:30 your time"; examples for nothing.

    Where it can't be read, the choice says what to write instead. What a choice sends is always
    what was typed: it is read again at the instant of sending.
    """
    words, zone = person.words, person.settings.zone

    def shown(text: str) -> str:
        reading = read(text, now=now, zone=ZoneInfo(zone) if zone else _SOMEWHERE, slot=slot)
        check_bounds(reading, shortest=rules.soonest, longest=rules.farthest)
        if zone is None and reading.needs_zone:
            return words("echo-zone")
        length = span(timedelta(seconds=reading.seconds), words)
        return words("echo-ahead", span=length, at=_clock(reading.at, now, zone, words))

    return _choices(typed, words(f"echo-examples-{slot.value}"), shown, words)


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
