import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.when import Problem
from bot.when import report as module
from bot.when.report import report


def test_reading_is_reported_in_the_zone_that_was_asked_for(now: datetime, zone: ZoneInfo) -> None:
    assert report("6h", now=now, zone=zone) == {
        "seconds": 21600,
        "at": "2026-09-23T20:30:00+08:00",
        "reading": "6 h",
        "ambiguous": False,
    }
    assert report("tomorrow at 9", now=now, zone=zone) == {
        "seconds": 66600,
        "at": "2026-09-24T09:00:00+08:00",
        "reading": "2026-09-24 09:00 Asia/Shanghai",
        "ambiguous": True,
    }


def test_bare_colon_form_is_a_length_and_at_makes_it_a_time(now: datetime, zone: ZoneInfo) -> None:
    assert report("1:30", now=now, zone=zone)["seconds"] == 5400
    assert report("1:30", now=now, zone=zone)["ambiguous"] is True
    assert report("at 1:30", now=now, zone=zone)["at"] == "2026-09-24T01:30:00+08:00"


def test_refusal_names_the_problem_and_the_word(now: datetime, zone: ZoneInfo) -> None:
    assert report("6 huors", now=now, zone=zone) == {
        "error": "unknown_word",
        "message": "a word that no time has: 'huors'",
    }


def test_repetition_is_refused_with_the_option_that_does_it(now: datetime, zone: ZoneInfo) -> None:
    refusal = report("每天9点", now=now, zone=zone)
    assert refusal["error"] == "recurring"
    assert "every:" in str(refusal["message"])


@pytest.mark.parametrize("present", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00"])
def test_present_at_the_end_of_the_calendar_is_refused_in_words(present: str) -> None:
    refusal = report("6h", now=datetime.fromisoformat(present), zone=ZoneInfo("UTC"))
    assert refusal["error"] == "too_far"


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_a_message(problem: Problem) -> None:
    assert module.MESSAGES[problem]


def test_report_of_any_text_is_json(now: datetime, zone: ZoneInfo) -> None:
    for text in ("6h", "☃", "\ud800", ""):
        assert json.dumps(report(text, now=now, zone=zone)).isascii()
