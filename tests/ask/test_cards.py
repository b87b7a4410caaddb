from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.ask.cards import cards_asked, cards_unknown
from bot.ask.lexicon import Lexicon
from bot.ask.read import read
from bot.ask.reading import Reading

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def asked(lexicon: Lexicon) -> Callable[[str], Reading]:
    return lambda text: read(text, lexicon, now=NOW)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("does T4 support bf16", ["t4"]),
        ("L4支持bf16吗", ["l4"]),
        ("how much vram does an a10g have", ["a10g"]),
        ("V100显存多大", ["v100-16gb-sxm2"]),
        ("h100 specs", ["h100-80gb-pcie", "h100-80gb-sxm"]),
        ("difference between L4 and T4", ["l4", "t4"]),
        ("how much vram does the T4 of colab have", []),
        ("is a T4 enough for a 7b", []),
    ],
)
def test_a_question_about_a_card_has_its_rows(
    lexicon: Lexicon, asked: Callable[[str], Reading], text: str, rows: list[str]
) -> None:
    reading = asked(text)
    assert [row.id for row in cards_asked(reading, lexicon.catalog)] == rows
    assert not rows or reading.clarify is None


def test_a_card_without_figures_is_named(lexicon: Lexicon, asked: Callable[[str], Reading]) -> None:
    assert cards_unknown(asked("gtx 1650 vs T4"), lexicon.catalog) == ("GTX 1650",)
