from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when.zones import meanings, resolve, search

SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)
WINTER = datetime(2026, 12, 1, 12, tzinfo=UTC)


def _names(query: str, now: datetime = SUMMER) -> list[str]:
    return [choice.name for choice in search(query, now=now)]


def test_nothing_typed_offers_popular_zones_of_every_continent() -> None:
    offered = _names("")
    assert len(offered) == 25
    assert offered[0] == "Asia/Shanghai"
    assert {"Asia/Kolkata", "Europe/Berlin", "America/New_York", "Africa/Lagos"} <= set(offered)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("上海", "Asia/Shanghai"),
        ("北京", "Asia/Shanghai"),
        ("东京", "Asia/Tokyo"),
        ("東京", "Asia/Tokyo"),
        ("紐約", "America/New_York"),
        ("伦敦", "Europe/London"),
        ("柏林", "Europe/Berlin"),
        ("印度", "Asia/Kolkata"),
        ("berlin", "Europe/Berlin"),
        ("new y", "America/New_York"),
        ("New_York", "America/New_York"),
        ("europe/ber", "Europe/Berlin"),
        ("india", "Asia/Kolkata"),
        ("germany", "Europe/Berlin"),
        ("mumbai", "Asia/Kolkata"),
        ("pst", "America/Los_Angeles"),
        ("jst", "Asia/Tokyo"),
        ("utc", "UTC"),
        ("buenos", "America/Argentina/Buenos_Aires"),
        ("sao", "America/Sao_Paulo"),
    ],
)
def test_likeliest_zone_comes_first(query: str, first: str) -> None:
    assert _names(query)[0] == first


@pytest.mark.parametrize("query", ["+8", "UTC+8", "utc +08:00", "GMT+8", "＋8"])
def test_offset_finds_the_zones_that_have_it_now(query: str) -> None:
    choices = search(query, now=SUMMER)
    assert choices[0].name == "Asia/Shanghai"
    assert all(choice.offset == timedelta(hours=8) for choice in choices)


def test_offset_follows_daylight_saving() -> None:
    assert "Europe/Berlin" in _names("+2", SUMMER)
    assert "Europe/Berlin" not in _names("+2", WINTER)
    assert "Asia/Kolkata" in _names("UTC+5:30")
    assert "America/New_York" in _names("-5", WINTER)


def test_choice_tells_its_offset_and_local_time() -> None:
    by_name = {choice.name: choice for choice in search("", now=SUMMER)}
    assert by_name["Asia/Kolkata"].offset_text == "UTC+5:30"
    assert by_name["America/New_York"].offset_text == "UTC-4"
    assert by_name["UTC"].offset_text == "UTC"
    assert by_name["Asia/Shanghai"].local.hour == 20


def test_only_places_and_utc_are_offered() -> None:
    offered = {name for query in ("", "est", "gmt", "us", "et", "asia") for name in _names(query)}
    assert all("/" in name or name == "UTC" for name in offered)
    assert not any(name.startswith(("Etc/", "US/")) for name in offered)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        (" asia/shanghai ", "Asia/Shanghai"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("US/Eastern", "America/New_York"),
        ("berlin", "Europe/Berlin"),
        ("上海", "Asia/Shanghai"),
        ("utc", "UTC"),
        ("cst", None),
        ("+8", None),
        ("usa", None),
        ("nowhere", None),
        ("", None),
        ("../etc/passwd", None),
        ("x" * 5000, None),
    ],
)
def test_text_names_one_zone_or_none(text: str, name: str | None) -> None:
    assert resolve(text) == name


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("EST", ("America/New_York", "America/Panama")),
        ("mst", ("America/Denver", "America/Phoenix")),
    ],
)
def test_a_short_form_of_several_zones_is_none_of_them(text: str, meant: tuple[str, ...]) -> None:
    assert resolve(text) is None
    assert meanings(text) == meant
    assert [each.name for each in search(text, now=WINTER)[:2]] == list(meant)


@given(st.text(max_size=60))
def test_any_query_gives_at_most_the_limit_and_every_choice_resolves(query: str) -> None:
    choices = search(query, now=WINTER, limit=25)
    assert len(choices) <= 25
    assert all(resolve(choice.name) == choice.name for choice in choices)
    assert all(ZoneInfo(choice.name).key == choice.name for choice in choices)
