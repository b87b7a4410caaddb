"""How often something comes, in words, and as it could be typed again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bot.speech import stamps
from bot.speech.phrasebook import Words
from bot.speech.spans import span
from bot.when.recurrence import ALL_DAYS, WEEKDAYS, EachLength, OnDays, Recurrence

_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS: Final = ((3600, "h"), (60, "m"), (1, "s"))


def recurrence_text(recurrence: Recurrence, words: Words) -> str:
    """Return `every weekday at 09:00 (Berlin), until …`; the end as Discord's time stamp."""
    said = _rule(recurrence, words)
    if recurrence.until is None:
        return said
    return words("every-until", every=said, until=stamps.full(recurrence.until))


def typed_every(recurrence: Recurrence, words: Words) -> str:
    """Return the rule as the option `every:` reads it back."""
    rule = recurrence.rule
    if isinstance(rule, EachLength):
        return typed_length(rule.length)
    if rule.days == ALL_DAYS:
        return words("every-typed-day")
    if rule.days == WEEKDAYS:
        return words("every-typed-weekdays")
    return days_text(rule.days, words)


def days_text(days: Iterable[int], words: Words) -> str:
    """Return days of the week by name, Monday being 0."""
    return words("between").join(words(f"weekday-{_NAMES[day]}") for day in sorted(days))


def typed_length(length: timedelta) -> str:
    """Return `1h30m`, which every time field reads back."""
    seconds, said = length // timedelta(seconds=1), ""
    for size, unit in _UNITS:
        count, seconds = divmod(seconds, size)
        said += f"{count}{unit}" if count else ""
    return said


def _rule(recurrence: Recurrence, words: Words) -> str:
    rule = recurrence.rule
    match rule:
        case EachLength(length, _):
            return words("every-length", span=span(length, words))
        case OnDays(days, at):
            clock = at.isoformat("seconds" if at.second else "minutes")
            said = {"at": clock, "zone": recurrence.zone.rpartition("/")[2].replace("_", " ")}
            if days == ALL_DAYS:
                return words("every-day", **said)
            if days == WEEKDAYS:
                return words("every-weekday", **said)
            named = days_text(days, words)
            return words("every-days", days=named, **said)
