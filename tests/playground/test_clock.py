from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.playground.clock import PlaygroundClock

START = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_time_runs_on_from_the_start_as_aware_utc() -> None:
    stopwatch = Stopwatch()
    clock = PlaygroundClock(start=START, stopwatch=stopwatch)
    assert clock.now() == START
    stopwatch.seconds += 90
    assert clock.now() == START + timedelta(seconds=90)
    assert clock.now().tzinfo is UTC


@given(st.lists(st.floats(min_value=0, max_value=1e6), max_size=5))
def test_skips_add_up_and_both_readings_agree(skips: list[float]) -> None:
    clock = PlaygroundClock(start=START, stopwatch=Stopwatch())
    for skip in skips:
        clock.advance(skip)
    assert clock.elapsed == pytest.approx(sum(skips))
    assert clock.now() == START + timedelta(seconds=clock.elapsed)


@pytest.mark.parametrize("seconds", [-1.0, float("nan")])
def test_a_clock_never_goes_back(seconds: float) -> None:
    with pytest.raises(ValueError, match="forward"):
        PlaygroundClock(start=START).advance(seconds)
