from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.outcome import Delivered, Outcome, Refused, Unauthorised, Unknown, Vanished, Wait
from bot.reminders.policy import FallBack, GiveUp, Halt, Retry, Settle, Step, backoff, next_step
from bot.reminders.rules import DeliveryRules

RULES = DeliveryRules()
DUE = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def step(
    outcome: Outcome,
    *,
    late: timedelta = timedelta(),
    targets_left: int = 1,
    refusals: int = 0,
    jitter: float = 0.5,
) -> Step:
    return next_step(
        outcome,
        now=DUE + late,
        due_at=DUE,
        targets_left=targets_left,
        refusals=refusals,
        jitter=jitter,
        rules=RULES,
    )


@pytest.mark.parametrize(
    ("outcome", "targets_left", "refusals", "expected"),
    [
        (Delivered(7, 8), 1, 0, Settle(7, 8)),
        (Vanished(), 1, 0, Settle()),
        (Refused("dm_closed"), 1, 0, FallBack("dm_closed")),
        (Refused("dm_closed"), 0, 0, GiveUp("dm_closed")),
        (Refused("no_access", final=False), 1, 2, FallBack("no_access")),
        (Refused("no_access", final=False), 0, 2, GiveUp("no_access")),
        (Unauthorised(), 1, 0, Halt()),
        (Unauthorised(), 0, 2, Halt()),
        (
            Unknown("503"),
            0,
            1,
            Retry(at=DUE + 2 * SECOND, reason="503", certain=False, refusals=1),
        ),
        (
            Unknown("503", retry_after=40 * SECOND),
            1,
            0,
            Retry(at=DUE + 40 * SECOND, reason="503", certain=False, refusals=0),
        ),
        (
            Wait(9 * SECOND),
            1,
            1,
            Retry(at=DUE + 10 * SECOND, reason="rate_limited", certain=True, refusals=1),
        ),
        (
            Wait(-9 * SECOND),
            1,
            0,
            Retry(at=DUE + 1 * SECOND, reason="rate_limited", certain=True, refusals=0),
        ),
        (
            Refused("no_access", final=False),
            1,
            0,
            Retry(at=DUE + 2 * SECOND, reason="no_access", certain=True, refusals=1),
        ),
    ],
)
def test_each_answer_has_its_step(
    outcome: Outcome, targets_left: int, refusals: int, expected: Step
) -> None:
    assert step(outcome, targets_left=targets_left, refusals=refusals) == expected


def test_a_long_outage_is_met_ever_more_slowly_but_never_given_up() -> None:
    late = timedelta()
    tries = 0
    while late < timedelta(days=1):
        following = step(Unknown("503"), late=late, targets_left=0)
        assert isinstance(following, Retry)
        late = following.at - DUE
        tries += 1
    assert 24 * 60 <= tries <= 24 * 60 + 20


@given(late=st.timedeltas(timedelta(days=-1), timedelta(days=30)), jitter=st.floats(0, 1))
def test_the_pause_stays_within_its_bounds(late: timedelta, jitter: float) -> None:
    pause = backoff(now=DUE + late, due_at=DUE, jitter=jitter, rules=RULES)
    assert 0.75 * RULES.retry_least <= pause <= 1.25 * RULES.retry_most


@given(refusals=st.integers(0, 9), targets_left=st.integers(0, 1), final=st.booleans())
def test_a_target_that_refuses_is_never_tried_in_a_loop(
    refusals: int, targets_left: int, final: bool
) -> None:
    following = step(Refused("x", final=final), refusals=refusals, targets_left=targets_left)
    if isinstance(following, Retry):
        assert following.refusals == refusals + 1 < RULES.refusals
