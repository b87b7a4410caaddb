"""What only Discord can tell: the token, the intents, the servers, the shards, the time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, final

from bot.ops.doctor.finding import Finding, failure, ok, warning
from bot.ops.doctor.rest import (
    UNREACHABLE,
    Application,
    Gateway,
    Me,
    PartialGuild,
    RefusedError,
    Rest,
)

_PAGE: Final = 200  # guilds that Discord hands out at once
_NAMED: Final = 5  # servers that get a line of their own
_MOST_GUILDS_A_SHARD: Final = 2500  # above it Discord closes the connection with 4011
_SKEW_NOTED_S: Final = 5.0
_SKEW_HARMFUL_S: Final = 60.0
_UNAUTHORIZED: Final = 401
_ADMINISTRATOR: Final = 1 << 3
_PRIVILEGED: Final[Mapping[str, int]] = {
    "presence": (1 << 12) | (1 << 13),
    "server members": (1 << 14) | (1 << 15),
    "message content": (1 << 18) | (1 << 19),
}
"""Flags of an application with a privileged intent switched on: for verified ones, for others."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the bot asks for, and what it is set to."""

    permissions: Mapping[str, int]
    """The bit of each permission that the invitation asks for, by its name."""
    shard_ids: Sequence[int] | None
    shard_count: int | None
    owner_guild_id: int | None

    def invitation(self, application_id: str) -> str:
        """Return the address that invites the bot with all that it needs."""
        bits = sum(self.permissions.values())
        return (
            f"https://discord.com/oauth2/authorize?client_id={application_id}"
            f"&scope=bot+applications.commands&permissions={bits}"
        )


async def look_at_discord(rest: Rest, wanted: Wanted) -> list[Finding]:
    """Ask, and return a finding a subject; where nobody answers, there is but one."""
    try:
        await rest.get("/gateway", dict[str, object], with_token=False)
    except RefusedError as error:
        return [failure("network", f"{rest.api_base}: {error}", "check DISCORD_API_BASE")]
    except UNREACHABLE as error:
        reason = str(error) or "no answer in time"
        # Without a token only the playground runs, which needs no network.
        unreachable = warning if rest.token is None else failure
        advice = "check the network, a proxy, DISCORD_API_BASE"
        found = [unreachable("network", f"{rest.api_base} can't be reached: {reason}", advice)]
        return found if rest.token else [*found, _no_token()]
    found = [ok("network", f"{rest.api_base} answers"), _skew(rest.clock_ahead_s)]
    if rest.token is None:
        return [*found, _no_token()]
    try:
        async for each in _of_the_bot(rest, wanted):
            found.append(each)
    except RefusedError as error:
        if error.status == _UNAUTHORIZED:
            advice = "copy it again from the page of your application (Bot, Reset Token)"
            found.append(failure("token", "Discord refuses DISCORD_TOKEN", advice))
        else:
            found.append(failure("discord", str(error), "try again later"))
    except UNREACHABLE as error:
        found.append(failure("network", f"the answers stopped: {error}", "try again later"))
    return found


async def _of_the_bot(rest: Rest, wanted: Wanted) -> AsyncIterator[Finding]:
    me = await rest.get("/users/@me", Me)
    application = await rest.get("/applications/@me", Application)
    yield ok("token", f"accepted; the bot is {me.username}, application {application.id}")
    yield _intents(application.flags)
    guilds = [guild async for guild in _guilds(rest)]
    invitation = wanted.invitation(application.id)
    for finding in _permissions(guilds, wanted.permissions, invitation):
        yield finding
    if wanted.owner_guild_id is not None:
        yield _owner_guild(guilds, wanted.owner_guild_id, invitation)
    for finding in _shards(await rest.get("/gateway/bot", Gateway), wanted, guilds=len(guilds)):
        yield finding


