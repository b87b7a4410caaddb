from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.quota import FixedWeekly
from bot.quotas.kinds import AfterUse, OneOff, Renewed, Rolling
from bot.quotas.truth import Reading, corrected
from bot.quotas.turns import weekly_turn
from bot.quotas.usage import Usage

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, tzinfo=UTC)
RULE = FixedWeekly(kind="fixed-weekly", weekday="saturday", time="00:00", zone="UTC")
WEEKLY = Renewed(30, partial(weekly_turn, RULE))


def reading(used: float, *, total: float = 30, refresh_at: datetime | None = SATURDAY) -> Reading:
    return Reading(
        used=used, remaining=total - used, total=total, refresh_at=refresh_at, as_of=MONDAY
    )


@given(used=st.floats(0, 30), before=st.floats(0.1, 40), after=st.floats(0, 3))
def test_the_source_beats_what_was_counted_before_it_and_not_what_comes_after(
    used: float, before: float, after: float
) -> None:
    counted = Usage(MONDAY - before * HOUR, MONDAY + after * HOUR)
    kind, usages = corrected(WEEKLY, [counted], reading(used))
    standing = kind.standing(usages, MONDAY + 4 * HOUR)
    assert standing.used == pytest.approx(used + after, abs=1e-6)


@given(used=st.floats(0.01, 30))
def test_after_the_renewal_that_the_source_named_all_of_it_is_back(used: float) -> None:
    refresh_at = SATURDAY + 9 * HOUR  # other than the catalog says
    kind, usages = corrected(WEEKLY, [], reading(used, refresh_at=refresh_at))
    assert kind.standing(usages, refresh_at - HOUR).whole_at == refresh_at
    assert kind.standing(usages, refresh_at - HOUR).used == pytest.approx(used)
    assert kind.standing(usages, refresh_at).used == 0
    assert kind.standing(usages, refresh_at + 7 * 24 * HOUR).used == 0


def test_the_total_of_the_source_holds() -> None:
    kind, _ = corrected(WEEKLY, [], reading(3, total=36))
    assert kind.amount == 36


def test_a_reading_at_the_very_renewal_counts_in_the_new_turn() -> None:
    at = Reading(used=2, remaining=28, total=30, refresh_at=None, as_of=SATURDAY)
    kind, usages = corrected(WEEKLY, [], at)
    assert kind.standing(usages, SATURDAY + HOUR).used == pytest.approx(2)


def test_a_window_ends_when_the_source_says() -> None:
    resets_at = MONDAY + 5 * HOUR
    kind, usages = corrected(AfterUse(5 / 60, 24 * HOUR), [], reading(0.05, refresh_at=resets_at))
    standing = kind.standing(usages, MONDAY)
    assert standing.used == pytest.approx(0.05)
    assert standing.whole_at == resets_at
    assert kind.standing(usages, resets_at).used == 0


def test_an_unused_window_is_not_open() -> None:
    kind, usages = corrected(AfterUse(5 / 60, 24 * HOUR), [], reading(0, refresh_at=None))
    assert kind.standing(usages, MONDAY + HOUR).since is None


@pytest.mark.parametrize("kind", [Rolling(4, 24 * HOUR), OneOff(5)])
def test_other_kinds_take_it_too(kind: Rolling | OneOff) -> None:
    counted = [Usage(MONDAY - 3 * HOUR, MONDAY + HOUR)]
    after, usages = corrected(kind, counted, reading(1.5, total=8, refresh_at=None))
    standing = after.standing(usages, MONDAY + 2 * HOUR)
    assert (standing.used, standing.left) == (pytest.approx(2.5), pytest.approx(5.5))


def test_without_a_reading_nothing_changes() -> None:
    counted = [Usage(MONDAY, MONDAY + HOUR)]
    assert corrected(WEEKLY, counted, None) == (WEEKLY, counted)
