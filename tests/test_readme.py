"""Both READMEs name what is there, and nothing that is not."""

import re
from pathlib import Path

import pytest

from benchmarks.__main__ import MEASURES, REPORTS
from bot.catalog.load import load_catalog
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
ENGLISH = "README.md"
CHINESE = "README.zh-CN.md"
MOST_PICTURE_BYTES = 150_000

both = pytest.mark.parametrize("readme", [ENGLISH, CHINESE])


def read(readme: str) -> str:
    return (ROOT / readme).read_text(encoding="utf-8")


def described_commands() -> set[str]:
    files = (ROOT / "data/locales/en-US").glob("*.ftl")
    keys = "\n".join(each.read_text("utf-8") for each in files if each.stem != "playground")
    found = {key.replace("-", " ") for key in re.findall(r"^cmd-([a-z-]+)", keys, re.MULTILINE)}
    return {name for name in found if not any(other.startswith(f"{name} ") for other in found)}


def menu_entries(locale: str) -> set[str]:
    files = (ROOT / "data/locales" / locale).glob("*.ftl")
    keys = "\n".join(each.read_text("utf-8") for each in files)
    return set(re.findall(r"^menu-[a-z-]+ = (.+)$", keys, re.MULTILINE))


def rows(readme: str) -> list[str]:
    return re.findall(r"^\| (?:`|\*)([^`*]+)(?:`|\*) \|", read(readme), re.MULTILINE)


def pictures(readme: str) -> list[str]:
    return re.findall(r'<img src="([^"]+)"', read(readme))


def code_blocks(readme: str) -> list[str]:
    blocks = re.findall(r"^```.*?^```", read(readme), re.MULTILINE | re.DOTALL)
    return [re.sub(r"\s+# .*", "", block) for block in blocks]


@both
def test_every_setting_has_a_row(readme: str) -> None:
    assert {name.upper() for name in Settings.model_fields} <= set(rows(readme))


@both
def test_the_default_of_each_setting_is_its_own(readme: str) -> None:
    table = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", read(readme), re.MULTILINE))
    kept = {
        name.upper(): field.default
        for name, field in Settings.model_fields.items()
        if name.upper() in table
    }
    kept["DATABASE_URL"] = kept["DATABASE_URL"].get_secret_value()
    switches = {True: "on", False: "off"}
    said = {
        name: switches[value] if isinstance(value, bool) else str(value)
        for name, value in kept.items()
    }
    assert table == said


def test_every_setting_describes_itself() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@both
def test_every_command_has_a_row_and_every_named_one_exists(readme: str) -> None:
    named = set(re.findall(r"`/([a-z]+(?: [a-z]+)?)", read(readme))) - {"playground skip"}
    assert named == described_commands()
    assert {f"/{name}" for name in described_commands()} <= set(rows(readme))


@pytest.mark.parametrize(("readme", "locale"), [(ENGLISH, "en-US"), (CHINESE, "zh-CN")])
def test_every_entry_in_the_menu_of_a_message_has_a_row(readme: str, locale: str) -> None:
    assert menu_entries(locale)
    assert menu_entries(locale) <= set(rows(readme))


@both
def test_every_file_that_is_linked_exists(readme: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", read(readme))
    assert [link for link in links if not (ROOT / link).exists()] == []


@both
def test_every_part_of_a_page_that_is_linked_exists(readme: str) -> None:
    for page, part in re.findall(r"\]\((?!https?:)([^)#]+)#([^)]+)", read(readme)):
        heads = re.findall(r"^#+ (.+)$", read(page), re.MULTILINE)
        parts = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
        assert part in parts


@both
def test_every_picture_is_there_small_and_described(readme: str) -> None:
    assert pictures(readme)
    assert [each for each in pictures(readme) if not (ROOT / each).is_file()] == []
    sizes = {each: (ROOT / each).stat().st_size for each in pictures(readme)}
    assert {name: size for name, size in sizes.items() if size >= MOST_PICTURE_BYTES} == {}
    assert len(re.findall(r'<img [^>]*alt="[^"]+"', read(readme))) == len(pictures(readme))


def test_no_picture_lies_about_unused() -> None:
    shown = {*pictures(ENGLISH), *pictures(CHINESE)}
    kept = {f"docs/images/{each.name}" for each in (ROOT / "docs/images").iterdir()}
    assert kept <= shown


@both
def test_make_knows_the_targets_that_are_named(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z]+)", read(readme)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@both
def test_the_tests_that_prove_a_claim_exist(readme: str) -> None:
    named = re.findall(r"make test ARGS=([\w/.]+)", read(readme))
    assert named
    assert [each for each in named if not (ROOT / each).exists()] == []


@both
def test_the_figures_that_back_a_claim_are_measured(readme: str) -> None:
    named = set(re.findall(r"make bench ARGS=(\w+)", read(readme)))
    assert named
    assert named <= {*MEASURES, *REPORTS}


@both
def test_the_catalog_is_as_large_as_it_is_said_to_be(readme: str) -> None:
    catalog = load_catalog(ROOT / "data")
    row = next(line for line in read(readme).splitlines() if "catalog check` |" in line)
    counts = {len(catalog.offers), len(catalog.providers), len(catalog.hardware)}
    assert {int(n) for n in re.findall(r"\d+", row)} == counts


def test_the_two_languages_have_the_same_parts() -> None:
    levels = [re.findall(r"^(#+) ", read(readme), re.MULTILINE) for readme in (ENGLISH, CHINESE)]
    assert levels[0] == levels[1]
    assert code_blocks(ENGLISH) == code_blocks(CHINESE)
    chinese_pictures = [each.replace(".zh-CN.png", ".png") for each in pictures(CHINESE)]
    assert pictures(ENGLISH) == chinese_pictures
    tables = [read(readme).count("\n|") for readme in (ENGLISH, CHINESE)]
    assert tables[0] == tables[1]


def test_the_two_languages_link_to_each_other_at_the_top() -> None:
    assert CHINESE in read(ENGLISH)[:100]
    assert ENGLISH in read(CHINESE)[:100]
