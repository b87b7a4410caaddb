from datetime import UTC, date, datetime

from bot.catalog.catalog import Catalog
from bot.catalog.facts import Fact, Source
from bot.catalog.freshness import figures, is_stale, oldest_date, undated
from tests.catalog.folder import CatalogFolder

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def source(as_of: str) -> Source:
    return Source(text="somebody", as_of=as_of)


def test_a_source_is_stale_after_half_a_year_and_without_a_date() -> None:
    assert not is_stale(source("2026-09"), NOW)
    assert not is_stale(source("2018-2026"), NOW)
    assert is_stale(source("2026-05-26"), NOW)
    assert is_stale(source("unknown"), NOW)


def test_a_fact_is_as_fresh_as_the_source_that_confirmed_it_last() -> None:
    assert not is_stale(Fact[float](value=1, sources=(source("2019"), source("2026-10"))), NOW)
    assert is_stale(Fact[float](value=1, sources=(source("2019"), source("unknown"))), NOW)
    assert is_stale(Fact[float](value=1), NOW)


def test_the_oldest_date_is_that_of_the_figure_confirmed_longest_ago(
    folder: CatalogFolder,
) -> None:
    folder.replace('as_of = "unknown"', 'as_of = "2026-03"')
    folder.replace('"notebook", sources = ["docs"]', '"notebook", sources = ["blog"]')
    offer = folder.load().offer("acme-free")
    assert oldest_date(offer) == date(2026, 3, 31)
    assert oldest_date(offer, {"session.limit_hours"}) == date(2026, 9, 24)
    assert oldest_date(offer, set()) is None


def test_history_and_the_other_side_of_a_conflict_do_not_age_an_offer(
    folder: CatalogFolder,
) -> None:
    # The blog is cited beside the docs for the card, and alone in the conflict.
    offer = folder.load().offer("acme-free")
    assert oldest_date(offer) == date(2026, 9, 24)
    assert undated(offer) == ()


def test_figures_without_any_date_are_named(catalog: Catalog) -> None:
    colab = catalog.offer("google-colab-free")
    assert {each.field for each in undated(colab)} >= {"host.ram_gb", "storage.ephemeral_gb"}


def test_what_is_unknown_is_no_figure_although_sources_were_read(catalog: Catalog) -> None:
    colab = catalog.offer("google-colab-free")
    assert colab.session.idle_minutes.sources
    assert "session.idle_minutes" not in {each.field for each in figures(colab)}


def test_gpus_rules_credits_and_notes_are_figures_too(catalog: Catalog) -> None:
    fields = [each.field for each in figures(catalog.offer("modal-starter"))]
    assert {"quota.rule", "credits", "upgrade", "access.notes"} <= set(fields)
    assert fields.count("gpus") == fields.count("credits.rates") == 9
