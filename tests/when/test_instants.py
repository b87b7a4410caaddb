from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when import read
from bot.when.instants import instants

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")


@pytest.mark.parametrize(
    ("zone", "day", "clock", "first_valid"),
    [
        (BERLIN, date(2027, 3, 28), time(2, 30), "2027-03-28T03:00:00+02:00"),
        (BERLIN, date(2027, 3, 28), time(2, 0), "2027-03-28T03:00:00+02:00"),
        (NEW_YORK, date(2027, 3, 14), time(2, 59, 59), "2027-03-14T03:00:00-04:00"),
        (LORD_HOWE, date(2026, 10, 4), time(2, 15), "2026-10-04T02:30:00+11:00"),
    ],
)
def test_clock_time_in_a_gap_moves_to_the_first_instant_after_it(
    zone: ZoneInfo, day: date, clock: time, first_valid: str
) -> None:
    assert instants(day, clock, zone) == (datetime.fromisoformat(first_valid).astimezone(UTC),)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "apart"),
    [
        (BERLIN, date(2026, 10, 25), time(2, 30), timedelta(hours=1)),
        (NEW_YORK, date(2026, 11, 1), time(1, 0), timedelta(hours=1)),
        (LORD_HOWE, date(2027, 4, 4), time(1, 45), timedelta(minutes=30)),
    ],
)
def test_clock_time_in_a_fold_has_two_instants_the_first_one_first(
    zone: ZoneInfo, day: date, clock: time, apart: timedelta
) -> None:
    first, second = instants(day, clock, zone)
    assert second - first == apart
    assert [at.astimezone(zone).time() for at in (first, second)] == [clock, clock]


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.times(),
    st.sampled_from([BERLIN, NEW_YORK, SHANGHAI, LORD_HOWE]),
)
def test_clocks_show_the_time_or_a_later_one_within_the_gap(
    day: date, clock: time, zone: ZoneInfo
) -> None:
    clock = clock.replace(microsecond=0)
    for at in instants(day, clock, zone):
        local = at.astimezone(zone)
        wanted = datetime.combine(day, clock, tzinfo=zone).replace(tzinfo=UTC)
        assert timedelta() <= local.replace(tzinfo=UTC) - wanted <= timedelta(hours=1)


def test_day_in_words_is_24_hours_and_tomorrow_is_wall_clock() -> None:
    now = datetime(2026, 10, 24, 9, tzinfo=BERLIN)
    assert read("1 day", now=now, zone=BERLIN).seconds == 24 * 3600
    assert read("tomorrow 9am", now=now, zone=BERLIN).seconds == 25 * 3600
    assert read("in 1 week at 9am", now=now, zone=BERLIN).seconds == 7 * 86_400 + 3600
    assert read("1 month", now=now, zone=BERLIN).seconds == 31 * 86_400 + 3600


def test_in_the_repeated_hour_the_pass_that_is_still_ahead_counts() -> None:
    before = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    between = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    assert read("today at 02:30", now=before, zone=BERLIN).seconds == 30 * 60
    assert read("today at 02:30", now=between, zone=BERLIN).seconds == 45 * 60


@pytest.mark.parametrize(
    ("text", "shown", "ambiguous"),
    [
        ("2027-11-07 01:30", "2027-11-07T01:30:00-04:00", True),
        ("7 Nov 2027 1:30am", "2027-11-07T01:30:00-04:00", True),
        ("2027-11-07T01:30:00-05:00", "2027-11-07T01:30:00-05:00", False),
        ("2027-11-07 00:59:59", "2027-11-07T00:59:59-04:00", False),
        ("2027-11-07 02:00", "2027-11-07T02:00:00-05:00", False),
        ("2027-03-14 02:30", "2027-03-14T03:00:00-04:00", True),
        ("2027-03-14 01:59:59", "2027-03-14T01:59:59-05:00", False),
        ("2027-03-14 03:00", "2027-03-14T03:00:00-04:00", False),
        ("2027-03-14 02:30 Europe/Berlin", "2027-03-13T20:30:00-05:00", False),
        ("2027-03-28 02:30 Europe/Berlin", "2027-03-27T21:00:00-04:00", True),
    ],
)
def test_clock_time_that_exists_twice_or_never_is_ambiguous(
    text: str, shown: str, ambiguous: bool
) -> None:
    reading = read(text, now=datetime(2027, 1, 5, 12, tzinfo=UTC), zone=NEW_YORK)
    assert reading.at.astimezone(NEW_YORK).isoformat() == shown
    assert reading.ambiguous is ambiguous


def test_midnight_of_tonight_is_looked_up_on_the_day_it_falls_on() -> None:
    havana = ZoneInfo("America/Havana")  # 00:00 to 01:00 is skipped on 14 March 2027
    now = datetime(2027, 3, 13, 12, tzinfo=havana)
    reading = read("tonight at midnight", now=now, zone=havana)
    assert reading.at == datetime(2027, 3, 14, 1, tzinfo=havana)
    assert reading.ambiguous


@pytest.mark.parametrize(
    ("day", "hour", "ambiguous"),
    [(date(2027, 2, 14), 2, True), (date(2027, 10, 7), 1, True), (date(2027, 2, 14), 4, False)],
)
def test_month_to_a_clock_time_that_exists_twice_or_never_is_ambiguous(
    day: date, hour: int, ambiguous: bool
) -> None:
    now = datetime.combine(day, time(hour, 30), tzinfo=NEW_YORK)
    assert read("1 month", now=now, zone=NEW_YORK).ambiguous is ambiguous


def test_rolling_clock_time_skips_no_day_over_a_gap() -> None:
    now = datetime(2027, 3, 27, 3, 0, tzinfo=BERLIN)
    reading = read("at 02:30", now=now, zone=BERLIN)
    assert reading.at == datetime(2027, 3, 28, 3, 0, tzinfo=BERLIN)
