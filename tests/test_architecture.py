"""`docs/architecture.md` names the rooms, files and dependencies that there are."""

import re
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
ROOMS = PAGE.partition("## Rooms")[2].partition("## ")[0]


def test_every_room_of_the_bot_is_named() -> None:
    rooms = {each.parent.name for each in (ROOT / "bot").glob("*/__init__.py")}
    assert {room for room in rooms if f"  {room}/ " not in ROOMS} == set()


def test_every_module_that_stands_in_no_room_is_named() -> None:
    modules = {each.name for each in (ROOT / "bot").glob("[!_]*.py")}
    modules |= {each.name for each in (ROOT / "cogs").glob("[!_]*.py")}
    patterns = {word.replace("*", ".*") for word in re.findall(r"[\w*]+\.py", ROOMS)}
    assert [name for name in modules if not re.fullmatch("|".join(patterns), name)] == []


def test_every_file_that_is_named_exists() -> None:
    named = re.findall(r"`((?:[\w-]+/)+\w+\.\w+)`", PAGE)
    assert named
    found = [(ROOT / each).exists() or (ROOT / "bot" / each).exists() for each in named]
    assert [each for each, exists in zip(named, found, strict=True) if not exists] == []


def test_every_dependency_is_named_with_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = chain(project["dependencies"], *project["optional-dependencies"].values())
    names = {re.split(r"[\[<>=]", each)[0].lower() for each in needed}
    choices = PAGE.partition("## Choices made")[2].partition("\n## ")[0].lower()
    unexplained = {
        name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", choices)
    }
    assert unexplained == set()
