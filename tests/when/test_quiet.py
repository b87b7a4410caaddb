from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.when.quiet import QuietHours
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
