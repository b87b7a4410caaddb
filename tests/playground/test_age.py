from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.discord.playground.age import ages, relative_stamps

DUE = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
STAMP = int(DUE.timestamp())


def token(style: str) -> dict[str, Any]:
    return {"type": "timestamp", "unix": STAMP, "style": style}


def test_relative_stamps_are_found_wherever_they_stand() -> None:
    message = {
        "markdown_tokens": [{"type": "text", "content": "Due"}, token("F"), token("R")],
        "components": [{"type": 17, "components": [{"type": 10, "tokens": [token("R")]}]}],
    }
    assert relative_stamps(message) == (STAMP, STAMP)


@pytest.mark.parametrize(
    ("before", "after", "redrawn"),
    [
        (timedelta(hours=6), timedelta(hours=6, seconds=-5), False),
        (timedelta(hours=6), timedelta(hours=5), True),
        (timedelta(minutes=30), timedelta(minutes=29), True),
        (timedelta(minutes=1), timedelta(seconds=30), True),
        (timedelta(seconds=50), timedelta(minutes=50), True),
        (timedelta(minutes=30), timedelta(minutes=-30), True),
    ],
)
def test_a_message_is_drawn_again_when_its_words_change(
    before: timedelta, after: timedelta, redrawn: bool
) -> None:
    assert (ages((STAMP,), DUE - before) != ages((STAMP,), DUE - after)) is redrawn
