from datetime import UTC, date, datetime, timedelta

from bot.catalog.catalog import Catalog
from bot.catalog.stale import stale_figures

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_what_has_no_date_comes_first_then_the_oldest(catalog: Catalog) -> None:
    found = stale_figures(catalog, now=NOW)
    dates = [each.confirmed or date.min for each in found]
    assert dates == sorted(dates)
    assert {each.field for each in found if each.offer_id == "google-colab-free"} >= {"host.ram_gb"}


def test_only_what_is_older_than_180_days_is_named(catalog: Catalog) -> None:
    for each in stale_figures(catalog, now=NOW):
        assert each.confirmed is None or NOW.date() - each.confirmed > timedelta(days=180)


def test_what_is_gone_for_good_needs_no_second_look(catalog: Catalog) -> None:
    late = stale_figures(catalog, now=NOW + timedelta(days=4000))
    assert all(catalog.offers[each.offer_id].status.value != "discontinued" for each in late)
    assert len({each.offer_id for each in late}) > 50
