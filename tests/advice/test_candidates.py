from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from bot.advice.candidates import candidates
from bot.advice.compare import DEFAULT_OFFERS, MOST_OFFERS
from bot.advice.eligible import is_worth_naming
from bot.catalog.load import load_catalog

catalog_of_the_project = cache(load_catalog)
OFFER_IDS = sorted(catalog_of_the_project().offers)


@given(st.lists(st.sampled_from(OFFER_IDS), unique=True, max_size=MOST_OFFERS))
def test_those_shown_come_first_and_no_list_is_too_long_or_names_one_twice(
    shown: list[str],
) -> None:
    found = [each.id for each in candidates(catalog_of_the_project(), shown, most=25)]
    assert found[: len(shown)] == shown
    assert len(found) == len(set(found)) == 25
    assert set(found) >= set(DEFAULT_OFFERS)


def test_beside_those_shown_and_the_default_set_all_are_open() -> None:
    catalog = catalog_of_the_project()
    others = candidates(catalog, ["floydhub"], most=25)[1:]
    assert all(is_worth_naming(each) for each in others if each.id not in DEFAULT_OFFERS)


def test_what_tells_something_in_a_table_stands_before_what_does_not() -> None:
    found = [each.id for each in candidates(catalog_of_the_project(), (), most=60)]
    # Of a grant no figure of the table is known; Modal publishes all three.
    assert found.index("modal-starter") < found.index("google-tpu-research-cloud")
