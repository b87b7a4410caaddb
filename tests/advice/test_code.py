from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.code import LONGEST, RequestTooLongError, decode, encode
from bot.advice.query import Aim, Query
from bot.catalog.offer import Kind, Tool

AMOUNTS = st.none() | st.integers(1, 1000).map(float)
FLAGS = st.booleans()
QUERIES = st.builds(
    Query,
    accelerator=st.sampled_from(["gpu", "tpu", "any"]),
    gpus=st.lists(st.sampled_from(["T4", "A100 80GB", "L40S"]), max_size=2, unique=True).map(tuple),
    min_vram_gib=AMOUNTS,
    max_vram_gib=AMOUNTS,
    min_gpus=st.none() | st.integers(1, 8),
    min_session_hours=AMOUNTS,
    min_idle_minutes=AMOUNTS,
    min_hours_per_week=AMOUNTS,
    min_persistent_gb=AMOUNTS,
    bf16=FLAGS,
    background=FLAGS,
    internet=FLAGS,
    commercial_use=FLAGS,
    card=FLAGS,
    phone=FLAGS,
    id_check=FLAGS,
    application=FLAGS,
    tools=st.lists(st.sampled_from(get_args(Tool)), max_size=2, unique=True).map(tuple),
    kinds=st.lists(st.sampled_from(get_args(Kind)), max_size=2, unique=True).map(tuple),
    region=st.none() | st.sampled_from(["CN", "DE"]),
    optimise=st.sampled_from(Aim),
)


@given(QUERIES)
def test_a_request_comes_back_as_it_was(query: Query) -> None:
    try:
        text = encode(query)
    except RequestTooLongError:
        return
    assert decode(text) == query
    assert len(text) <= LONGEST


def test_what_asks_for_nothing_is_empty() -> None:
    assert encode(Query()) == ""
    assert decode("") == Query()


def test_a_usual_request_is_short() -> None:
    query = Query(min_vram_gib=14, min_session_hours=6, card=False, optimise=Aim.SESSION)
    assert encode(query) == "v14;s6;c0;ol"


def test_more_wishes_than_a_button_holds_are_refused() -> None:
    with pytest.raises(RequestTooLongError):
        encode(Query(gpus=("A100 80GB SXM", "RTX PRO 6000 Blackwell", "H100 80GB PCIe") * 2))


@given(st.text(max_size=100))
def test_any_text_is_a_request_or_none(text: str) -> None:
    found = decode(text)
    assert found is None or isinstance(found, Query)


@pytest.mark.parametrize("text", ["z1", "v", "vx", "c2", "T99", "ozz", "v-1", "vnan", ";;v1;!"])
def test_a_broken_button_is_none(text: str) -> None:
    assert decode(text) is None
