import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.catalog import Catalog
from bot.catalog.fields import (
    careful_value,
    conflict_for,
    field_names,
    part_at,
    value_at,
)
from tests.catalog.folder import CatalogFolder


def test_the_shorter_idle_time_is_used_and_the_other_is_shown(catalog: Catalog) -> None:
    found = conflict_for(catalog.offer("kaggle-notebooks-gpu"), "session.idle_minutes")
    assert found is not None
    assert found.used == 20
    [other] = found.others
    assert other.value == 60
    assert other.source.url == "https://www.kaggle.com/docs/efficient-gpu-usage"


def test_the_shorter_session_is_used_and_the_other_is_shown(catalog: Catalog) -> None:
    found = conflict_for(catalog.offer("paperspace-gradient-free"), "session.limit_hours")
    assert found is not None
    assert (found.used, [other.value for other in found.others]) == (6, [12])


def test_a_card_is_asked_for_where_one_source_says_so(catalog: Catalog) -> None:
    found = conflict_for(catalog.offer("modal-starter"), "access.card")
    assert found is not None
    assert (found.used, [other.value for other in found.others]) == (True, [False])


def test_hearsay_against_not_published_leaves_it_unknown(catalog: Catalog) -> None:
    found = conflict_for(catalog.offer("google-colab-free"), "session.idle_minutes")
    assert found is not None
    unknown: object = None
    assert found.used == unknown
    assert [str(other.value) for other in found.others] == ["90.0", "not published"]


def test_there_is_no_conflict_where_sources_agree(catalog: Catalog) -> None:
    assert conflict_for(catalog.offer("kaggle-notebooks-gpu"), "session.limit_hours") is None


def test_a_conflict_about_a_part_of_a_field_is_not_one_on_the_field(catalog: Catalog) -> None:
    offer = catalog.offer("kaggle-notebooks-gpu")
    assert any(conflict.field == "gpus" for conflict in offer.conflicts)
    assert conflict_for(offer, "gpus") is None


@given(st.lists(st.floats(min_value=0, allow_nan=False), min_size=1))
def test_of_a_limit_the_least_is_careful_and_of_a_demand_the_most(values: list[float]) -> None:
    assert careful_value("session.limit_hours", values) == min(values)
    assert careful_value("access.approval_days", values) == max(values)


@given(st.lists(st.booleans(), min_size=1))
def test_what_one_source_asks_for_is_asked_for_and_what_one_denies_is_denied(
    values: list[bool],
) -> None:
    assert careful_value("access.card", values) is any(values)
    assert careful_value("session.background", values) is all(values)


def test_words_and_fields_without_an_order_have_no_careful_value() -> None:
    assert careful_value("session.limit_hours", [6, "not published"]) is None
    assert careful_value("gpus", [1, 2]) is None
    assert careful_value("session.limit_hours", []) is None


def test_a_field_is_read_by_its_dotted_name(folder: CatalogFolder) -> None:
    offer = folder.load().offer("acme-free")
    assert value_at(offer, "session.limit_hours") == 12
    assert value_at(offer, "storage.persistent_gb") is None
    assert value_at(offer, "upgrade.starting_price") is None
    assert part_at(offer, "quota.rule") is offer.quota.rule
    with pytest.raises(KeyError):
        value_at(offer, "session.limit")


def test_every_named_field_can_be_read_of_every_offer(catalog: Catalog) -> None:
    for offer in catalog.offers.values():
        for field in field_names():
            part_at(offer, field)
