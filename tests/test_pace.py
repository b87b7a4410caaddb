from datetime import UTC, datetime, timedelta

from bot.pace import MOST_KEPT, Pace
from tests.databases import FakeClock


def test_it_allows_so_many_in_a_window_and_more_after_it() -> None:
    clock = FakeClock(datetime(2026, 11, 23, tzinfo=UTC))
    pace = Pace(clock=clock, most=2, within=timedelta(minutes=1))
    assert [pace.allows("sam") for _ in range(3)] == [True, True, False]
    assert pace.allows("lin")
    clock.advance(timedelta(seconds=61))
    assert pace.allows("sam")


def test_it_does_not_grow_without_end() -> None:
    clock = FakeClock(datetime(2026, 11, 23, tzinfo=UTC))
    pace = Pace(clock=clock, most=1, within=timedelta(minutes=1))
    for key in range(2 * MOST_KEPT):
        assert pace.allows(key)
    assert len(pace._taken) <= MOST_KEPT  # pyright: ignore[reportPrivateUsage]


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    clock = FakeClock(datetime(2026, 11, 23, tzinfo=UTC))
    pace = Pace(clock=clock, most=1, within=timedelta(minutes=1))
    assert pace.allows("sam")
    clock.advance(timedelta(hours=-5))
    assert pace.allows("sam")
