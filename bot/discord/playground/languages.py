"""Gives each member of the world a language of their own; SimCord speaks en-US to all."""

from collections.abc import Callable, Mapping
from typing import Any, cast

import discord
from simcord import Env

LocaleOf = Callable[[int], str]  # user id -> language tag
Command = dict[str, Any]  # one object of Discord's "application command" JSON
# What Discord's client shows in the reader's language. Command and option names stay as they
# are: SimCord sends the shown name back, and Discord sends the original one.
NESTED = ("options", "choices")


def localize_interactions(bot: discord.AutoShardedClient, locale_of: LocaleOf) -> None:
    """Make each interaction carry the locale of the member who started it."""
    # SimCord looks the parser up in this dictionary at every event.
    parsers = bot._connection.parsers  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    parse = parsers["INTERACTION_CREATE"]

    def parse_with_locale(data: dict[str, Any]) -> None:
        user = data["member"]["user"] if "member" in data else data["user"]
        parse({**data, "locale": locale_of(int(user["id"]))})

    parsers["INTERACTION_CREATE"] = parse_with_locale


def localize_commands(env: Env, locale_of: LocaleOf) -> None:
    """List commands with descriptions and choices in the language of the one who reads them."""
    visible_commands = env.backend.visible_commands

    def visible_in_their_language(*, user_id: int, channel_id: int, **kind: int) -> list[Command]:
        locale = locale_of(user_id)
        return [
            in_language(command, locale)
            for command in visible_commands(user_id=user_id, channel_id=channel_id, **kind)
        ]

    env.backend.visible_commands = visible_in_their_language


def in_language(thing: Mapping[str, Any], locale: str) -> Command:
    """Return a command, an option or a choice with its words put into a language."""
    is_choice = "value" in thing
    words = "name" if is_choice else "description"
    translated = cast("Mapping[str, str]", thing.get(f"{words}_localizations") or {})
    shown = {**thing, words: translated.get(locale, thing.get(words, ""))}
    for key in NESTED:
        if key in thing:
            shown[key] = [in_language(inner, locale) for inner in thing[key]]
    return shown
