from datetime import UTC, datetime, timedelta

from bot.quotas.book import Entry, EntryId, Lockout, Source
from bot.quotas.pattern import Pattern, pattern_of

HOUR = timedelta(hours=1)
DAY = 24 * HOUR
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def used(end: datetime, hours: float) -> Entry:
    start = end - hours * HOUR
    return Entry(id=EntryId(1), offer_id="x", start=start, end=end, source=Source.LOGGED)


def test_the_middle_of_three_lockouts_is_the_pattern() -> None:
    starts = [NOW - days * DAY for days in (30, 20, 10)]
    lockouts = [
        Lockout(at, at + hours * HOUR) for at, hours in zip(starts, (12, 20, 90), strict=True)
    ]
    entries = [used(at, hours) for at, hours in zip(starts, (5, 8, 6), strict=True)]
    assert pattern_of(lockouts, entries, now=NOW) == Pattern(
        count=3, lasted=20 * HOUR, used_before=6 * HOUR
    )


def test_one_lockout_or_old_ones_are_no_pattern() -> None:
    old = Lockout(NOW - 100 * DAY, NOW - 99 * DAY)
    assert pattern_of([old, Lockout(NOW - DAY, None)], [], now=NOW) is None


def test_what_nobody_wrote_down_stays_unknown() -> None:
    lockouts = [Lockout(NOW - 9 * DAY, NOW - 8 * DAY), Lockout(NOW - DAY, None)]
    assert pattern_of(lockouts, [used(NOW - 9 * DAY, 3)], now=NOW) == Pattern(
        count=2, lasted=None, used_before=None
    )


def test_only_the_day_before_counts() -> None:
    lockouts = [Lockout(NOW - 9 * DAY, NOW - 8 * DAY), Lockout(NOW - 4 * DAY, NOW - 3 * DAY)]
    entries = [used(NOW - 9 * DAY, 30), used(NOW - 4 * DAY, 4), used(NOW - 6 * DAY, 9)]
    found = pattern_of(lockouts, entries, now=NOW)
    assert found is not None
    assert found.used_before == 14 * HOUR
