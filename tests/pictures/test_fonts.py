import re
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.catalog.load import load_catalog
from bot.pictures.fonts import Typeface, Weight
from bot.speech.locales import Locale

LOCALES = Path(__file__).parents[2] / "data" / "locales"
# Words of other files that a picture shows.
ALSO_SHOWN = re.compile(
    r"unknown|date-unknown|fact-gpu-many|fact-hours|fact-minutes|status-\w+|week-[\w-]+|weekday-\w+"
)
WRITTEN_BY_CODE = "0123456789.<≤≥★…· "


@pytest.fixture(scope="module")
def typeface() -> Typeface:
    return Typeface()


class Texts(Visitor):
    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802  # the library's name
        self.found.append(node.value)


def labels(locale: Locale) -> str:
    texts = Texts()
    for file in sorted((LOCALES / locale).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ftl.Message) and (
                file.name == "pictures.ftl" or ALSO_SHOWN.fullmatch(entry.id.name)
            ):
                texts.visit(entry)
    return "".join(texts.found)


@pytest.mark.parametrize("weight", list(Weight))
@pytest.mark.parametrize("locale", list(Locale))
def test_the_font_has_every_character_of_the_labels(
    typeface: Typeface, locale: Locale, weight: Weight
) -> None:
    said = labels(locale)
    assert len(said) > 100
    assert typeface.missing(said + WRITTEN_BY_CODE, weight) == frozenset()


@pytest.mark.parametrize("weight", list(Weight))
def test_the_font_has_every_character_of_the_names_in_the_catalog(
    typeface: Typeface, weight: Weight
) -> None:
    catalog = load_catalog()
    for offer in catalog.offers.values():
        cards = [gpu.model for gpu in offer.gpus] + ([offer.tpu.model] if offer.tpu else [])
        # A short name may become Chinese: what the offer is called in Chinese is the likely one.
        named = "".join([offer.short, offer.name.zh, *cards])
        assert typeface.missing(named, weight) == frozenset(), offer.id


def test_a_character_that_is_not_bundled_is_found(typeface: Typeface) -> None:
    assert typeface.missing("T4 龘 한") == {"龘", "한"}


def test_the_fonts_are_small_and_carry_their_licence() -> None:
    folder = files("data").joinpath("fonts")
    fonts = [each for each in folder.iterdir() if each.name.endswith(".otf")]
    assert sum(len(each.read_bytes()) for each in fonts) < 400_000
    licence = folder.joinpath("OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Adobe" in licence


def test_text_takes_the_largest_size_that_fits(typeface: Typeface) -> None:
    short = typeface.fit("Colab", weight=Weight.BOLD, sizes=(34, 28), width=190, lines=2)
    assert (short.lines, short.font.size) == (("Colab",), 34)
    long = typeface.fit("Azure Notebooks", weight=Weight.BOLD, sizes=(34, 28), width=190, lines=2)
    assert long.lines == ("Azure", "Notebooks")
    wide = typeface.fit("Codespaces100", weight=Weight.BOLD, sizes=(34, 20), width=190, lines=1)
    assert (wide.lines, wide.font.size) == (("Codespaces100",), 20)


def test_chinese_breaks_anywhere_but_before_closing_punctuation(typeface: Typeface) -> None:
    text = "不再接受新用户，即将关闭GPU。"
    for width in range(90, 400, 10):
        fitted = typeface.fit(text, weight=Weight.REGULAR, sizes=(26,), width=width, lines=9)
        assert "".join(fitted.lines) == text
        assert not any(line[0] in "，。" for line in fitted.lines)


@pytest.mark.parametrize(
    "text", ["W" * 60, "two words and many more of them", "不再接受新用户" * 4]
)
def test_what_fits_nowhere_ends_in_an_ellipsis_and_stays_within_its_width(
    typeface: Typeface, text: str
) -> None:
    fitted = typeface.fit(text, weight=Weight.REGULAR, sizes=(26, 22), width=120, lines=2)
    assert 1 <= len(fitted.lines) <= 2
    assert "".join(fitted.lines).endswith("…")
    assert all(fitted.font.getlength(line) <= 120 for line in fitted.lines)
