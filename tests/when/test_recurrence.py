from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when.instants import instants
from bot.when.recurrence import ALL_DAYS, WEEKDAYS, EachLength, OnDays, Recurrence, Rule
from tests.when.years import instants_between

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Shanghai",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "Pacific/Apia",  # left out a day in 2011
    "America/Sao_Paulo",  # changed at midnight
    "UTC",
)


def berlin(day: int, hour: int, minute: int = 0, *, month: int, fold: int = 0) -> datetime:
    local = datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)
    return local.astimezone(UTC)


def daily(hour: int, minute: int = 0, *, zone: str = "Europe/Berlin") -> Recurrence:
    return Recurrence(rule=OnDays(ALL_DAYS, time(hour, minute)), zone=zone)


def test_nine_o_clock_stays_nine_o_clock_over_both_changes() -> None:
    assert daily(9).next_after(berlin(28, 9, month=3)) == berlin(29, 9, month=3)
    assert berlin(29, 9, month=3) - berlin(28, 9, month=3) == 23 * HOUR
    assert daily(9).next_after(berlin(24, 9, month=10)) == berlin(25, 9, month=10)
    assert berlin(25, 9, month=10) - berlin(24, 9, month=10) == 25 * HOUR


def test_a_time_that_the_clocks_skip_moves_forward_to_the_change_and_comes_back_the_day_after() -> (
    None
):
    skipped = daily(2, 30).next_after(berlin(28, 2, 30, month=3))
    assert skipped == berlin(29, 3, month=3)
    assert daily(2, 30).next_after(berlin(29, 3, month=3)) == berlin(30, 2, 30, month=3)


def test_of_a_time_that_the_clocks_show_twice_the_first_counts_and_only_that() -> None:
    first = daily(2, 30).next_after(berlin(24, 2, 30, month=10))
    assert first == berlin(25, 2, 30, month=10)
    assert daily(2, 30).next_after(berlin(25, 2, 30, month=10)) == berlin(26, 2, 30, month=10)


def test_hours_count_elapsed_time_over_a_change() -> None:
    start = berlin(28, 21, month=3)
    each = Recurrence(rule=EachLength(6 * HOUR, start), zone="Europe/Berlin")
    assert each.next_after(start) == start + 6 * HOUR == berlin(29, 4, month=3)


def test_weekdays_leave_out_the_weekend() -> None:
    rule = Recurrence(rule=OnDays(WEEKDAYS, time(9)), zone="Europe/Berlin")
    assert rule.next_after(berlin(27, 9, month=11)) == berlin(30, 9, month=11)  # a Friday


def test_a_day_that_a_zone_left_out_is_no_day_of_its_own() -> None:
    rule = daily(9, zone="Pacific/Apia")
    zone = ZoneInfo("Pacific/Apia")
    before = instants(datetime(2011, 12, 29, tzinfo=UTC).date(), time(9), zone)[0]
    after = rule.next_after(before)
    assert after is not None
    following = rule.next_after(after)
    assert following is not None
    assert (after.astimezone(zone).date(), following.astimezone(zone).date()) == (
        datetime(2011, 12, 31, tzinfo=UTC).date(),
        datetime(2011, 12, 31, tzinfo=UTC).date(),
    )
    # The skipped day's moves forward to the change, the next one has its own hour.
    assert following.astimezone(zone).time() == time(9)


def test_the_end_is_the_last_instant_that_still_comes() -> None:
    last = berlin(25, 9, month=11)
    rule = Recurrence(rule=OnDays(ALL_DAYS, time(9)), zone="Europe/Berlin", until=last)
    assert rule.next_after(last - SECOND) == last
    assert rule.next_after(last) is None
    earlier = Recurrence(rule=rule.rule, zone=rule.zone, until=last - SECOND)
    assert earlier.next_after(last - DAY) is None


def test_at_the_end_of_the_calendar_there_is_no_next_one() -> None:
    rule = Recurrence(rule=EachLength(HOUR, datetime(2026, 1, 1, tzinfo=UTC)), zone="UTC")
    assert rule.next_after(datetime(9999, 12, 31, 23, 30, tzinfo=UTC)) is None


INSTANTS = instants_between(1990, 2090)
RULES = st.one_of(
    st.builds(
        OnDays,
        days=st.frozensets(st.integers(0, 6), min_size=1),
        at=st.times().map(lambda at: at.replace(microsecond=0)),
    ),
    st.builds(
        EachLength,
        length=st.integers(300, 31 * 86_400).map(lambda seconds: seconds * SECOND),
        start=INSTANTS.map(lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)),
    ),
)


@given(rule=RULES, zone=st.sampled_from(ZONES), instant=INSTANTS)
def test_the_next_one_is_after_and_none_lies_between(
    rule: Rule, zone: str, instant: datetime
) -> None:
    recurrence = Recurrence(rule=rule, zone=zone)
    found = recurrence.next_after(instant)
    assert found is not None
    assert found > instant
    assert recurrence.next_after(found - timedelta(microseconds=1)) == found
    assert recurrence.count(instant, found) == 1
    assert recurrence.count(instant, found - timedelta(microseconds=1)) == 0


@given(rule=RULES, zone=st.sampled_from(ZONES), instant=INSTANTS, most=st.integers(0, 9))
def test_counting_agrees_with_going_from_one_to_the_next(
    rule: Rule, zone: str, instant: datetime, most: int
) -> None:
    recurrence = Recurrence(rule=rule, zone=zone)
    last = instant
    for _ in range(most):
        following = recurrence.next_after(last)
        assert following is not None
        last = following
    assert recurrence.count(instant, last) == most


@given(rule=RULES, zone=st.sampled_from(ZONES), instant=INSTANTS)
def test_a_day_rule_shows_its_clock_except_where_that_time_is_skipped(
    rule: Rule, zone: str, instant: datetime
) -> None:
    found = Recurrence(rule=rule, zone=zone).next_after(instant)
    assert found is not None
    if isinstance(rule, EachLength):
        assert (found - rule.start) % rule.length == timedelta()
        return
    local = found.astimezone(ZoneInfo(zone))
    if local.time() != rule.at:
        # Moved forward: a second earlier the clocks showed less than the time that was wanted.
        before = (found - SECOND).astimezone(ZoneInfo(zone))
        assert before.utcoffset() != local.utcoffset()
    else:
        assert local.fold == 0
        assert local.weekday() in rule.days


@pytest.mark.parametrize("until", [None, datetime(2027, 1, 1, tzinfo=UTC)])
@given(rule=RULES, zone=st.sampled_from(ZONES))
def test_what_the_store_keeps_is_the_same_rule(
    until: datetime | None, rule: Rule, zone: str
) -> None:
    recurrence = Recurrence(rule=rule, zone=zone, until=until)
    assert Recurrence.decode(recurrence.encode(), zone=zone, until=until) == recurrence
