from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.quotas.ends import SessionEnd, first_end
from bot.quotas.kinds import Kind, OneOff, Rolling
from bot.quotas.usage import Usage

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
