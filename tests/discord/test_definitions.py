from copy import deepcopy
from pathlib import Path
from typing import Any, Literal

import discord
import pytest
from discord import app_commands

from bot.discord.definitions import definitions, fingerprint
from bot.speech.locales import Locale
from bot.speech.phrasebook import Phrasebook, PhraseError

WORDS = """
cmd-a = {a}
cmd-a-b = {ab}
    .x = {x}
    .x-dm = {dm}
    .x-here = {here}
menu-save = {save}
"""
ENGLISH = {"a": "A", "ab": "A B", "x": "Where", "dm": "Message", "here": "Here", "save": "Save it"}
CHINESE = {"a": "甲", "ab": "甲乙", "x": "哪里", "dm": "私信", "here": "这里", "save": "保存"}


@pytest.fixture
def book(tmp_path: Path) -> Phrasebook:
    for locale, words in ((Locale.EN_US, ENGLISH), (Locale.ZH_CN, CHINESE)):
        (tmp_path / locale).mkdir()
        (tmp_path / locale / "a.ftl").write_text(WORDS.format(**words), encoding="utf-8")
    return Phrasebook(tmp_path)


@pytest.fixture
def tree() -> app_commands.CommandTree[Any]:
    tree = app_commands.CommandTree[Any](discord.Client(intents=discord.Intents.none()))
    group = app_commands.Group(name="a", description="…")

    @group.command(name="b", description="…")
    async def b(interaction: discord.Interaction, x: Literal["dm", "here"]) -> None: ...

    @tree.context_menu(name="Save it", extras={"key": "save"})
    async def save(interaction: discord.Interaction, message: discord.Message) -> None: ...

    tree.add_command(group)
    return tree


def test_words_come_from_the_locale_files_by_name(
    tree: app_commands.CommandTree[Any], book: Phrasebook
) -> None:
    command, menu = definitions(tree, book)
    assert (command["name"], command["description"]) == ("a", "A")
    assert command["description_localizations"] == {"zh-CN": "甲", "zh-TW": "甲"}
    (sub,) = command["options"]
    assert (sub["name"], sub["description"]) == ("b", "A B")
    (option,) = sub["options"]
    assert (option["name"], option["description"]) == ("x", "Where")
    assert option["description_localizations"]["zh-CN"] == "哪里"
    assert [(each["name"], each["value"]) for each in option["choices"]] == [
        ("Message", "dm"),
        ("Here", "here"),
    ]
    assert option["choices"][0]["name_localizations"] == {"zh-CN": "私信", "zh-TW": "私信"}
    assert (menu["name"], menu["name_localizations"]["zh-TW"]) == ("Save it", "保存")


def test_a_command_without_words_cannot_be_registered(
    tree: app_commands.CommandTree[Any], book: Phrasebook
) -> None:
    @tree.command(name="new", description="…")
    async def new(interaction: discord.Interaction) -> None: ...

    with pytest.raises(PhraseError, match="cmd-new"):
        definitions(tree, book)


def test_the_fingerprint_changes_with_any_word_and_with_nothing_else(
    tree: app_commands.CommandTree[Any], book: Phrasebook
) -> None:
    before = definitions(tree, book)
    assert fingerprint(definitions(tree, book)) == fingerprint(before)
    reordered = [dict(reversed(each.items())) for each in before]
    assert fingerprint(reordered) == fingerprint(before)
    changed = deepcopy(before)
    changed[0]["options"][0]["options"][0]["choices"][0]["name_localizations"]["zh-TW"] = "私訊"
    assert fingerprint(changed) != fingerprint(before)
