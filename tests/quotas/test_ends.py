from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotas.ends import SessionEnd, first_end
from bot.quotas.kinds import Kind, OneOff, Rolling
from bot.quotas.usage import Usage
from tests.quotas.test_kinds import NOW, at, histories, kinds

HOUR = timedelta(hours=1)
START = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def ends(
    planned: float,
    *,
    limit: float | None = None,
    kind: Kind | None = None,
    used: float = 0,
    rate: float | None = 1,
) -> SessionEnd:
    before = [Usage(START - used * HOUR, START)] if used else []
    planned_at = START + planned * HOUR
    return first_end(
        start=START, planned=planned_at, limit_hours=limit, kind=kind, usages=before, rate=rate
    )


def test_the_plan_holds_where_nothing_ends_before() -> None:
    assert ends(6, limit=12, kind=OneOff(30)) == SessionEnd(at=START + 6 * HOUR, why="planned")


def test_the_limit_of_a_session_ends_it() -> None:
    assert ends(14, limit=12) == SessionEnd(at=START + 12 * HOUR, why="limit")


def test_the_quota_ends_it_before_its_limit() -> None:
    end = ends(14, limit=12, kind=Rolling(4, 24 * HOUR), used=1)
    assert end == SessionEnd(at=START + 3 * HOUR, why="quota")


def test_a_session_that_runs_without_any_quota_left_shows_that_the_count_is_wrong() -> None:
    end = ends(2, limit=12, kind=OneOff(5), used=5)
    assert end == SessionEnd(at=START + 2 * HOUR, why="planned", used_up=True)


def test_an_unknown_rate_says_nothing_of_the_end() -> None:
    assert ends(6, kind=OneOff(1), rate=None).why == "planned"


@given(
    planned=st.floats(0.1, 48),
    limit=st.none() | st.floats(0.1, 24),
    amount=st.floats(0.1, 40),
    used=st.floats(0, 40),
)
def test_it_never_ends_later_than_planned_or_than_the_limit(
    planned: float, limit: float | None, amount: float, used: float
) -> None:
    end = ends(planned, limit=limit, kind=OneOff(amount), used=used)
    bounds = [START + planned * HOUR, *([] if limit is None else [START + limit * HOUR])]
    assert START < end.at <= min(bounds)
    assert (end.at == min(bounds)) or end.why == "quota"


# ------------------------------------------------------------------- running out

MINUTE = timedelta(minutes=1)
PLANNED = NOW + timedelta(days=9)


@st.composite
def others(draw: st.DrawFn) -> Sequence[Usage]:
    """Return what was used before now, and sessions that run beside this one or are to come."""
    beside = draw(st.lists(st.tuples(st.integers(-40, 40), st.integers(1, 80)), max_size=3))
    running = [Usage(at(begin / 4), at((begin + length) / 4)) for begin, length in beside]
    return [*draw(histories()), *running]


@given(kind=kinds, usages=others(), rate=st.sampled_from([0.5, 1.0, 2.0]))
def test_a_session_ends_exactly_when_nothing_is_left_for_it_and_the_others(
    kind: Kind, usages: Sequence[Usage], rate: float
) -> None:
    end = first_end(
        start=NOW, planned=PLANNED, limit_hours=None, kind=kind, usages=usages, rate=rate
    )
    if end.used_up:
        whole = [*usages, Usage(NOW, PLANNED, rate)]
        # Within the minute after which it counts as used up.
        looks = (kind.standing(whole, NOW + n * MINUTE / 4).left for n in range(6))
        assert min(looks) <= 2 * MINUTE / HOUR * (rate + 3)
        return
    for quarter in range(1, 4 * 24 * 9):
        instant = NOW + quarter * 15 * MINUTE
        if instant >= end.at - MINUTE:
            break
        assert kind.standing([*usages, Usage(NOW, instant, rate)], instant).left > 0
    if end.why == "quota":
        just = end.at - timedelta(milliseconds=2)
        left = kind.standing([*usages, Usage(NOW, end.at, rate)], just).left
        expired = isinstance(kind, OneOff) and kind.expires == end.at
        assert expired or left <= 0.01


@pytest.mark.parametrize(("until", "hours"), [(0.0, 10.0), (2.0, 8.0), (5.0, 5.0), (9.0, 5.0)])
def test_two_sessions_at_once_use_the_quota_twice_as_fast(until: float, hours: float) -> None:
    other = Usage(START, START + until * HOUR)
    end = first_end(
        start=START,
        planned=START + 24 * HOUR,
        limit_hours=None,
        kind=OneOff(10),
        usages=[other],
        rate=1.0,
    )
    assert end == SessionEnd(at=START + hours * HOUR, why="quota")
