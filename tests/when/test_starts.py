from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.when import LONGEST_AGO, MAX_CHARACTERS, Problem, WhenError, read_start
from bot.when.words import VOCABULARY

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("20 min ago", "09-23 14:10"),
        ("about 20 minutes ago", "09-23 14:10"),
        ("20分钟前", "09-23 14:10"),
        ("20分鐘之前", "09-23 14:10"),
        ("半小时前", "09-23 14:00"),
        ("an hour and a half ago", "09-23 13:00"),
        ("5 mins back", "09-23 14:25"),
        ("20 min", "09-23 14:10"),
        ("PT20M", "09-23 14:10"),
        ("1h30 ago", "09-23 13:00"),
        ("started 20 min ago", "09-23 14:10"),
        ("20分钟前开始的", "09-23 14:10"),
        ("已经2小时了", "09-23 12:30"),
        ("just now", "09-23 14:30"),
        ("just started", "09-23 14:30"),
        ("刚刚", "09-23 14:30"),
        ("刚开始", "09-23 14:30"),
        ("14:05", "09-23 14:05"),
        ("at 14:05", "09-23 14:05"),
        ("since 14:05", "09-23 14:05"),
        ("从14:05开始", "09-23 14:05"),
        ("2:05pm", "09-23 14:05"),
        ("下午两点零五", "09-23 14:05"),
        ("noon", "09-23 12:00"),
        ("midnight", "09-23 00:00"),
        ("凌晨3点", "09-23 03:00"),
        ("today 9am", "09-23 09:00"),
        ("this morning at 9", "09-23 09:00"),
        ("今早8点", "09-23 08:00"),
        ("yesterday 9am", "09-22 09:00"),
        ("noon yesterday", "09-22 12:00"),
        ("last night at 11", "09-22 23:00"),
        ("昨晚11点", "09-22 23:00"),
        ("昨晚12点", "09-23 00:00"),
        ("前天下午3点", "09-21 15:00"),
        ("2 days ago at 9am", "09-21 09:00"),
        ("3天前下午两点", "09-20 14:00"),
        ("monday 9am", "09-21 09:00"),
        ("last friday 6pm", "09-18 18:00"),
        ("上周五下午3点", "09-18 15:00"),
        ("wednesday 9am", "09-23 09:00"),
        ("wednesday 11pm", "09-16 23:00"),
        ("Sep 22 2pm", "09-22 14:00"),
        ("9月22日14:05", "09-22 14:05"),
        ("22nd at 14:05", "09-22 14:05"),
        ("Tuesday 22 Sep 2026 14:05", "09-22 14:05"),
        ("2026-09-22T06:05Z", "09-22 14:05"),
        ("<t:1790144000:R>", "09-23 14:13"),
        ("7 days ago", "09-16 14:30"),
    ],
)
def test_start_is_the_latest_such_instant(
    text: str, shown: str, now: datetime, zone: ZoneInfo
) -> None:
    start = read_start(text, now=now, zone=zone)
    assert start.at.astimezone(zone).strftime("%m-%d %H:%M") == shown
    assert (start.at.tzinfo, start.ambiguous) == (UTC, False)
    assert start.seconds == (now - start.at).total_seconds()


@pytest.mark.parametrize("text", ["9点", "at 9", "9:00", "today 9:00", "yesterday at 9"])
def test_hour_that_may_have_been_another_one_says_so(
    text: str, now: datetime, zone: ZoneInfo
) -> None:
    start = read_start(text, now=now, zone=zone)
    assert start.ambiguous
    assert start.at.astimezone(zone).hour == 9


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("in 20 min", Problem.AHEAD),
        ("20分钟后", Problem.AHEAD),
        ("15:00", Problem.AHEAD),
        ("晚上9点", Problem.AHEAD),
        ("tomorrow 9am", Problem.AHEAD),
        ("9月25日 9:00", Problem.AHEAD),
        ("<t:1790330400:R>", Problem.AHEAD),
        ("8d ago", Problem.LONG_AGO),
        ("1 month ago", Problem.LONG_AGO),
        ("2020-01-01 10:00", Problem.LONG_AGO),
        ("9月10日 9:00", Problem.LONG_AGO),
        ("99999999999h ago", Problem.LONG_AGO),
        ("<t:-99999999999999999999>", Problem.LONG_AGO),
        ("2:05", Problem.AMBIGUOUS_HOUR),
        ("at 2", Problem.AMBIGUOUS_HOUR),
        ("yesterday at 5", Problem.AMBIGUOUS_HOUR),
        ("last monday 9am", Problem.AMBIGUOUS_DATE),
        ("yesterday at midnight", Problem.AMBIGUOUS_DATE),
        ("9/10 9am", Problem.AMBIGUOUS_DATE),
        ("Mon 22 Sep 2026 14:05", Problem.CONTRADICTION),
        ("昨晚1点", Problem.CONTRADICTION),
        ("Feb 30 9am", Problem.IMPOSSIBLE),
        ("yesterday", Problem.VAGUE),
        ("昨晚", Problem.VAGUE),
        ("0 min ago", Problem.ZERO),
        ("-5m", Problem.NEGATIVE),
        ("20", Problem.BARE_NUMBER),
        ("ago", Problem.UNREADABLE),
        ("20 min ago every day", Problem.RECURRING),
        ("20-30 min ago", Problem.RANGE),
        ("20 min ago 30 min ago", Problem.UNREADABLE),
        ("20 min ago tomorrow", Problem.UNREADABLE),
        ("", Problem.EMPTY),
    ],
)
def test_what_is_no_certain_start_is_refused(
    text: str, problem: Problem, now: datetime, zone: ZoneInfo
) -> None:
    with pytest.raises(WhenError) as refused:
        read_start(text, now=now, zone=zone)
    assert refused.value.problem is problem


