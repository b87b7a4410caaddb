from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.quota import FixedWeekly
from bot.quotas.kinds import AfterUse, Kind, OneOff, Renewed, Rolling
from bot.quotas.turns import Turn, monthly_turn, weekly_turn
from bot.quotas.usage import Usage

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOURS = timedelta(hours=1)


def at(hours: float) -> datetime:
    return NOW + hours * HOURS


KAGGLE = FixedWeekly(kind="fixed-weekly", weekday="saturday", time="00:00", zone="UTC")


def weekly(instant: datetime) -> Turn:
    return weekly_turn(KAGGLE, instant)


def monthly(day: int) -> Callable[[datetime], Turn]:
    return partial(monthly_turn, day)


kinds: st.SearchStrategy[Kind] = st.one_of(
    st.builds(Renewed, st.integers(1, 60), st.just(weekly)),
    st.builds(Renewed, st.integers(1, 60), st.integers(1, 31).map(monthly)),
    st.builds(Rolling, st.integers(1, 12), st.integers(12, 48).map(lambda h: h * HOURS)),
    st.builds(AfterUse, st.integers(1, 12), st.integers(12, 48).map(lambda h: h * HOURS)),
    st.builds(OneOff, st.integers(1, 60), st.none() | st.integers(1, 99).map(at)),
)


@st.composite
def histories(draw: st.DrawFn) -> Sequence[Usage]:
    """Return uses that end before now and do not overlap, to the quarter of an hour."""
    edges = sorted(draw(st.sets(st.integers(-4 * 24 * 10, 0), max_size=10)))
    return [
        Usage(at(begin / 4), at(end / 4), draw(st.sampled_from([0.5, 1.0, 2.0])))
        for begin, end in list(pairwise(edges))[::2]
    ]


@given(kind=kinds, usages=histories())
def test_what_is_used_is_never_negative_and_what_is_left_never_more_than_the_amount(
    kind: Kind, usages: Sequence[Usage]
) -> None:
    standing = kind.standing(usages, NOW)
    assert standing.used >= 0
    assert 0 <= standing.left <= kind.amount


@given(kind=kinds, usages=histories())
def test_at_the_time_it_is_told_to_be_whole_it_is(kind: Kind, usages: Sequence[Usage]) -> None:
    standing = kind.standing(usages, NOW)
    if standing.whole_at is not None:
        assert standing.whole_at > NOW
        assert kind.standing(usages, standing.whole_at).left == pytest.approx(kind.amount)


@given(kind=kinds, usages=histories())
def test_until_the_time_that_more_is_told_to_come_nothing_does(
    kind: Kind, usages: Sequence[Usage]
) -> None:
    standing = kind.standing(usages, NOW)
    if standing.more_at is None or standing.more_at <= NOW:
        return
    before = kind.standing(usages, NOW + (standing.more_at - NOW) * 0.999)
    assert before.used == pytest.approx(standing.used)
    after = kind.standing(usages, standing.more_at + MINUTE)
    assert after.used < standing.used


def test_an_hour_of_kaggle_is_back_on_saturday() -> None:
    kind = Renewed(30, weekly)
    standing = kind.standing([Usage(at(-3), at(-2))], NOW)
    assert standing.used == 1
    assert standing.left == 29
    assert standing.whole_at == datetime(2026, 11, 21, tzinfo=UTC)


def test_what_was_used_before_saturday_does_not_count_after_it() -> None:
    kind = Renewed(30, weekly)
    saturday = datetime(2026, 11, 21, tzinfo=UTC)
    across = Usage(saturday - 2 * HOURS, saturday + HOURS)
    assert kind.standing([across], saturday + HOURS).used == 1


def test_four_hours_in_a_day_come_back_hour_by_hour() -> None:
    kind = Rolling(4, 24 * HOURS)
    usages = [Usage(at(-10), at(-9)), Usage(at(-5), at(-2))]
    standing = kind.standing(usages, NOW)
    assert standing.left == 0
    assert standing.more_at == at(14)
    assert standing.whole_at == at(22)


def test_a_window_opens_with_the_first_use_and_not_at_midnight() -> None:
    kind = AfterUse(1, 24 * HOURS)
    assert kind.standing([], NOW).since is None
    standing = kind.standing([Usage(at(-3), at(-2.5))], NOW)
    assert standing.since == at(-3)
    assert standing.whole_at == at(21)
    assert standing.left == 0.5


def test_credits_are_gone_when_they_expire() -> None:
    kind = OneOff(15, at(2))
    assert kind.standing([], NOW).left == 15
    assert kind.standing([], at(2)).left == 0
