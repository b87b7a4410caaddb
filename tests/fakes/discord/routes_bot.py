"""Routes about the bot itself: who it is, its application, its commands, the gateway's address."""

from __future__ import annotations

from typing import Any

from tests.fakes.discord import command_rules, payloads
from tests.fakes.discord.errors import ApiError, InvalidFormError
from tests.fakes.discord.rest import Answer, Call, Route
from tests.fakes.discord.wire import Payload, is_list, is_object


def routes() -> list[Route]:
    """Return this part's routes."""
    commands = "/applications/{application_id}/commands"
    of_guild = "/applications/{application_id}/guilds/{guild_id}/commands"
    listed = [
        Route("GET", "/gateway", _gateway, authorized=False),
        Route("GET", "/gateway/bot", _gateway_bot),
        Route("GET", "/users/@me", _me),
        Route("GET", "/oauth2/applications/@me", _application),
        Route("GET", "/applications/@me", _application),
    ]
    for template in (commands, of_guild):
        listed += [
            Route("GET", template, _list_commands),
            Route("PUT", template, _overwrite_commands),
            Route("POST", template, _create_command),
            Route("GET", template + "/{command_id}", _get_command),
            Route("PATCH", template + "/{command_id}", _edit_command),
            Route("DELETE", template + "/{command_id}", _delete_command),
        ]
    return listed


def _gateway(call: Call) -> Answer:
    return 200, {"url": call.state.gateway_url}


def _gateway_bot(call: Call) -> Answer:
    return 200, {
        "url": call.state.gateway_url,
        "shards": call.state.gateway.recommended_shards,
        "session_start_limit": {
            "total": 1000,
            "remaining": max(0, 1000 - len(call.state.gateway.identifies)),
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    }


def _me(call: Call) -> Answer:
    return 200, payloads.user(call.state.world.bot) | {
        "verified": True,
        "mfa_enabled": True,
        "locale": "en-US",
        "email": None,
        "flags": 0,
    }


def _application(call: Call) -> Answer:
    return 200, payloads.application(call.state.application_id, call.state.world)


def _scope(call: Call) -> int | None:
    """Return which commands are meant: None for the global ones, else a guild's id."""
    if call.number("application_id") != call.state.application_id:
        raise ApiError(20012, status=403, message="You are not authorized to perform this action")
    if "guild_id" not in call.params:
        return None
    guild = call.state.world.guilds.get(call.number("guild_id"))
    if guild is None or not guild.has_bot:
        raise ApiError(50001)
    return guild.id


def _list_commands(call: Call) -> Answer:
    listed = call.state.commands.scope(_scope(call))
    if call.flag("with_localizations"):
        return 200, listed
    hidden = {"name_localizations", "description_localizations"}
    return 200, [_without(command, hidden) for command in listed]


def _without(value: object, hidden: set[str]) -> Any:
    if is_object(value):
        return {k: _without(v, hidden) for k, v in value.items() if k not in hidden}
    if is_list(value):
        return [_without(item, hidden) for item in value]
    return value


def _overwrite_commands(call: Call) -> Answer:
    scope = _scope(call)
    bodies: list[Payload] = call.body or []
    if problems := list(command_rules.commands_problems(bodies)):
        raise InvalidFormError(problems)
    return 200, call.state.commands.overwrite(scope, bodies)


def _create_command(call: Call) -> Answer:
    scope = _scope(call)
    if problems := list(command_rules.command_problems(call.form)):
        raise InvalidFormError(problems)
    return 201, call.state.commands.upsert(scope, call.form)


def _find_command(call: Call) -> Payload:
    wanted = call.params["command_id"]
    for command in call.state.commands.scope(_scope(call)):
        if command["id"] == wanted:
            return command
    raise ApiError(10063)


def _get_command(call: Call) -> Answer:
    return 200, _find_command(call)


def _edit_command(call: Call) -> Answer:
    merged = _find_command(call) | call.form
    if problems := list(command_rules.command_problems(merged)):
        raise InvalidFormError(problems)
    return 200, call.state.commands.upsert(_scope(call), merged)


def _delete_command(call: Call) -> Answer:
    if not call.state.commands.remove(_scope(call), call.params["command_id"]):
        raise ApiError(10063)
    return 204, None
