"""Instants for property tests."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st


def instants_between(first: int, last: int) -> st.SearchStrategy[datetime]:
    """Any instant, to the microsecond, from the start of one year until that of another."""
    start, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC)
    return st.timedeltas(min_value=timedelta(), max_value=end - start).map(lambda by: start + by)
