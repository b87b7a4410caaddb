"""What discord.py raises for an answer of Discord's."""

from types import SimpleNamespace
from typing import Any, cast

import discord

SECRET = "a detail that no user should read"


def response(status: int) -> Any:
    return cast("Any", SimpleNamespace(status=status, reason=SECRET))


def http_error(status: int, code: int = 0) -> discord.HTTPException:
    """The exception for a status and Discord's own error code."""
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(
        status, discord.DiscordServerError if status >= 500 else discord.HTTPException
    )
    return kind(response(status), {"code": code, "message": SECRET})
