from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotas.kinds import AfterUse, Kind, OneOff, Renewed, Rolling
from bot.quotas.projection import expiry_after, low_after, renewal_after
from bot.quotas.usage import Usage
from tests.quotas.test_kinds import NOW, at, histories, kinds, monthly, weekly

QUARTER = timedelta(minutes=15)
SECOND = timedelta(seconds=1)
HORIZON = 4 * 24 * 5  # quarters of an hour


@st.composite
def plans(draw: st.DrawFn) -> Sequence[Usage]:
    """Return what was used, and a session that runs on from some moment before or after now."""
    begin = draw(st.integers(-8, 40))
    length = draw(st.integers(1, 80))
    return [*draw(histories()), Usage(at(begin / 4), at((begin + length) / 4))]


@given(kind=kinds, usages=plans(), share=st.sampled_from([0.1, 0.2, 0.5]))
def test_a_quota_is_told_to_be_low_at_the_first_moment_at_which_it_is(
    kind: Kind, usages: Sequence[Usage], share: float
) -> None:
    level = kind.amount * share
    found = low_after(kind, usages, NOW, level=level)
    last = max(each.end for each in usages)
    for quarter in range(HORIZON):
        instant = NOW + quarter * QUARTER
        if instant > last or (found is not None and instant >= found):
            break
        assert kind.standing(usages, instant).left > level - 1e-6
    if found is not None:
        # Looked at a second later, or it would be a look at the end of a turn.
        assert kind.standing(usages, found + SECOND).left <= level + 0.01 or found >= last


@given(kind=kinds, usages=plans())
def test_at_a_renewal_all_of_it_is_back_and_not_before(kind: Kind, usages: Sequence[Usage]) -> None:
    renewal = renewal_after(kind, usages, NOW)
    if isinstance(kind, OneOff):
        assert renewal is None
    elif renewal is None:
        assert all(kind.standing(usages, NOW + n * QUARTER).used == 0 for n in range(HORIZON))
    else:
        assert renewal > NOW
        assert kind.standing(usages, renewal).used == pytest.approx(0)


@given(kind=kinds, usages=plans())
def test_renewals_follow_each_other(kind: Kind, usages: Sequence[Usage]) -> None:
    instant, count = NOW, 0
    while (following := renewal_after(kind, usages, instant)) is not None and count < 30:
        assert following > instant
        instant, count = following, count + 1
    calendar = isinstance(kind, Renewed)
    assert (count == 30) == calendar


def test_a_window_that_rolls_is_whole_again_after_the_last_of_what_runs() -> None:
    kind = Rolling(4, timedelta(hours=24))
    usages = [Usage(at(-20), at(-19)), Usage(at(-1), at(2))]
    assert renewal_after(kind, usages, NOW) == at(26)


def test_uses_a_day_apart_are_two_renewals() -> None:
    kind = Rolling(4, timedelta(hours=24))
    usages = [Usage(at(-20), at(-19)), Usage(at(10), at(11))]
    assert renewal_after(kind, usages, NOW) == at(5)
    assert renewal_after(kind, usages, at(5)) == at(35)


def test_what_still_runs_when_a_window_ends_opens_the_next_one() -> None:
    kind = AfterUse(1, timedelta(hours=24))
    usages = [Usage(at(-23), at(3))]
    assert renewal_after(kind, usages, NOW) == at(1)
    assert renewal_after(kind, usages, at(1)) == at(25)


def test_only_what_is_renewed_by_the_calendar_or_expires_is_ever_void() -> None:
    assert expiry_after(Renewed(30, weekly), NOW) == weekly(NOW).end
    assert expiry_after(Renewed(30, monthly(31)), NOW) == monthly(31)(NOW).end
    assert expiry_after(OneOff(5, at(9)), NOW) == at(9)
    assert expiry_after(OneOff(5, at(9)), at(9)) is None
    assert expiry_after(OneOff(5), NOW) is None
    assert expiry_after(Rolling(4, timedelta(hours=24)), NOW) is None


def test_a_session_beyond_what_is_there_is_low_where_its_line_crosses_and_not_later() -> None:
    # Where nothing is left the line bends: what is left stays at nothing.
    kind = Renewed(30, weekly)
    usages = [Usage(at(-25), at(0)), Usage(at(0), at(50))]
    found = low_after(kind, usages, at(-25), level=6)
    assert found is not None
    assert abs(found - at(-1)) <= timedelta(microseconds=2)


def test_a_quota_that_is_low_already_is_low_now() -> None:
    usages = [Usage(at(-28), NOW)]
    assert low_after(Renewed(30, weekly), usages, NOW, level=6) == NOW