async def _guilds(rest: Rest) -> AsyncIterator[PartialGuild]:
    after = 0
    while True:
        path = f"/users/@me/guilds?limit={_PAGE}&after={after}"
        page = await rest.get(path, list[PartialGuild])
        for guild in page:
            yield guild
        if len(page) < _PAGE:
            return
        after = max(guild.id for guild in page)


def _no_token() -> Finding:
    advice = "set it; without it `gpu-scout run` shows the playground"
    return warning("token", "DISCORD_TOKEN is not set", advice)


def _skew(ahead_s: float | None) -> Finding:
    if ahead_s is None:
        return warning("clock", "Discord's answer had no date to compare with")
    if abs(ahead_s) <= _SKEW_NOTED_S:
        return ok("clock", "within a few seconds of Discord's")
    text = f"{abs(ahead_s):.0f} s {'ahead of' if ahead_s > 0 else 'behind'} Discord's"
    advice = "let the system keep its time (NTP): reminders come by this clock"
    return (failure if abs(ahead_s) > _SKEW_HARMFUL_S else warning)("clock", text, advice)


def _intents(flags: int) -> Finding:
    needless = [name for name, bits in _PRIVILEGED.items() if flags & bits]
    if not needless:
        return ok("intents", "guilds and messages; no privileged one is needed or switched on")
    text = f"switched on for the application and never used: {', '.join(needless)}"
    return warning("intents", text, "switch them off on its page (Bot, Privileged Intents)")


def _permissions(
    guilds: Sequence[PartialGuild], needed: Mapping[str, int], invitation: str
) -> Iterator[Finding]:
    if not guilds:
        yield warning("permissions", "the bot is in no server", f"invite it: {invitation}")
        return
    lacking = [(guild, missing) for guild in guilds if (missing := _missing(guild, needed))]
    for guild, missing in lacking[:_NAMED]:
        text = f"{guild.name} ({guild.id}) lacks {', '.join(missing)}"
        yield warning("permissions", text, f"invite it again: {invitation}")
    if len(lacking) > _NAMED:
        yield warning("permissions", f"so do {len(lacking) - _NAMED} more servers")
    if not lacking:
        yield ok("permissions", f"all that it needs, in {len(guilds)} of {len(guilds)} servers")


def _missing(guild: PartialGuild, needed: Mapping[str, int]) -> list[str]:
    if guild.permissions & _ADMINISTRATOR:
        return []
    return [name.replace("_", " ") for name, bit in needed.items() if not guild.permissions & bit]


def _owner_guild(guilds: Sequence[PartialGuild], wanted: int, invitation: str) -> Finding:
    for guild in guilds:
        if guild.id == wanted:
            return ok("owner", f"/owner lives in {guild.name} ({guild.id})")
    text = f"the bot is not in the server of OWNER_GUILD_ID, {wanted}"
    return warning("owner", text, f"invite it there: {invitation}")


def _shards(gateway: Gateway, wanted: Wanted, *, guilds: int) -> Iterator[Finding]:
    count = wanted.shard_count or gateway.shards
    set_to = "as Discord recommends" if wanted.shard_count is None else f"SHARD_COUNT={count}"
    text = f"{set_to}; {gateway.shards} recommended for {guilds} servers"
    if guilds > _MOST_GUILDS_A_SHARD * count:
        advice = f"set SHARD_COUNT to {gateway.shards} or more: Discord refuses so few"
        yield failure("shards", text, advice)
    elif count < gateway.shards:
        yield warning("shards", text, f"set SHARD_COUNT to {gateway.shards}")
    else:
        yield ok("shards", text)
    limit = gateway.session_start_limit
    starts = len(wanted.shard_ids) if wanted.shard_ids is not None else count
    text = f"{limit.remaining} of {limit.total} connections left today; a start takes {starts}"
    if limit.remaining < starts:
        reset = timedelta(seconds=limit.reset_after // 1000)
        yield failure("connections", text, f"wait {reset}, then start; look for a restart loop")
    else:
        yield ok("connections", text)
