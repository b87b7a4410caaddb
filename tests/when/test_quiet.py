from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.when.quiet import QuietHours, read_quiet
from tests.when.years import instants_between

ZONE = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours(start=time(23), end=time(8), zone="Europe/Berlin")
NAP = QuietHours(start=time(13), end=time(15, 30), zone="Europe/Berlin")


def local(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "at", "comes"),
    [
        (NIGHT, local(23, 23), local(24, 8)),
        (NIGHT, local(24, 2), local(24, 8)),
        (NIGHT, local(24, 7, 59), local(24, 8)),
        (NIGHT, local(24, 8), local(24, 8)),
        (NIGHT, local(23, 22, 59), local(23, 22, 59)),
        (NAP, local(23, 13), local(23, 15, 30)),
        (NAP, local(23, 15, 30), local(23, 15, 30)),
        (NAP, local(23, 3), local(23, 3)),
    ],
)
def test_what_falls_in_comes_at_the_end(hours: QuietHours, at: datetime, comes: datetime) -> None:
    assert hours.defer(at) == comes


def test_the_end_is_eight_o_clock_on_the_nights_of_a_change_too() -> None:
    assert NIGHT.defer(local(29, 1, month=3)) == local(29, 8, month=3)
    assert NIGHT.defer(local(25, 1, month=10)) == local(25, 8, month=10)


@given(
    start=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    end=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "UTC"]),
    at=instants_between(2000, 2040),
)
def test_a_deferral_is_never_back_in_time_and_never_repeated(
    start: time, end: time, zone: str, at: datetime
) -> None:
    assume(start != end)
    hours = QuietHours(start=start, end=end, zone=zone)
    comes = hours.defer(at)
    assert at <= comes <= at + timedelta(hours=26)
    assert hours.defer(comes) == comes


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("23:00-08:00", time(23), time(8)),
        ("23-7", time(23), time(7)),
        ("11pm to 7am", time(23), time(7)),
        ("11pm-7", time(23), time(7)),
        ("from 10pm to 6am", time(22), time(6)),
        ("22:30 - 6:30", time(22, 30), time(6, 30)),
        ("10:00-06:00", time(10), time(6)),
        ("9-17", time(9), time(17)),
        ("7-9", time(7), time(9)),
        ("9-5pm", time(9), time(17)),
        ("8:00-12:00", time(8), time(12)),
        ("0-8", time(0), time(8)),
        ("晚上11点到早上7点", time(23), time(7)),
        ("从23点到8点", time(23), time(8)),
        ("２３：００～０８：００", time(23), time(8)),
    ],
)
def test_hours_are_read_in_both_languages(text: str, start: time, end: time) -> None:
    assert read_quiet(text) == (start, end)


@pytest.mark.parametrize(
    "text", ["11-7", "11-7am", "10 to 6", "11:00-7:00", "9pm-10", "11点到7点", "10pm-11"]
)
def test_hours_that_may_be_of_the_morning_or_the_evening_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_quiet(text)


@given(start=st.integers(0, 23), end=st.integers(0, 23))
def test_hours_with_leading_zeros_are_always_of_24(start: int, end: int) -> None:
    assume(start != end and (start == 0 or end == 0 or min(start, end) < 10))
    assert read_quiet(f"{start:02}:00-{end:02}:00") == (time(start), time(end))
