from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.quota import FixedWeekly
from bot.quotas.kinds import Kind, OneOff, Renewed, Rolling
from bot.quotas.turns import weekly_turn
from bot.quotas.usage import Usage
from bot.quotas.week import Day, days_of

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # a Monday
SATURDAY = datetime(2026, 11, 28, tzinfo=UTC)
RULE = FixedWeekly(kind="fixed-weekly", weekday="saturday", time="00:00", zone="UTC")
WEEKLY = Renewed(30, partial(weekly_turn, RULE))


def days(kind: Kind, *usages: Usage, zone: str = "UTC", now: datetime = NOW) -> tuple[Day, ...]:
    return days_of(kind, usages, now=now, renews_at=SATURDAY, zone=ZoneInfo(zone))


def test_a_weekly_quota_shows_its_own_week_up_to_its_renewal() -> None:
    found = days(WEEKLY)
    assert (found[0].date, found[-1].date) == (date(2026, 11, 21), date(2026, 11, 28))
    assert [each.date for each in found if each.renewed] == [date(2026, 11, 28)]
    assert [each.date for each in found if each.today] == [date(2026, 11, 23)]


def test_the_days_are_the_users_own() -> None:
    found = days(WEEKLY, Usage(NOW - 12 * HOUR, NOW - 2 * HOUR), zone="America/Los_Angeles")
    assert (found[0].date, found[-1].date) == (date(2026, 11, 20), date(2026, 11, 27))
    assert [each.used for each in found if each.used] == [10]
    assert [each.date for each in found if each.renewed] == [date(2026, 11, 27)]


def test_what_runs_is_used_up_to_now_and_planned_after() -> None:
    (today,) = (
        each
        for each in days(Rolling(4, 24 * HOUR), Usage(NOW - HOUR, NOW + 3 * HOUR))
        if each.today
    )
    assert (today.used, today.planned) == (1, 3)


@pytest.mark.parametrize("kind", [Rolling(4, 24 * HOUR), OneOff(5)])
def test_other_quotas_show_seven_days_around_today(kind: Kind) -> None:
    found = days(kind)
    assert len(found) == 7
    assert found[4].today


@given(
    start=st.floats(-80, 100),
    length=st.floats(0.1, 30),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Apia", "Asia/Kolkata"]),
    hour=st.integers(0, 24 * 400),
)
def test_nothing_within_the_days_is_lost_or_counted_twice(
    start: float, length: float, zone: str, hour: int
) -> None:
    now = NOW + hour * HOUR
    usage = Usage(now + start * HOUR, now + (start + length) * HOUR)
    found = days(OneOff(5), usage, zone=zone, now=now)
    counted = sum(each.used + each.planned for each in found)
    assert counted <= length + 1e-6
    if start > -80 and start + length < 48:
        assert counted == pytest.approx(length, abs=1e-6)
