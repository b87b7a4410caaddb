from datetime import UTC, datetime

import pytest

from bot.advice.index import OfferIndex
from bot.ask.answer import answer
from bot.ask.lexicon import Lexicon
from bot.ask.read import read
from bot.ask.reading import Clarify
from bot.ask.session import SessionAsked, session_in
from bot.fit.constraint import WorkloadReader

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "duration", "started", "lead"),
    [
        ("remind me when my kaggle session ends in 6 hours", "6 hours", None, None),
        ("warn me before my 12h colab session ends", "12h", None, None),
        ("warn me 30 minutes before my 12-hour session ends", "12 hour", None, "30 minutes"),
        ("remind session 6h", "6h", None, None),
        ("my session lasts nine hours, warn me", "nine hours", None, None),
        ("warn me, colab has 5 hours left", "5 hours", None, None),
        ("my kaggle session started 2 hours ago, ping me before it dies", None, "2 hours", None),
        ("colab has been running for 3h 20m, remind me before it stops", None, "3h 20m", None),
        ("a 9h session that began 2h ago, alert me 20 min before", "9h", "2h", "20 min"),
        ("kaggle会话还有5小时结束，提前提醒我", "5小时", None, None),
        ("colab 12小时后断，提前30分钟提醒我", "12小时", None, "30分钟"),
        ("我的会话3个半小时后结束，提醒我", "3个半小时", None, None),
        ("kaggle 9小时的会话提醒我", "9小时", None, None),
        ("colab开了2小时了，快断了提醒我", None, "2小时", None),
        # What is left is left from now on, whenever it began.
        ("started 2 hours ago, ends in 10 hours, warn me", "10 hours", None, None),
        (
            "started colab 3 hours ago. warn me 15 mins before the 12h limit",
            "12h",
            "3 hours",
            "15 mins",
        ),
        ("12h session, 9 hours gone, remind me before it dies", "12h", "9 hours", None),
        ("colab session 3 hours in, warn me before end", None, "3 hours", None),
        ("colab dies after 12 hours, been on for 3h, warn me", "12 hours", "3h", None),
        ("my session has used 7 hours, warn me", None, "7 hours", None),
        ("warn me, session ends in an hour and a half", "an hour and a half", None, None),
        ("session ends in two hours thirty minutes", "two hours thirty minutes", None, None),
        ("colab两小时前开的，断前半小时提醒我", None, "两小时", "半小时"),
        ("remind我一下 colab session 还有 3 hours 就断", "3 hours", None, None),
        ("set a timer for 6h on colab", "6h", None, None),
        ("start a 6 hour timer for kaggle", "6 hour", None, None),
        ("给colab定一个6小时的定时器", "6小时", None, None),
    ],
)
def test_a_session_has_its_length_its_start_and_the_time_of_its_warning(
    lexicon: Lexicon, text: str, duration: str | None, started: str | None, lead: str | None
) -> None:
    assert session_in(text, lexicon.lengths, now=NOW) == SessionAsked(
        duration=duration, started=started, lead=lead
    )


@pytest.mark.parametrize(
    "text",
    [
        "my session ends in 5-6 hours, warn me",
        "会话还有5到6小时结束提醒我",
        "my 9h session, alarm 30 and 10 min before",
        "remind me 2h before and 30 min before my 12h session ends",
        "i've used 7 of 12 hours in my colab session, warn me",
        "remind me 9 hours into my 12h kaggle session",
        "remind me when 10 minutes are left in my session",
        "ping me when my colab session has 20 minutes left",
        "remind me 2 minutes after my session ends in 1 hour",
        "session ends in 2 hours and my other one in 5 hours, warn me",
        "yesterday my session died after 4 hours, started 1 hour ago, warn me",
        "i start a 9h session tomorrow at 9am, warn me 30 min before it ends",
        "kaggle has 5 hours left this week, remind me",
        "don't warn me before my 12h session ends",
        "colab会话不要在30分钟前提醒，12小时的会话",
        "does kaggle warn me before a 12h session ends",
        "kaggle stops my session after 40 minutes idle, remind me",
    ],
)
def test_lengths_that_may_be_of_something_else_make_no_session(lexicon: Lexicon, text: str) -> None:
    assert session_in(text, lexicon.lengths, now=NOW) is None


