from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotas.imports import MOST_CHARACTERS, PasteError, Problem, read_paste

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, tzinfo=UTC)
CSV = """\
resource,used,remaining,total,refreshAt
GPU,2.42h,27.58h,30.00h,2026-11-28T00:00:00
TPU,0.00h,20.00h,20.00h,2026-11-28T00:00:00
"""
TABLE = """\
resource  used   remaining  total   refreshAt
--------  -----  ---------  ------  -------------------
GPU       2.42h  27.58h     30.00h  2026-11-28T00:00:00
TPU       0.00h  20.00h     20.00h  2026-11-28T00:00:00
"""
WARNED = f"Warning: Looks like you're using an outdated API Version, please consider\n{CSV}"


@pytest.mark.parametrize("paste", [CSV, TABLE, WARNED, f"```\n{CSV}```", CSV.replace("\n", "\r\n")])
def test_kaggles_output_is_read_with_both_pools(paste: str) -> None:
    readings = read_paste(paste, now=NOW)
    gpu, tpu = readings["kaggle-notebooks-gpu"], readings["kaggle-notebooks-tpu"]
    assert (gpu.used, gpu.remaining, gpu.total) == (2.42, 27.58, 30)
    assert (tpu.used, tpu.total) == (0, 20)
    assert gpu.refresh_at == SATURDAY
    assert gpu.as_of == NOW


def test_one_pool_without_a_renewal_is_read_too() -> None:
    (gpu,) = read_paste("resource,used,remaining,total\ngpu,1,29,30", now=NOW).values()
    assert (gpu.used, gpu.refresh_at) == (1, None)


def test_hugging_faces_answer_is_in_seconds_and_current_is_what_is_left() -> None:
    paste = (
        '{"base": 300, "current": 120, "resetsAt": "2026-11-23T20:00:00.000Z", "overquotaUsed": 9}'
    )
    (reading,) = read_paste(paste, now=NOW).values()
    assert (reading.total, reading.remaining) == (300 / 3600, 120 / 3600)
    assert reading.used == pytest.approx(180 / 3600)
    assert reading.refresh_at == datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


def test_an_unused_quota_of_hugging_face_has_no_reset() -> None:
    (reading,) = read_paste('{"base":300,"current":300,"resetsAt":null}', now=NOW).values()
    assert (reading.used, reading.refresh_at) == (0, None)


@pytest.mark.parametrize(
    ("paste", "problem", "word"),
    [
        ("", Problem.UNKNOWN, ""),
        ("hello", Problem.UNKNOWN, ""),
        ("{}", Problem.UNKNOWN, ""),
        ('{"base": 300', Problem.UNKNOWN, ""),
        ("[" * 1000 + "{}", Problem.UNKNOWN, ""),
        ("{" * 1500 + "}", Problem.UNKNOWN, ""),
        ("resource,used,remaining,total\nCPU,1h,2h,3h", Problem.UNKNOWN, ""),
        (CSV.replace("2.42h", "a lot"), Problem.FIGURE, "a lot"),
        (CSV.replace("2.42h", "-2h"), Problem.FIGURE, "-2h"),
        (CSV.replace("2.42h", "nan"), Problem.FIGURE, "nan"),
        (CSV.replace("2026-11-28T00:00:00", "soon"), Problem.FIGURE, "soon"),
        (CSV.replace("2026-11-28", "2026-11-21"), Problem.OLD, ""),
        (CSV.replace("2026-11-28", "2027-11-28"), Problem.FAR, ""),
        ('{"base": true, "current": 1}', Problem.FIGURE, "True"),
        ('{"base": NaN, "current": 1}', Problem.FIGURE, "nan"),
        ('{"base": 300, "current": -1}', Problem.FIGURE, "-1"),
        ('{"base": 300, "current": 1, "resetsAt": 7}', Problem.FIGURE, "7"),
        (
            '{"base": 300, "current": 1, "resetsAt": "0001-01-01T00:00:00+23:00"}',
            Problem.FIGURE,
            "0001-01-01T00:00:00+23:00",
        ),
        (CSV + " " * MOST_CHARACTERS, Problem.TOO_LONG, ""),
    ],
)
def test_what_is_wrong_is_refused_whole_with_its_reason(
    paste: str, problem: Problem, word: str
) -> None:
    with pytest.raises(PasteError) as refused:
        read_paste(paste, now=NOW)
    assert (refused.value.problem, refused.value.word) == (problem, word)


@given(
    text=st.text(max_size=300)
    | st.from_regex(r'\{"base": ?[-0-9.eE"a]{1,9}, ?"current": ?[-0-9.eE]{1,9}\}')
    | st.lists(st.text(max_size=9), max_size=9).map(lambda cells: CSV + ",".join(cells))
)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        readings = read_paste(text, now=NOW)
    except PasteError:
        return
    for reading in readings.values():
        assert reading.used >= 0
        assert reading.refresh_at is None or NOW < reading.refresh_at <= NOW + timedelta(days=8)
