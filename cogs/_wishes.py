"""Options of commands as fields of a request."""

from collections.abc import Mapping

from discord import app_commands

from bot.discord.errors import UserError
from bot.speech.phrase import Phrase

Amount = app_commands.Range[float, 0.01, 100_000.0]
Region = app_commands.Range[str, 2, 2]
Short = app_commands.Range[str, 1, 60]


def said_of(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields whose option was given; None is one that was not."""
    return {name: value for name, value in fields.items() if value is not None}


def named(gpu: str | None) -> tuple[str, ...] | None:
    """Return the names of an option of one; a blank one names nothing."""
    return (gpu,) if gpu is not None and gpu.strip() else None


def country(region: str | None) -> str | None:
    """Return a country's code.

    Raises:
        UserError: it is no two letters.
    """
    if region is None:
        return None
    if not (region.isascii() and region.isalpha()):
        raise UserError(Phrase("error-bad-country"))
    return region.upper()