def test_clock_time_after_midnight_is_that_of_the_evening_before(zone: ZoneInfo) -> None:
    now = datetime(2026, 9, 23, 0, 30, tzinfo=zone)
    for text in ("23:50", "11:50 pm", "晚上11点50"):
        assert read_start(text, now=now, zone=zone).seconds == 2400
    with pytest.raises(WhenError) as refused:
        read_start("12:20", now=now, zone=zone)
    assert refused.value.problem is Problem.AMBIGUOUS_HOUR


def test_day_of_the_month_before_is_found_over_the_turn_of_the_year(zone: ZoneInfo) -> None:
    now = datetime(2027, 1, 2, 12, tzinfo=zone)
    for text in ("30 Dec 14:00", "the 30th at 2pm", "12月30日14:00"):
        start = read_start(text, now=now, zone=zone)
        assert start.at == datetime(2026, 12, 30, 14, tzinfo=zone)


def test_zone_is_needed_only_where_it_matters(now: datetime, zone: ZoneInfo) -> None:
    needs = {text: read_start(text, now=now, zone=zone).needs_zone for text in ("20m", "14:05")}
    assert needs == {"20m": False, "14:05": True}
    assert not read_start("06:05 UTC", now=now, zone=zone).needs_zone


def test_lengths_are_elapsed_time_over_the_changes_of_the_clocks() -> None:
    for now in (
        datetime(2027, 3, 28, 3, 10, tzinfo=BERLIN),
        datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=BERLIN),
    ):
        start = read_start("20 min ago", now=now, zone=BERLIN)
        assert now.astimezone(UTC) - start.at == timedelta(minutes=20)


def test_time_that_clocks_showed_twice_is_the_first_and_says_so() -> None:
    now = datetime(2026, 10, 25, 9, tzinfo=BERLIN)
    start = read_start("02:30", now=now, zone=BERLIN)
    assert start.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert start.ambiguous


def test_time_that_clocks_skipped_is_the_change() -> None:
    now = datetime(2027, 3, 28, 9, tzinfo=BERLIN)
    start = read_start("02:30", now=now, zone=BERLIN)
    assert start.at == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert start.ambiguous


_pieces = st.lists(
    st.one_of(
        st.sampled_from(sorted(VOCABULARY)),
        st.sampled_from(["1", "9", "20", "2026", "1.5", "9:30", "21:00", "五", "<t:1790144000:R>"]),
    ),
    min_size=1,
    max_size=7,
).map(" ".join)
_nows = st.datetimes(timezones=st.just(UTC))


@given(st.one_of(_pieces, st.text(max_size=MAX_CHARACTERS)), _nows)
def test_any_text_is_a_start_in_the_last_days_or_refused(text: str, now: datetime) -> None:
    with suppress(WhenError):
        start = read_start(text, now=now, zone=SHANGHAI)
        assert timedelta() <= now - start.at <= LONGEST_AGO


@given(st.integers(1, 168), st.integers(0, 59))
def test_every_spelling_of_a_length_ago_is_the_same_start(hours: int, minutes: int) -> None:
    assume(timedelta(hours=hours, minutes=minutes) <= LONGEST_AGO)
    now = datetime(2026, 9, 23, 6, 30, tzinfo=UTC)
    spelled = (
        f"{hours}h {minutes}m ago",
        f"{hours} hours and {minutes} minutes ago",
        f"{hours}小时{minutes}分钟前",
    )
    found = {read_start(text, now=now, zone=SHANGHAI).at for text in spelled}
    assert found == {now - timedelta(hours=hours, minutes=minutes)}
