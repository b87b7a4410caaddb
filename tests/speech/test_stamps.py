from datetime import UTC, datetime, timedelta, timezone

from bot.speech import stamps

INSTANT = datetime(2026, 11, 23, 5, 0, 0, 900_000, tzinfo=UTC)


def test_each_style_carries_whole_seconds_of_unix_time() -> None:
    assert stamps.full(INSTANT) == "<t:1795410000:F>"
    assert stamps.short(INSTANT) == "<t:1795410000:f>"
    assert stamps.clock(INSTANT) == "<t:1795410000:t>"
    assert stamps.relative(INSTANT) == "<t:1795410000:R>"


def test_the_zone_of_the_datetime_makes_no_difference() -> None:
    there = INSTANT.astimezone(timezone(timedelta(hours=8)))
    assert stamps.full(there) == stamps.full(INSTANT)
