from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects import sqlite

from bot.store.store import Store
from bot.store.tables import workers
from bot.store.types import UtcMillis

DIALECT = sqlite.dialect()


@given(st.datetimes(timezones=st.timezones()))
def test_an_instant_comes_back_in_utc_to_the_millisecond(instant: datetime) -> None:
    kept = UtcMillis().process_bind_param(instant, DIALECT)
    try:
        back = UtcMillis().result_processor(DIALECT, None)(kept)
    except OverflowError:
        # The first and last hours of the calendar don't exist in every zone.
        return
    assert back is not None
    assert back.tzinfo is UTC
    assert timedelta() <= instant - back < timedelta(milliseconds=1)


def test_a_naive_datetime_is_refused() -> None:
    naive = datetime(2026, 3, 2, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        UtcMillis().process_bind_param(naive, DIALECT)


async def test_both_databases_keep_the_same_instant(store: Store) -> None:
    instant = datetime(2026, 3, 2, 8, 30, 0, 123000, tzinfo=timezone(timedelta(hours=8)))

    def work(connection: Connection) -> datetime:
        connection.execute(insert(workers).values(worker="w", last_seen=instant))
        seen: datetime = connection.execute(select(workers.c.last_seen)).scalar_one()
        return seen

    seen = await store.write(work)
    assert seen == instant
    assert seen.tzinfo is UTC
