from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.dates import is_old, latest_day

DAYS = st.dates(min_value=date(1000, 1, 1))


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2026-09-24", date(2026, 9, 24)),
        ("2026-09", date(2026, 9, 30)),
        ("2024-02", date(2024, 2, 29)),
        ("2026", date(2026, 12, 31)),
        ("2026-01-29..2026-05-13", date(2026, 5, 13)),
        ("2018-2026", date(2026, 12, 31)),
        ("2025-04..2025-11", date(2025, 11, 30)),
        ("2019 (re-cited 2026-09-22)", date(2019, 12, 31)),
        ("unknown", None),
        ("unknown (before Sep 2026)", None),
        ("2026-13", None),
        ("2026-02-30", None),
        ("0000", None),
        ("2026-01-29..", None),
        ("1..2..3", None),
        ("", None),
    ],
)
def test_a_date_means_its_last_day(as_of: str, day: date | None) -> None:
    assert latest_day(as_of) == day


@given(st.text())
def test_no_text_is_too_odd_to_be_read(as_of: str) -> None:
    assert latest_day(as_of) is None or isinstance(latest_day(as_of), date)


@given(st.from_regex(r"[0-9]{1,4}(-[0-9]{1,4}){0,3}(\.\.[0-9-]{0,10})?", fullmatch=True))
def test_no_figures_are_too_odd_to_be_read(as_of: str) -> None:
    assert latest_day(as_of) is None or isinstance(latest_day(as_of), date)


@given(DAYS, DAYS)
def test_a_range_counts_as_its_later_end(one: date, other: date) -> None:
    assert latest_day(f"{one.isoformat()}..{other.isoformat()}") == max(one, other)


@given(DAYS)
def test_a_month_and_a_year_are_never_older_than_a_day_in_them(day: date) -> None:
    text = day.isoformat()
    month, year = latest_day(text[:7]), latest_day(text[:4])
    assert month is not None
    assert year is not None
    assert day <= month <= year


def test_a_day_is_old_after_half_a_year_and_an_unknown_one_always() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert not is_old(now.date() - timedelta(days=180), now)
    assert is_old(now.date() - timedelta(days=181), now)
    assert is_old(None, now)
