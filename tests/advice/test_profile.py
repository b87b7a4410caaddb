import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.code import RequestTooLongError, decode, encode
from bot.advice.profile import Profile, asks, without
from bot.advice.query import HAVES, Aim, Query
from tests.advice.queries import some_fields

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=4,
)


def saved(**fields: object) -> Profile:
    return Profile(Query.model_validate(fields))


@given(some_fields(), some_fields())
def test_what_is_given_beats_what_is_saved_and_that_the_defaults(
    kept: dict[str, object], given: dict[str, object]
) -> None:
    query = Profile(Query.model_validate(kept)).under(given)
    default = Query()
    for name in Query.model_fields:
        expected = given.get(name, kept.get(name, getattr(default, name)))
        assert getattr(query, name) == expected, name
    assert query.model_fields_set == kept.keys() | given.keys()


@given(some_fields())
def test_any_request_comes_back_from_the_store(fields: dict[str, object]) -> None:
    profile = Profile(Query.model_validate(fields))
    stored = json.loads(json.dumps(profile.stored))
    found = Profile.read(stored)
    assert found == profile
    assert found.query.model_fields_set == profile.query.model_fields_set
    assert (stored is None) is (not fields)


@given(st.dictionaries(st.sampled_from([*Query.model_fields, "later"]), JSON), JSON)
def test_whatever_is_stored_can_be_read_and_what_is_not_is_counted(
    stored: dict[str, object], other: object
) -> None:
    found = Profile.read(stored)
    assert len(found.query.model_fields_set) + found.left_out == len(stored)
    assert isinstance(Profile.read(other).query, Query)


def test_a_value_of_another_version_leaves_the_others_in_place() -> None:
    stored = {"card": False, "optimise": "beauty", "min_vram_gib": -3, "nvlink": True}
    found = Profile.read(stored)
    assert found == Profile(Query(card=False), left_out=3)


@given(some_fields(), some_fields())
def test_saving_a_request_gives_the_same_request_again(
    before: dict[str, object], fields: dict[str, object]
) -> None:
    query = Query.model_validate(fields)
    after = Profile(Query.model_validate(before)).replaced_by(query)
    assert after.under({}) == query
    assert not after.part_in(query).savable


@given(some_fields(), some_fields())
def test_left_aside_a_profile_leaves_what_was_given(
    kept: dict[str, object], given: dict[str, object]
) -> None:
    profile = Profile(Query.model_validate(kept))
    query = profile.under(given)
    usual = profile.part_in(query)
    bare = without(query, usual.wishes)
    assert usual.wishes == tuple(
        name
        for name in Query.model_fields
        if name in kept and asks(query, name) and getattr(query, name) == kept[name]
    )
    for name in Query.model_fields:
        if name in given and given[name] != kept.get(name):
            assert getattr(bare, name) == given[name], name
        elif name not in given:
            assert not asks(bare, name), name


@given(some_fields())
def test_a_profile_survives_a_button(fields: dict[str, object]) -> None:
    profile = Profile().changed(fields)
    try:
        code = encode(profile.query, spoken_of=profile.query.model_fields_set)
    except RequestTooLongError:
        return
    found = decode(code)
    assert found == profile.query
    assert found is not None
    assert found.model_fields_set >= profile.query.model_fields_set & set(HAVES)


def test_a_wish_is_taken_off_by_asking_for_nothing() -> None:
    profile = saved(min_vram_gib=13, card=False, optimise=Aim.MEMORY)
    assert profile.changed({"min_vram_gib": None}) == saved(card=False, optimise=Aim.MEMORY)
    assert profile.changed({"optimise": Aim.WORK}).stored == {"min_vram_gib": 13, "card": False}


def test_to_have_something_is_remembered_though_it_asks_for_nothing() -> None:
    profile = Profile().changed({"phone": True, "card": False})
    assert profile.stored == {"phone": True, "card": False}
    assert profile.part_in(profile.query).wishes == ("card",)
    assert profile.part_in(profile.query, spoken=True).wishes == ("card", "phone")
    newcomer = profile.under({}).empty_handed()
    assert (newcomer.phone, newcomer.card, newcomer.waitlist) == (True, False, False)


def test_a_yes_given_once_can_be_made_usual_over_a_no() -> None:
    profile = saved(card=False, min_vram_gib=13)
    query = profile.under({"card": True})
    assert query.card
    usual = profile.part_in(query)
    assert usual.wishes == ("min_vram_gib",)
    assert usual.savable
    assert profile.replaced_by(query).stored == {"card": True, "min_vram_gib": 13}


@pytest.mark.parametrize("query", [Query(), Query(card=True)])
def test_what_asks_for_nothing_is_nothing_to_save(query: Query) -> None:
    assert not Profile().part_in(query).savable
