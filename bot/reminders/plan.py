"""When the warnings of a session fire: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import final

from bot.reminders.models import Occurrence

_SHORTEST_NOTICE = timedelta(seconds=10)
_LONGEST_NOTICE = timedelta(minutes=10)
_ROUNDED = timedelta(seconds=1)
"""By which a notice is off: leads are kept in whole seconds, ends here too."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWarning:
    """One warning before the end of a session."""

    due_at: datetime
    lead: timedelta
    """How long before the end it fires; zero at the end itself."""
    shortened: tuple[timedelta, ...] = ()
    """The longer leads that were asked for and became this one, longest first."""


def plan_warnings(
    *, now: datetime, ends_at: datetime, leads: Sequence[timedelta]
) -> tuple[PlannedWarning, ...]:
    """Plan the warnings of a session, the earliest first.

    A lead fits when its warning is at least 10 s away. Those that don't fit become the longest that
    does; where none fits, they become one warning at the latest moment at which it is still useful
    (see `latest_notice`). Nothing is planned in the past, and nothing twice.

    Args:
        now: the present instant.
        ends_at: the end of the session, after `now`.
        leads: times before the end, zero or more each, at least one.
    """
    left = ends_at - now
    wanted = sorted(set(leads), reverse=True)
    fitting = [lead for lead in wanted if left - lead >= _SHORTEST_NOTICE or not lead]
    shortened = tuple(lead for lead in wanted if lead not in fitting)
    if not any(fitting) and shortened:
        fitting.insert(0, latest_notice(left))
    return tuple(
        PlannedWarning(
            due_at=ends_at - lead, lead=lead, shortened=shortened if position == 0 else ()
        )
        for position, lead in enumerate(fitting)
    )


def leads_of(occurrences: Iterable[Occurrence], *, created_at: datetime) -> tuple[timedelta, ...]:
    """Return the leads that a session's owner chose, as far as its warnings tell; empty: none does.

    Each of its plans has those that fitted then, so the fullest plan has all of the others', but
    for the notice that stands in where none fits: that is shorter than each of them, and where none
    ever fitted it is the one that was planned when the session was promised, at `created_at`.
    """
    plans = defaultdict[datetime, set[timedelta]](set)
    for each in occurrences:
        if each.lead is not None:
            # To the second, in which leads are kept: the warnings of one plan have one end.
            plans[(each.due_at + each.lead).replace(microsecond=0)].add(each.lead)
    ranked = sorted(plans.values(), key=lambda leads: (len(leads), max(leads)))
    if not ranked:
        return ()
    longest = max(ranked[-1])
    stand_ins = (latest_notice(end - created_at) for end in plans if longest in plans[end])
    if len(ranked[-1] - {timedelta()}) == 1 and any(
        # The longest is what somebody may well have chosen.
        each < _LONGEST_NOTICE and abs(longest - each) <= _ROUNDED
        for each in stand_ins
    ):
        return ()
    return tuple(sorted(ranked[-1]))


def latest_notice(left: timedelta) -> timedelta:
    """Return how long before the end a warning still helps, when no lead fits in what is `left`.

    A fifth of what is left, but 10 s to read it and at most 10 min; never more than the half.
    """
    fifth = min(max(left / 5, _SHORTEST_NOTICE), _LONGEST_NOTICE)
    return min(fifth, left / 2)
