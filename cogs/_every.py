"""Choices for `every:` while it is being typed."""

from typing import Final

from discord import app_commands

from bot.speech.phrasebook import Words
from bot.speech.recurrences import days_text
from bot.speech.spans import span
from bot.when.every import Every, EveryError, read_every
from bot.when.recurrence import ALL_DAYS, WEEKDAYS
from cogs._replies import LONGEST_CHOICE

USUAL: Final = ("day", "weekdays", "week", "6h", "12h")


def every_choices(current: str, *, words: Words) -> list[app_commands.Choice[str]]:
    """Return what was typed as it is understood, or the usual rules that contain it."""
    typed = current.strip()
    if typed:
        try:
            said = every_text(read_every(typed), words)
        except EveryError:
            pass
        else:
            return [app_commands.Choice(name=said[:LONGEST_CHOICE], value=typed)]
    choices = [
        app_commands.Choice(name=every_text(read_every(each), words), value=each) for each in USUAL
    ]
    wanted = typed.casefold()
    return [each for each in choices if wanted in each.name.casefold() or wanted in each.value]


def every_text(every: Every, words: Words) -> str:
    """Return the rule in words; its time of day follows from when it first comes."""
    if every.length is not None:
        return words("every-length", span=span(every.length, words))
    if not every.days:
        return words("every-choice-week")
    if every.days == ALL_DAYS:
        return words("every-choice-day")
    if every.days == WEEKDAYS:
        return words("every-choice-weekday")
    return words("every-choice-days", days=days_text(every.days, words))
