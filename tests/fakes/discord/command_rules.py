"""What Discord enforces for application commands and its OpenAPI document does not say.

Source: Discord's "Application Commands" page (naming, limits, order of options).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from tests.fakes.discord.errors import Problem
from tests.fakes.discord.wire import CommandType, OptionType, Payload

LIMITS: Final = {CommandType.CHAT_INPUT: 100, CommandType.USER: 15, CommandType.MESSAGE: 15}
TOTAL_TEXT_LIMIT: Final = 8000
"""Characters of names, descriptions and choice values of one command; of a localized text the
longest version counts."""

_NESTING: Final = frozenset({OptionType.SUBCOMMAND, OptionType.SUBCOMMAND_GROUP})
Path = tuple[str | int, ...]


def commands_problems(commands: list[Payload]) -> Iterator[Problem]:
    """Yield what is wrong with one scope's whole set of commands."""
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        kind = int(command.get("type") or CommandType.CHAT_INPUT)
        name = str(command.get("name"))
        if (kind, name) in seen:
            yield Problem(
                (index,),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            )
        seen.add((kind, name))
        yield from command_problems(command, (index,))
    for kind, limit in LIMITS.items():
        if sum(of == kind for of, _ in seen) > limit:
            yield Problem(
                (),
                "APPLICATION_COMMANDS_MAX_EXCEEDED",
                f"Maximum number of application commands of type {kind.name} reached ({limit})",
            )


def command_problems(command: Payload, path: Path = ()) -> Iterator[Problem]:
    """Yield what is wrong with one command."""
    if int(command.get("type") or CommandType.CHAT_INPUT) == CommandType.CHAT_INPUT:
        yield from _name_problems(command, path)
        if not command.get("description"):
            yield Problem((*path, "description"), "BASE_TYPE_REQUIRED", "This field is required")
        yield from _options_problems(command.get("options"), path)
    elif command.get("description") or command.get("options"):
        yield Problem(
            (*path, "description"),
            "APPLICATION_COMMAND_CONTEXT_MENU_HAS_DESCRIPTION",
            "Context menu commands cannot have description or options",
        )
    if _text_length(command) > TOTAL_TEXT_LIMIT:
        yield Problem(
            path,
            "APPLICATION_COMMAND_TOO_LARGE",
            f"Command exceeds maximum size ({TOTAL_TEXT_LIMIT})",
        )


def _options_problems(options: Any, path: Path) -> Iterator[Problem]:
    listed: list[Payload] = options or []
    names: set[str] = set()
    optional_seen = False
    nesting = {option.get("type") in _NESTING for option in listed}
    if len(nesting) > 1:
        yield Problem(
            (*path, "options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-commands and sub-command groups cannot stand beside other options",
        )
    for index, option in enumerate(listed):
        here = (*path, "options", index)
        yield from _name_problems(option, here)
        name = str(option.get("name"))
        if name in names:
            yield Problem(
                (*here, "name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists in the options list",
            )
        names.add(name)
        if option.get("type") in _NESTING:
            yield from _options_problems(option.get("options"), here)
            continue
        if option.get("required") and optional_seen:
            yield Problem(
                here,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen = optional_seen or not option.get("required")
        if option.get("autocomplete") and option.get("choices"):
            yield Problem(
                (*here, "autocomplete"),
                "APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES",
                "An option with choices cannot be autocompleted",
            )


def _name_problems(named: Payload, path: Path) -> Iterator[Problem]:
    texts: list[tuple[Path, str]] = [((*path, "name"), str(named.get("name") or ""))]
    localized: Payload = named.get("name_localizations") or {}
    texts += [((*path, "name_localizations", key), str(text)) for key, text in localized.items()]
    for where, text in texts:
        if text != text.lower() or not text or not all(map(_allowed_in_name, text)):
            yield Problem(
                where,
                "APPLICATION_COMMAND_INVALID_NAME",
                "Command name is invalid",
            )


def _allowed_in_name(character: str) -> bool:
    # ^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$ : marks belong to those two scripts only.
    return (
        character in "-_'"
        or unicodedata.category(character)[0] in "LN"
        or "\u0900" <= character <= "\u097f"
        or "\u0e00" <= character <= "\u0e7f"
    )


def _text_length(named: Payload) -> int:
    length = 0
    for key in ("name", "description"):
        localized: Payload = named.get(f"{key}_localizations") or {}
        length += max(map(len, [str(named.get(key) or ""), *map(str, localized.values())]))
    for choice in named.get("choices") or ():
        length += len(str(choice.get("name") or "")) + len(str(choice.get("value")))
    return length + sum(map(_text_length, named.get("options") or ()))
