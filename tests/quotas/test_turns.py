from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.quota import FixedWeekly
from bot.quotas.turns import monthly_turn, weekly_turn

instants = st.integers(0, 20 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
zones = st.sampled_from(["UTC", "America/New_York", "Europe/Berlin", "Asia/Shanghai", "Asia/Gaza"])
weekly = st.builds(
    FixedWeekly,
    kind=st.just("fixed-weekly"),
    weekday=st.sampled_from(["monday", "saturday", "sunday"]),
    time=st.sampled_from(["00:00", "02:30", "23:59"]),
    zone=zones,
)


@given(rule=weekly, at=instants)
def test_weekly_turns_hold_the_instant_and_follow_each_other_without_a_gap(
    rule: FixedWeekly, at: datetime
) -> None:
    turn = weekly_turn(rule, at)
    assert turn.start <= at < turn.end
    assert weekly_turn(rule, turn.end).start == turn.end
    assert weekly_turn(rule, turn.end - timedelta(microseconds=1)) == turn
    assert abs(turn.end - turn.start - timedelta(days=7)) <= timedelta(hours=1)


@given(day=st.integers(1, 31), at=instants)
def test_monthly_turns_hold_the_instant_and_follow_each_other_without_a_gap(
    day: int, at: datetime
) -> None:
    turn = monthly_turn(day, at)
    assert turn.start <= at < turn.end
    assert monthly_turn(day, turn.end).start == turn.end
    assert monthly_turn(day, turn.end - timedelta(microseconds=1)) == turn


@pytest.mark.parametrize(
    ("at", "end"),
    [
        ("2026-02-01", "2026-02-28"),
        ("2028-02-01", "2028-02-29"),
        ("2026-04-29", "2026-04-30"),
        ("2026-12-31", "2027-01-31"),
    ],
)
def test_the_31st_of_a_shorter_month_is_its_last_day(at: str, end: str) -> None:
    turn = monthly_turn(31, datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert turn.end.date().isoformat() == end


def test_a_week_in_new_york_has_an_hour_less_when_summer_time_begins() -> None:
    rule = FixedWeekly(
        kind="fixed-weekly", weekday="saturday", time="00:00", zone="America/New_York"
    )
    turn = weekly_turn(rule, datetime(2026, 3, 10, tzinfo=UTC))
    assert turn.end - turn.start == timedelta(days=7, hours=-1)
