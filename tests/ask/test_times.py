from datetime import UTC, datetime, timedelta

import pytest

from bot.advice.index import OfferIndex
from bot.ask.answer import Answer, Times, answer
from bot.ask.lexicon import Lexicon
from bot.ask.read import read
from bot.ask.reading import Clarify
from bot.ask.times import timed
from bot.fit.constraint import WorkloadReader
from bot.when import Problem

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
BERLIN = "Europe/Berlin"


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def asked(text: str, zone: str | None, lexicon: Lexicon) -> Answer:
    index = OfferIndex(lexicon.catalog)
    found = answer(read(text, lexicon, now=NOW), index, WorkloadReader())
    soonest, farthest = timedelta(seconds=10), timedelta(days=366)
    return timed(found, now=NOW, zone=zone, soonest=soonest, farthest=farthest)


@pytest.mark.parametrize(
    ("text", "zone", "instants"),
    [
        ("remind me in 2 hours to save", None, [at(23, 11)]),
        ("remind me at 18:00 UTC to save", None, [at(23, 18)]),
        ("remind me at 18:00 to save", BERLIN, [at(23, 17)]),
        ("remind me on friday to back up at 6pm", BERLIN, [at(27, 17)]),
        ("remind me on friday at 6 to save", BERLIN, [at(27, 5), at(27, 17)]),
        # The first of what comes again may be later than the time alone.
        ("remind me every sunday at 18:00 to save", BERLIN, [at(29, 17)]),
        # The morning has passed.
        ("remind me today at 6 to save", BERLIN, [at(23, 17)]),
        ("明天早上9点提醒我保存", "Asia/Shanghai", [at(24, 1)]),
    ],
)
def test_a_reminder_is_due_at_the_instant_of_its_owner(
    lexicon: Lexicon, text: str, zone: str | None, instants: list[datetime]
) -> None:
    assert asked(text, zone, lexicon).times == Times(instants=tuple(instants))


@pytest.mark.parametrize(
    "text", ["remind me at 18:00 to save", "remind me every day at 9am", "remind me today at 8am"]
)
def test_without_a_zone_a_time_of_day_has_no_instant(lexicon: Lexicon, text: str) -> None:
    found = asked(text, None, lexicon)
    assert found.times == Times(zone_missing=True)
    assert found.clarify is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("remind me today at 8am to save", Problem.PAST),
        ("remind me in 5 seconds to save", Problem.TOO_NEAR),
        ("remind me in 3 years to save", Problem.TOO_FAR),
    ],
)
def test_a_time_that_is_none_for_its_owner_is_refused_with_its_reason(
    lexicon: Lexicon, text: str, problem: Problem
) -> None:
    found = asked(text, BERLIN, lexicon)
    assert (found.reading.doubt, found.times, found.clarify) == (problem, None, Clarify.WHEN)


def test_what_is_no_reminder_has_no_instant(lexicon: Lexicon) -> None:
    assert asked("when does kaggle renew?", BERLIN, lexicon).times is None