@pytest.mark.parametrize(
    "text",
    [
        "my colab dies at 21:30, warn me 20 min before",
        "colab 21:30断开，提前20分钟叫我",
        "colab session started at 14:00, warn me before it ends",
        "my kaggle session ends in 6 hours from 3pm, warn me",
        "remind me when my kaggle session hits 11 hours",
        "kaggle session 下午3点开的，断之前提醒我",
        "warn me 30 min and 10 min before my 9h kaggle session ends",
        "kaggle ends in 6 hours and colab in 4 hours, remind me of both",
        "session will be 9 hours, starts in 2 hours, remind me before it ends",
        "my colab session ends in less than 3 hours, warn me",
        "remind me when my 12h colab session and my 9h kaggle session end",
    ],
)
def test_what_may_be_another_time_is_asked_back(
    lexicon: Lexicon, index: OfferIndex, text: str
) -> None:
    reading = read(text, lexicon, now=NOW)
    found = answer(reading, index, WorkloadReader())
    assert (reading.when, found.session, found.clarify) == (None, None, Clarify.WHEN)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("my kaggle session ends in 6 hours, remind me in 5 hours to save", "in 5 hours"),
        ("my last session ended after 6 hours, remind me in 2 hours", "in 2 hours"),
        ("kaggle quota resets saturday remind me friday at 6pm", "friday at 6pm"),
        ("colab会话还有2小时结束，半小时后提醒我保存", "半小时后"),
        ("remind me in 3h to stop my 12h colab session", "in 3h"),
        ("2小时后提醒我保存colab的模型", "2小时后"),
        ("remind me tomorrow at 9am to start a 6 hour session on kaggle", "tomorrow at 9am"),
        ("remind me in 2 hours to save", "in 2 hours"),
        ("set a timer for 20 minutes to check colab", "20 minutes"),
    ],
)
def test_a_time_that_is_asked_for_stays_the_time_of_a_reminder(
    lexicon: Lexicon, text: str, when: str
) -> None:
    reading = read(text, lexicon, now=NOW)
    assert (reading.when, reading.session) == (when, None)
    assert reading.constraints["when"] == when


def test_a_session_without_a_length_lasts_as_long_as_its_provider_lets_it(
    lexicon: Lexicon, index: OfferIndex
) -> None:
    reading = read("my colab session started 2h ago, warn me", lexicon, now=NOW)
    found = answer(reading, index, WorkloadReader())
    assert found.session == SessionAsked(duration="12h", started="2h")
    assert found.clarify is None


def test_of_a_session_whose_length_nobody_knows_it_is_asked_back(
    lexicon: Lexicon, index: OfferIndex
) -> None:
    reading = read("my session started 2h ago, warn me", lexicon, now=NOW)
    found = answer(reading, index, WorkloadReader())
    assert (found.session, found.clarify) == (None, Clarify.WHEN)


@pytest.mark.parametrize(
    "text",
    ["notify me when my kaggle quota resets", "Kaggle额度刷新的时候通知我"],
)
def test_a_quota_is_watched_and_has_no_time(lexicon: Lexicon, index: OfferIndex, text: str) -> None:
    found = answer(read(text, lexicon, now=NOW), index, WorkloadReader())
    assert found.watch is not None
    assert found.watch.id == "kaggle-notebooks-gpu"
    assert found.clarify is None


@pytest.mark.parametrize(
    "text",
    [
        "remind me at 6pm EST to check my kaggle quota",
        "don't remind me of my kaggle quota",
        "remind me yesterday that my kaggle quota resets",
    ],
)
def test_no_quota_is_watched_in_place_of_a_time(
    lexicon: Lexicon, index: OfferIndex, text: str
) -> None:
    assert answer(read(text, lexicon, now=NOW), index, WorkloadReader()).watch is None


def test_how_long_before_a_renewal_a_warning_is_wanted_is_known(lexicon: Lexicon) -> None:
    assert read("remind me 10 min before kaggle resets", lexicon, now=NOW).lead == "10 min"


def test_a_quota_for_which_a_time_is_given_is_a_plain_reminder(
    lexicon: Lexicon, index: OfferIndex
) -> None:
    text = "remind me on friday at 18:00 to use my kaggle quota"
    found = answer(read(text, lexicon, now=NOW), index, WorkloadReader())
    assert (found.watch, found.reading.when) == (None, "on friday at 18:00")
