"""The README names what is there, and nothing that is not."""

import re
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def described_commands() -> set[str]:
    files = (ROOT / "data/locales/en-US").glob("*.ftl")
    keys = "\n".join(each.read_text("utf-8") for each in files if each.stem != "playground")
    found = {key.replace("-", " ") for key in re.findall(r"^cmd-([a-z-]+)", keys, re.MULTILINE)}
    return {name for name in found if not any(other.startswith(f"{name} ") for other in found)}


def test_every_setting_is_explained() -> None:
    table = set(re.findall(r"`([A-Z_]{4,})`", README))
    assert {name.upper() for name in Settings.model_fields} <= table


def test_every_setting_describes_itself() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_every_command_is_named_and_every_named_one_exists() -> None:
    named = set(re.findall(r"`/([a-z]+(?: [a-z]+)?)", README)) - {"playground skip"}
    assert named == described_commands()


def test_every_file_that_is_linked_exists() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_make_knows_the_targets_that_are_named() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
