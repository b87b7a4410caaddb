"""Discord's limits on what is sent: https://discord.com/developers/docs/components/reference."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import ui
from simcord.components import walk_components

from tests.fakes.discord import rules
from tests.fakes.discord.command_rules import commands_problems

Payload = dict[str, Any]

BUTTON, SELECT, TEXT_INPUT, TEXT, LABEL = 2, 3, 4, 10, 18
IS_V2 = discord.MessageFlags(components_v2=True).value


def of_message(view: ui.View | ui.LayoutView, content: str = "") -> list[str]:
    """Say where a message of this view passes a limit."""
    return of_components(view.to_components(), v2=isinstance(view, ui.LayoutView), content=content)


def of_components(tree: list[Payload], *, v2: bool, content: str = "") -> list[str]:
    """Say where a message of these components passes a limit."""
    payload: Payload = {"components": tree, "flags": IS_V2 if v2 else 0}
    if content:
        payload["content"] = content
    found = [f"{problem}" for problem in rules.message_problems(payload)]
    found += _over("content", content, 2000)
    components = list(walk_components(payload["components"]))
    if len(components) > 40:
        found.append(f"{len(components)} components")
    texts = [each["content"] for each in components if each["type"] == TEXT]
    found += [f"an empty text beside {texts}" for each in texts if not each.strip()]
    found += _over("all texts", "".join(texts), 4000)
    for each in components:
        found += _of_component(each)
    ids = [each["custom_id"] for each in components if "custom_id" in each]
    found += [f"{custom_id} stands twice" for custom_id in set(ids) if ids.count(custom_id) > 1]
    return found


def of_modal(payload: Payload) -> list[str]:
    """Say where a modal passes a limit."""
    found = _over("title", payload["title"], 45)
    found += _over("custom_id", payload["custom_id"], 100)
    if not 1 <= len(payload["components"]) <= 5:
        found.append(f"{len(payload['components'])} components")
    for each in walk_components(payload["components"]):
        found += _of_component(each)
    return found


def of_choices(choices: list[discord.app_commands.Choice[str]]) -> list[str]:
    """Say where what an autocomplete answers passes a limit."""
    found = [f"{len(choices)} choices"] if len(choices) > 25 else []
    for each in choices:
        found += _over("choice", each.name, 100, least=1) + _over("value", each.value, 100)
    return found


def of_commands(commands: list[Payload]) -> list[str]:
    """Say where the definitions of commands pass a limit."""
    found = [f"{problem}" for problem in commands_problems(commands)]
    for command in commands:
        for path, thing in _things(command, command["name"]):
            for key in ("name", "description"):
                for text in _in_each_language(thing, key):
                    found += _over(f"{path} {key}", text, 100, least=1)
            options = thing.get("options", [])
            required = [each.get("required", False) for each in options]
            if required != sorted(required, reverse=True):
                found.append(f"{path}: an optional option before a required one")
            if len(options) > 25 or len(thing.get("choices", [])) > 25:
                found.append(f"{path}: more than 25 options or choices")
    return found


def _things(thing: Payload, path: str) -> Iterator[tuple[str, Payload]]:
    yield path, thing
    for inner in (*thing.get("options", ()), *thing.get("choices", ())):
        yield from _things(inner, f"{path} {inner['name']}")


def _in_each_language(thing: Payload, key: str) -> list[str]:
    localized: dict[str, str] = thing.get(f"{key}_localizations") or {}
    return [thing[key], *localized.values()] if key in thing else []


def _of_component(component: Payload) -> list[str]:
    found = _over("custom_id", component.get("custom_id", ""), 100)
    match component["type"]:
        case kind if kind == BUTTON:
            found += _over("button", component.get("label") or "", 80)
            found += _over("address", component.get("url", ""), 512)
        case kind if kind == SELECT:
            found += _over("placeholder", component.get("placeholder") or "", 150)
            if not 1 <= len(component["options"]) <= 25:
                found.append(f"{len(component['options'])} options")
            for option in component["options"]:
                found += _over("option", option["label"], 100, least=1)
                found += _over("option's value", option["value"], 100, least=1)
        case kind if kind == LABEL:
            found += _over("label", component["label"], 45, least=1)
            found += _over("label's description", component.get("description") or "", 100)
        case kind if kind == TEXT_INPUT:
            found += _over("default", component.get("value") or "", component["max_length"])
        case _:
            pass
    return found


def _over(what: str, text: str, most: int, *, least: int = 0) -> list[str]:
    # Discord counts UTF-16 units in some places and characters in others: the larger number.
    length = len(text.encode("utf-16-le")) // 2
    fits = least <= length <= most
    return [] if fits else [f"{what}: {length} of {least}-{most} characters: {text[:60]!r}"]
