import json
from datetime import datetime
from pathlib import Path
from typing import NotRequired, TypedDict
from zoneinfo import ZoneInfo

import pytest

from bot.when.report import report

_FILE = Path(__file__).parents[2].parent / "shared" / "eval" / "durations-dev.json"


class _Case(TypedDict):
    id: str
    input: str
    ambiguous: NotRequired[bool]
    expected_seconds: NotRequired[int]
    expected_iso: NotRequired[str]
    expected_date: NotRequired[str]


class _Meta(TypedDict):
    reference_now: str
    timezone: str


class _Evaluation(TypedDict):
    meta: _Meta
    valid: list[_Case]
    invalid: list[_Case]


@pytest.fixture(scope="module")
def evaluation() -> _Evaluation:
    if not _FILE.is_file():
        pytest.skip("the collection of real inputs (shared/eval/durations-dev.json) is not here")
    return json.loads(_FILE.read_text(encoding="utf-8"))


def _report(case: _Case, meta: _Meta) -> dict[str, object]:
    now = datetime.fromisoformat(meta["reference_now"])
    return report(case["input"], now=now, zone=ZoneInfo(meta["timezone"]))


def test_every_valid_text_is_read_as_labelled(evaluation: _Evaluation) -> None:
    wrong: list[tuple[str, dict[str, object]]] = []
    for case in evaluation["valid"]:
        found = _report(case, evaluation["meta"])
        right = (
            found.get("ambiguous") == case.get("ambiguous")
            and ("expected_seconds" not in case or found["seconds"] == case["expected_seconds"])
            and ("expected_iso" not in case or found["at"] == case["expected_iso"])
            and ("expected_date" not in case or str(found["at"])[:10] == case["expected_date"])
        )
        if not right:
            wrong.append((case["id"], found))
    assert wrong == []


def test_every_invalid_text_is_refused(evaluation: _Evaluation) -> None:
    accepted = [
        case["id"]
        for case in evaluation["invalid"]
        if "error" not in _report(case, evaluation["meta"])
    ]
    assert accepted == []
