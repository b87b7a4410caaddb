"""What Discord's answer to a send means for the reminder."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import aiohttp
import discord

from bot.reminders.outcome import Outcome, Refused, Unauthorised, Unknown, Vanished, Wait

log = logging.getLogger(__name__)

# Discord's error codes, by what they say of the place that a message was for.
DM_REFUSED: Final[Mapping[int, str]] = {
    50007: "dm_closed",
    50278: "no_mutual_server",
    50033: "no_such_user",
    10013: "no_such_user",
}
CHANNEL_REFUSED: Final[Mapping[int, str]] = {
    50001: "no_access",
    50013: "no_permission",
    50083: "thread_archived",
}
# What is deleted or left does not come back; a permission may have been on its way.
CHANNEL_GONE: Final[Mapping[int, str]] = {10003: "channel_gone", 10004: "server_left"}
UNKNOWN_MESSAGE: Final = 10008
DMS_TOO_FAST: Final = 40003
DMS_TOO_FAST_WAIT: Final = timedelta(minutes=2)
# A 429 without Discord's own header comes from the proxy in front of it and names no time.
PROXY_WAIT: Final = timedelta(minutes=1)


def verdict_on(error: Exception) -> Outcome:
    """Return what a failed request means.

    Raises:
        Exception: `error` itself, where it is no answer of Discord's and no failure of the network,
            but a fault of the bot's.
    """
    match error:
        case discord.RateLimited():
            return Wait(timedelta(seconds=error.retry_after))
        case discord.LoginFailure():
            return Unauthorised()
        case discord.HTTPException():
            return _answered(error)
        case TimeoutError() | aiohttp.ClientError() | OSError():
            return Unknown(type(error).__name__)
        case _:
            raise error


def _answered(error: discord.HTTPException) -> Outcome:
    if error.status == 401:
        return Unauthorised()
    if error.status == 429:
        return Wait(PROXY_WAIT)
    if error.status >= 500:
        return Unknown(f"http_{error.status}")
    if error.code == UNKNOWN_MESSAGE:
        return Vanished()
    if error.code == DMS_TOO_FAST:
        return Wait(DMS_TOO_FAST_WAIT, "dms_too_fast")
    if error.code in DM_REFUSED:
        return Refused(DM_REFUSED[error.code])
    if error.code in CHANNEL_GONE:
        return Refused(CHANNEL_GONE[error.code])
    if error.code in CHANNEL_REFUSED:
        return Refused(CHANNEL_REFUSED[error.code], final=False)
    # Not in the table: the log tells the operator, the user gets the next target.
    log.error("Discord refused a message: %s", error, extra={"code": error.code})
    return Refused(f"discord_{error.code or error.status}", final=False)
