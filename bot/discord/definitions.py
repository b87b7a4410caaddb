"""What the bot registers at Discord: its commands, with the words of every language.

Commands carry no words in code. Their descriptions come from the locale files by name:
`/remind session duration:` is described by the message `cmd-remind-session` and its attribute
`.duration`; a choice `dm` of an option `delivery` is named by the attribute `.delivery-dm`; a
message context menu is named by `menu-<key>`, `key` being in its `extras`: the name that Discord
sends back is the English one, so the menu carries that itself.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from discord import AppCommandOptionType, AppCommandType
from discord.abc import Snowflake
from discord.app_commands import CommandTree

from bot.speech.locales import Locale
from bot.speech.phrasebook import Phrasebook

Definition = dict[str, Any]  # one object of Discord's "application command" JSON

# Discord has a slot for each of these; zh-TW (which zh-HK users get too) reads zh-CN's words.
DISCORD_LOCALES: Mapping[str, Locale] = {"zh-CN": Locale.ZH_CN, "zh-TW": Locale.ZH_CN}
NESTED = {AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value}


def definitions(
    tree: CommandTree[Any], phrasebook: Phrasebook, *, guild: Snowflake | None = None
) -> list[Definition]:
    """Return the commands of the tree as Discord's JSON, described in each language.

    Those that are global, or those of one server.
    """
    commands: list[Definition] = []
    for known in tree.get_commands(guild=guild):
        command = known.to_dict(tree)
        if command["type"] == AppCommandType.chat_input.value:
            _describe(command, f"cmd-{command['name']}", phrasebook)
        else:
            _name(command, f"menu-{known.extras['key']}", phrasebook)
        commands.append(command)
    return sorted(commands, key=lambda command: (command["type"], command["name"]))


def fingerprint(commands: Sequence[Definition]) -> str:
    """Return a hash that changes when any definition changes."""
    text = json.dumps(commands, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _describe(command: Definition, key: str, phrasebook: Phrasebook) -> None:
    command["description"] = phrasebook.say(Locale.EN_US, key)
    command["description_localizations"] = _localizations(key, phrasebook)
    for option in cast("Iterable[Definition]", command.get("options", ())):
        if option["type"] in NESTED:
            _describe(option, f"{key}-{option['name']}", phrasebook)
        else:
            _describe_option(option, f"{key}.{option['name']}", phrasebook)


def _describe_option(option: Definition, key: str, phrasebook: Phrasebook) -> None:
    option["description"] = phrasebook.say(Locale.EN_US, key)
    option["description_localizations"] = _localizations(key, phrasebook)
    for choice in cast("Iterable[Definition]", option.get("choices", ())):
        _name(choice, f"{key}-{choice['value']}", phrasebook)


def _name(thing: Definition, key: str, phrasebook: Phrasebook) -> None:
    thing["name"] = phrasebook.say(Locale.EN_US, key)
    thing["name_localizations"] = _localizations(key, phrasebook)


def _localizations(key: str, phrasebook: Phrasebook) -> dict[str, str]:
    return {tag: phrasebook.say(locale, key) for tag, locale in DISCORD_LOCALES.items()}
