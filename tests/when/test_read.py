import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.when import Kind, Problem, Slot, WhenError, check_bounds, read

_CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))
_KINDS = {"durations": Kind.DURATION, "times": Kind.TIME, "dates": Kind.DATE}


@pytest.mark.parametrize(
    ("section", "text", "expected"),
    [
        (section, text, expected)
        for section in _CASES
        if section != "refused"
        for text, expected in _CASES[section].items()
    ],
)
def test_text_is_read(
    section: str, text: str, expected: str, now: datetime, zone: ZoneInfo
) -> None:
    reading = read(text, now=now, zone=zone)
    kind, _, ambiguous = section.partition("_")
    shown = reading.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    assert (reading.kind, reading.ambiguous) == (_KINDS[kind], bool(ambiguous))
    assert (reading.canonical if reading.kind is Kind.DURATION else shown) == expected
    assert reading.at.tzinfo is UTC
    assert reading.at - now == timedelta(seconds=reading.seconds)


@pytest.mark.parametrize(("text", "problem"), list(_CASES["refused"].items()))
def test_text_is_refused_for_its_reason(
    text: str, problem: str, now: datetime, zone: ZoneInfo
) -> None:
    with pytest.raises(WhenError) as refused:
        read(text, now=now, zone=zone)
    assert refused.value.problem is Problem(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.EMPTY),
        (" \t\r\n\u3000 ", Problem.EMPTY),
        ("6h" + " " * 99, Problem.TOO_LONG),
        ("6h" * 2500, Problem.TOO_LONG),
        ("6\x00h", Problem.FORBIDDEN),
        ("6\nh", Problem.FORBIDDEN),
        ("6\th", Problem.FORBIDDEN),
        ("6h\u200b", Problem.FORBIDDEN),
        ("\u202e6h", Problem.FORBIDDEN),
        ("6h\u2066", Problem.FORBIDDEN),
        ("\ufeff6h", Problem.FORBIDDEN),
        ("6h\ud800", Problem.FORBIDDEN),
        ("@here 6h", Problem.FORBIDDEN),
        ("＠everyone 6h", Problem.FORBIDDEN),
        ("<@&1> 6h", Problem.FORBIDDEN),
        ("<#1> 6h", Problem.FORBIDDEN),
        ("discord.gg/6h", Problem.FORBIDDEN),
    ],
)
def test_harmful_or_endless_text_is_refused_before_it_is_read(
    text: str, problem: Problem, now: datetime, zone: ZoneInfo
) -> None:
    with pytest.raises(WhenError) as refused:
        read(text, now=now, zone=zone)
    assert refused.value.problem is problem


def test_surrounding_white_space_does_not_matter(now: datetime, zone: ZoneInfo) -> None:
    assert read("\u3000 6h \r", now=now, zone=zone) == read("6h", now=now, zone=zone)


def test_unknown_word_is_named_and_cut(now: datetime, zone: ZoneInfo) -> None:
    with pytest.raises(WhenError) as refused:
        read("in 6 huors", now=now, zone=zone)
    assert refused.value.word == "huors"
    with pytest.raises(WhenError) as refused:
        read("x" * 90, now=now, zone=zone)
    assert refused.value.word == "x" * 32


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1:30", "2026-09-24 01:30"),
        ("21:30", "2026-09-23 21:30"),
        ("4:13:02", "2026-09-24 04:13"),
        ("24:00", "2026-09-24 00:00"),
        ("in 1:30", "2026-09-23 16:00"),
        ("2 days, 4:13:02", "2026-09-25 18:43"),
        ("in 2 weeks", "2026-10-07 14:30"),
    ],
)
def test_in_a_time_slot_only_the_bare_colon_form_differs(
    text: str, shown: str, now: datetime, zone: ZoneInfo
) -> None:
    reading = read(text, now=now, zone=zone, slot=Slot.TIME)
    assert reading.at.astimezone(zone).strftime("%Y-%m-%d %H:%M") == shown


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("6h", False),
        ("1 week", False),
        ("<t:1790330400:R>", False),
        ("2026-12-01T10:00Z", False),
        ("北京时间晚上8点", False),
        ("1 month", True),
        ("tomorrow 9am", True),
        ("eod", True),
        ("in 2 weeks at 9am", True),
    ],
)
def test_zone_is_needed_only_where_it_matters(text: str, needed: bool, now: datetime) -> None:
    here = read(text, now=now, zone=ZoneInfo("Asia/Shanghai"))
    there = read(text, now=now, zone=ZoneInfo("America/New_York"))
    assert here.needs_zone is there.needs_zone is needed
    if not needed:
        assert here.at == there.at


def test_duration_tells_its_parts_from_the_largest(now: datetime, zone: ZoneInfo) -> None:
    reading = read("90 min 30 s 1y 3mo", now=now, zone=zone)
    assert reading.parts == (
        ("year", 1),
        ("month", 3),
        ("hour", 1),
        ("minute", 30),
        ("second", 30),
    )


