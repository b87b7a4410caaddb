from datetime import UTC, datetime

import pytest

from bot.ask.lexicon import Lexicon
from bot.ask.reminder import wanted

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "when", "about"),
    [
        (
            "Remind me tomorrow at 9am to save my Checkpoint",
            "tomorrow at 9am",
            "save my Checkpoint",
        ),
        ("remind me to save in 2 hours", "in 2 hours", "save"),
        ("!remind 3h stop the pod", "3h", "stop the pod"),
        ("2小时后提醒我保存模型", "2小时后", "保存模型"),
        ("明晚7点提醒我训练", "明晚7点", "训练"),
        ("ping me in 45 min", "in 45 min", None),
        ("warn me 30 minutes before my session ends", None, "30 minutes before my session ends"),
    ],
)
def test_a_reminder_has_a_time_and_a_purpose(
    lexicon: Lexicon, text: str, when: str | None, about: str | None
) -> None:
    found = wanted(text, lexicon, now=NOW)
    assert (found.when, found.about, found.recurring) == (when, about, False)


@pytest.mark.parametrize("text", ["remind me every Sunday at 20:55", "每天早上8点提醒我打卡"])
def test_what_comes_back_is_told_apart(lexicon: Lexicon, text: str) -> None:
    assert wanted(text, lexicon, now=NOW).recurring
