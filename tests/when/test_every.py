from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when.every import LONGEST, SHORTEST, Every, EveryError, EveryProblem, read_every
from bot.when.recurrence import ALL_DAYS, WEEKDAYS, WEEKEND, EachLength, OnDays

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY_9 = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # 9:00 in Berlin


@pytest.mark.parametrize(
    "text",
    ["day", "daily", "Every Day", "everyday", "each day", "1d", "每天", "每日", "天天", "每一天"],
)
def test_every_day_in_both_languages(text: str) -> None:
    assert read_every(text) == Every(days=ALL_DAYS)


@pytest.mark.parametrize("text", ["week", "weekly", "every week", "每周", "每星期", "每个星期"])
def test_every_week_takes_the_weekday_of_the_first_time(text: str) -> None:
    rule, first = read_every(text).starting(MONDAY_9, zone=BERLIN)
    assert first == MONDAY_9
    assert isinstance(rule, OnDays)
    assert rule.days == {0}


ZH = ("每个工作日", "周一到周五", "每周一至周五", "周一至五")


@pytest.mark.parametrize(
    "text",
    ["weekdays", "weekday", "every weekday", "mon-fri", "Mon–Fri", "work days", "工作日", *ZH],
)
def test_working_days(text: str) -> None:
    assert read_every(text) == Every(days=WEEKDAYS)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("weekends", WEEKEND),
        ("每周末", WEEKEND),
        ("monday", {0}),
        ("every Monday", {0}),
        ("on Mondays", {0}),
        ("mon, wed and fri", {0, 2, 4}),
        ("tue/thu", {1, 3}),
        ("周一", {0}),
        ("每周日", {6}),
        ("每周一三五", {0, 2, 4}),
        ("每周一、周三", {0, 2}),
        ("星期六和星期天", {5, 6}),
    ],
)
def test_named_days_of_the_week(text: str, days: set[int]) -> None:
    assert read_every(text) == Every(days=frozenset(days))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("6h", 6 * HOUR),
        ("every 6 hours", 6 * HOUR),
        ("every6h", 6 * HOUR),
        ("每6小时", 6 * HOUR),
        ("每六个小时", 6 * HOUR),
        ("每隔6小时", 6 * HOUR),
        ("hour", HOUR),
        ("hourly", HOUR),
        ("每小时", HOUR),
        ("90 min", 90 * MINUTE),
        ("1h30m", 90 * MINUTE),
        ("half an hour", 30 * MINUTE),
        ("每半小时", 30 * MINUTE),
        ("24h", DAY),
        ("PT6H", 6 * HOUR),
    ],
)
def test_hours_and_minutes_are_elapsed_time(text: str, length: timedelta) -> None:
    assert read_every(text) == Every(length=length)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "   ",
            "month",
            "每月",
            "2 days",
            "every other day",
            "每隔一天",
            "每隔1周",
            "2 weeks",
        ),
        *(
            "fortnight",
            "6",
            "9:00",
            "1:30",
            "every day at 9",
            "twice a day",
            "mon-thu",
            "周一到周三",
        ),
        *(
            "tomorrow",
            "in 6h",
            "6h later",
            "about 6h",
            "6h ago",
            "-6h",
            "1y2m",
            "日",
            "every",
            "每",
        ),
        *("@everyone", "day\u200b", "x" * 101, "6h 6h", "1.5 months", "every every day", "hours"),
    ],
)
def test_what_is_not_surely_a_rule_is_refused(text: str) -> None:
    with pytest.raises(EveryError) as refused:
        read_every(text)
    assert refused.value.problem is EveryProblem.UNREADABLE


def test_the_bounds_of_a_length_themselves_are_fine() -> None:
    assert read_every("5 min").length == SHORTEST
    assert read_every("744h").length == LONGEST
    for text, problem in (
        ("299 s", EveryProblem.TOO_OFTEN),
        ("0h", EveryProblem.TOO_OFTEN),
        ("744h 1s", EveryProblem.TOO_RARE),
        (f"{'9' * 90}h", EveryProblem.TOO_RARE),
    ):
        with pytest.raises(EveryError) as refused:
            read_every(text)
        assert refused.value.problem is problem


def test_a_first_time_on_another_day_moves_to_the_next_day_of_the_rule() -> None:
    saturday = MONDAY_9 + 5 * DAY
    rule, first = read_every("weekdays").starting(saturday, zone=BERLIN)
    assert first == saturday + 2 * DAY
    assert isinstance(rule, OnDays)
    assert rule.at.isoformat() == "09:00:00"


def test_days_go_on_at_the_full_minute() -> None:
    rule, first = read_every("day").starting(MONDAY_9 + timedelta(seconds=24), zone=BERLIN)
    assert first == MONDAY_9 + timedelta(seconds=24)
    assert isinstance(rule, OnDays)
    assert rule.next_after(first, BERLIN) == MONDAY_9 + DAY


def test_a_length_counts_from_the_first_time_itself() -> None:
    assert read_every("6h").starting(MONDAY_9, zone=BERLIN) == (
        EachLength(6 * HOUR, MONDAY_9),
        MONDAY_9,
    )


def test_only_days_need_a_zone() -> None:
    assert read_every("day").needs_zone
    assert read_every("week").needs_zone
    assert not read_every("6h").needs_zone


@given(st.text(max_size=120))
def test_any_text_is_a_rule_or_one_of_the_problems(text: str) -> None:
    try:
        every = read_every(text)
    except EveryError:
        return
    assert (every.days is None) is (every.length is not None)