def test_month_is_clamped_to_its_end(zone: ZoneInfo) -> None:
    now = datetime(2027, 1, 31, 12, tzinfo=zone)
    assert read("1 month", now=now, zone=zone).at == datetime(2027, 2, 28, 12, tzinfo=zone)
    assert read("13 months", now=now, zone=zone).at == datetime(2028, 2, 29, 12, tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ("9999-12-31T23:59:59+00:00", "6h"),
        ("9999-12-31T23:59:59+00:00", "tomorrow 9am"),
        ("9999-12-31T12:00:00+00:00", "1 month"),
        ("9999-12-31T12:00:00+00:00", "11pm UTC"),  # a day that Shanghai has not
        ("9998-12-31T12:00:00+00:00", "2 years"),
        ("9998-12-31T12:00:00+00:00", "Feb 29"),
        ("9998-12-31T12:00:00+00:00", "10000年1月1日"),
        ("0001-01-01T00:00:00+14:00", "6h"),
        ("0001-01-05T00:00:00+00:00", "1 month before friday"),
    ],
)
def test_instant_outside_the_years_1_to_9999_is_refused(
    now: str, text: str, zone: ZoneInfo
) -> None:
    with pytest.raises(WhenError):
        read(text, now=datetime.fromisoformat(now), zone=zone)


def test_bounds_belong_to_the_caller_and_include_their_ends(now: datetime, zone: ZoneInfo) -> None:
    low, high = timedelta(seconds=10), timedelta(days=366)
    for text in ("10 s", "366 days"):
        reading = read(text, now=now, zone=zone)
        assert check_bounds(reading, shortest=low, longest=high) is reading
    for text, problem in (("9 s", Problem.TOO_NEAR), ("367 days", Problem.TOO_FAR)):
        with pytest.raises(WhenError) as refused:
            check_bounds(read(text, now=now, zone=zone), shortest=low, longest=high)
        assert refused.value.problem is problem


def test_lone_hour_is_read_only_when_the_other_one_cannot_come_first(zone: ZoneInfo) -> None:
    morning = datetime(2026, 9, 23, 8, tzinfo=zone)
    assert read("at 9", now=morning, zone=zone).seconds == 3600
    assert read("九点半", now=morning, zone=zone).ambiguous
    with pytest.raises(WhenError) as refused:
        read("at 9", now=morning.replace(hour=12), zone=zone)
    assert refused.value.problem is Problem.AMBIGUOUS_HOUR


@pytest.mark.parametrize("text", ["today 9:00", "today at 9", "今天9点"])
def test_hour_of_today_is_read_until_it_strikes_and_never_moved_on(
    text: str, zone: ZoneInfo
) -> None:
    nine = datetime(2026, 9, 23, 9, tzinfo=zone)
    assert read(text, now=nine - timedelta(seconds=1), zone=zone).at == nine
    for now in (nine, nine.replace(hour=12, minute=30), nine.replace(hour=22)):
        with pytest.raises(WhenError) as refused:
            read(text, now=now, zone=zone)
        assert refused.value.problem is Problem.PAST


def test_night_that_still_runs_after_midnight_is_not_rolled_on(zone: ZoneInfo) -> None:
    now = datetime(2026, 9, 23, 0, 30, tzinfo=zone)
    assert read("1am at night", now=now, zone=zone).seconds == 1800
    assert read("凌晨1点", now=now, zone=zone).seconds == 1800


def test_today_without_an_hour_is_the_next_of_the_house_hours(zone: ZoneInfo) -> None:
    day = datetime(2026, 9, 23, tzinfo=zone)
    hours = [
        read("today", now=day.replace(hour=hour), zone=zone).at.astimezone(zone).hour
        for hour in (0, 9, 12, 17, 20)
    ]
    assert hours == [9, 12, 17, 21, 21]
    with pytest.raises(WhenError) as refused:
        read("today", now=day.replace(hour=21), zone=zone)
    assert refused.value.problem is Problem.PAST


@pytest.mark.parametrize("text", ["晚上", "evening", "monday evening", "下午"])
def test_part_of_the_day_that_runs_already_is_not_guessed(text: str, zone: ZoneInfo) -> None:
    hour = 16 if text == "下午" else 20
    with pytest.raises(WhenError) as refused:
        read(text, now=datetime(2026, 9, 21, hour, 30, tzinfo=zone), zone=zone)
    assert refused.value.problem is Problem.VAGUE


@pytest.mark.parametrize("text", ["23 sep", "the 23rd", "2026-09-23", "9月23日", "this wednesday"])
def test_date_of_today_is_today_or_past_but_never_next_year(text: str, zone: ZoneInfo) -> None:
    day = datetime(2026, 9, 23, tzinfo=zone)
    assert read(text, now=day.replace(hour=18), zone=zone).at == day.replace(hour=21)
    with pytest.raises(WhenError) as refused:
        read(text, now=day.replace(hour=22), zone=zone)
    assert refused.value.problem is Problem.PAST


@pytest.mark.parametrize("text", ["tonight at 1am", "今晚凌晨1点", "tonight 12:30am"])
def test_small_hours_of_tonight_are_not_guessed_once_they_run(text: str, zone: ZoneInfo) -> None:
    evening = datetime(2026, 9, 23, 22, tzinfo=zone)
    assert read(text, now=evening, zone=zone).seconds <= 3 * 3600
    with pytest.raises(WhenError) as refused:
        read(text, now=evening.replace(day=24, hour=0, minute=10), zone=zone)
    assert refused.value.problem is Problem.AMBIGUOUS_DATE


@pytest.mark.parametrize("text", ["tomorrow 9am", "明天上午9点", "明早9点"])
def test_tomorrow_said_in_the_small_hours_is_marked_as_doubtful(text: str, zone: ZoneInfo) -> None:
    night = datetime(2026, 9, 23, 1, tzinfo=zone)
    assert read(text, now=night, zone=zone).ambiguous
    assert not read(text, now=night.replace(hour=8), zone=zone).ambiguous
