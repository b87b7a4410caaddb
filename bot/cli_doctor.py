"""`gpu-scout doctor`: looks at all that the bot needs, and changes nothing."""

import asyncio
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import StartupError

if TYPE_CHECKING:
    from bot.ops.doctor.finding import Finding
    from bot.settings import Settings

# Each command imports what it needs, as in `bot.cli`.


def run(settings: "Settings | StartupError") -> None:
    """Print one line a finding; end with exit code 1 where one of them is a failure.

    Args:
        settings: what is set, or why that can't be read: then it is all that can be said.
    """
    from bot.ops.doctor.finding import Level, failure  # noqa: PLC0415

    if isinstance(settings, StartupError):
        secrets: list[str] = []
        findings = [failure("settings", str(settings), "the README has a table of all settings")]
    else:
        secrets = _secrets(settings)
        findings = asyncio.run(examine(settings))
    for finding in findings:
        print(_without(str(finding), secrets))  # noqa: T201
    sys.exit(any(finding.level is Level.FAILURE for finding in findings))


async def examine(settings: "Settings") -> "list[Finding]":
    """Look at everything, and return what was found: the machine first, then Discord."""
    from bot.app import open_words  # noqa: PLC0415
    from bot.catalog.load import load_catalog  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.discord.client import PERMISSIONS  # noqa: PLC0415
    from bot.ops.doctor import machine  # noqa: PLC0415
    from bot.ops.doctor.finding import ok  # noqa: PLC0415
    from bot.ops.doctor.portal import Wanted, look_at_discord  # noqa: PLC0415
    from bot.ops.doctor.rest import Rest  # noqa: PLC0415
    from bot.when import zones  # noqa: PLC0415

    clock = SystemClock()
    database, file = await machine.database(settings.database_url.get_secret_value())
    findings = [
        ok("settings", "each of them can be read"),
        machine.catalog(partial(load_catalog, settings.catalog_dir)),
        machine.words(open_words, partial(zones.read_all, now=clock.now())),
        database,
        machine.disk(file or Path("here")),
    ]
    token = settings.discord_token.get_secret_value() if settings.discord_token else None
    wanted = Wanted(
        permissions={name: _bit(name) for name, on in PERMISSIONS if on},
        shard_ids=settings.shard_ids,
        shard_count=settings.shard_count,
        owner_guild_id=settings.owner_guild_id,
    )
    async with Rest(api_base=settings.discord_api_base, token=token, clock=clock) as rest:
        return [*findings, *await look_at_discord(rest, wanted)]


def _bit(name: str) -> int:
    import discord  # noqa: PLC0415

    return discord.Permissions(**{name: True}).value


def _secrets(settings: "Settings") -> list[str]:
    from bot.store.url import password_of  # noqa: PLC0415

    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    return [token, password_of(settings.database_url.get_secret_value())]


def _without(line: str, secrets: Iterable[str]) -> str:
    """Blot the secrets out: a driver's own words may quote what it was given."""
    for secret in filter(None, secrets):
        line = line.replace(secret, "***")
    return line
