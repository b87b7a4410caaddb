from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.ask.lexicon import Lexicon
from bot.ask.read import read
from bot.ask.reading import Reading

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def asked(lexicon: Lexicon) -> Callable[[str], Reading]:
    return lambda text: read(text, lexicon, now=NOW)


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("is there a free 4090", "RTX 4090"),
        ("4090 free", "RTX 4090"),
        ("any free H200", "H200"),
        ("有没有免费的T4可以跑10小时", "T4"),
    ],
)
def test_a_card_beside_free_is_looked_for(
    asked: Callable[[str], Reading], text: str, card: str
) -> None:
    assert asked(text).query.gpus == (card,)


@pytest.mark.parametrize(
    "text",
    [
        "is a free T4 enough for stable diffusion",
        "free gpu better than my 3060",
        "can I fine-tune a 7B on a free T4",
        "my 4090 is busy, a free gpu please",
    ],
)
def test_a_card_that_something_runs_on_is_not(asked: Callable[[str], Reading], text: str) -> None:
    assert asked(text).query.gpus == ()
