from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.reminders.models import Occurrence, OccurrenceState
from bot.reminders.plan import leads_of, plan_warnings

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HALF_HOUR, TEN, AT_THE_END = 30 * MINUTE, 10 * MINUTE, timedelta()


@pytest.mark.parametrize(
    ("left", "leads", "planned"),
    [
        (6 * 60 * MINUTE, [TEN, HALF_HOUR], [(HALF_HOUR, ()), (TEN, ())]),
        (6 * 60 * MINUTE, [TEN, TEN, AT_THE_END], [(TEN, ()), (AT_THE_END, ())]),
        # Too long for what is left: it becomes the longest that fits.
        (20 * MINUTE, [HALF_HOUR, TEN], [(TEN, (HALF_HOUR,))]),
        # None fits: one warning at the latest useful moment.
        (5 * MINUTE, [HALF_HOUR, TEN], [(MINUTE, (HALF_HOUR, TEN))]),
        (30 * SECOND, [HALF_HOUR], [(10 * SECOND, (HALF_HOUR,))]),
        (10 * SECOND, [HALF_HOUR], [(5 * SECOND, (HALF_HOUR,))]),
        (5 * MINUTE, [TEN, AT_THE_END], [(MINUTE, (TEN,)), (AT_THE_END, ())]),
        # A warning right after the confirmation tells nothing new.
        (30 * MINUTE, [HALF_HOUR, TEN], [(TEN, (HALF_HOUR,))]),
        (30 * MINUTE + 10 * SECOND, [HALF_HOUR], [(HALF_HOUR, ())]),
    ],
)
def test_warnings_of_a_session(
    left: timedelta,
    leads: list[timedelta],
    planned: list[tuple[timedelta, tuple[timedelta, ...]]],
) -> None:
    warnings = plan_warnings(now=NOW, ends_at=NOW + left, leads=leads)
    assert [(warning.lead, warning.shortened) for warning in warnings] == planned
    assert [warning.due_at for warning in warnings] == [NOW + left - lead for lead, _ in planned]


@given(
    left=st.timedeltas(10 * SECOND, timedelta(days=366)),
    leads=st.lists(st.timedeltas(timedelta(), timedelta(days=7)), min_size=1, max_size=5),
)
def test_nothing_is_planned_in_the_past_or_twice_and_nothing_is_lost(
    left: timedelta, leads: list[timedelta]
) -> None:
    ends_at = NOW + left
    warnings = plan_warnings(now=NOW, ends_at=ends_at, leads=leads)
    instants = [warning.due_at for warning in warnings]
    assert instants == sorted(set(instants))
    assert all(NOW < instant <= ends_at for instant in instants)
    told = {warning.lead for warning in warnings} | {
        lead for warning in warnings for lead in warning.shortened
    }
    assert set(leads) <= told


@example(lefts=[600], leads={10})
@given(
    lefts=st.lists(st.integers(10, 40 * 3600), min_size=1, max_size=5),
    leads=st.sets(st.integers(0, 600), min_size=1, max_size=5),
)
def test_the_leads_of_a_session_are_found_again_though_its_end_was_moved(
    lefts: list[int], leads: set[int]
) -> None:
    chosen = [minutes * MINUTE for minutes in leads]
    # The first plan had room for all of them.
    ends = [NOW + timedelta(hours=11), *(NOW + left * SECOND for left in lefts)]
    occurrences = [
        Occurrence(
            number=number,
            due_at=warning.due_at,
            # As it is kept.
            lead=warning.lead // SECOND * SECOND,
            state=OccurrenceState.CANCELLED,
        )
        for end in ends
        for number, warning in enumerate(plan_warnings(now=NOW, ends_at=end, leads=chosen))
    ]
    assert set(leads_of(occurrences, created_at=NOW)) == set(chosen)


def test_what_has_no_warning_has_no_leads() -> None:
    snooze = Occurrence(number=1, due_at=NOW, lead=None, state=OccurrenceState.PENDING)
    assert leads_of([snooze], created_at=NOW) == ()


def test_a_notice_that_stood_in_from_the_first_is_no_lead() -> None:
    (warning,) = plan_warnings(now=NOW, ends_at=NOW + 5 * MINUTE, leads=[HALF_HOUR, TEN])
    only = Occurrence(
        number=1, due_at=warning.due_at, lead=warning.lead, state=OccurrenceState.PENDING
    )
    assert leads_of([only], created_at=NOW) == ()
