import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fit.code import LONGEST, RequestTooLongError, decode, encode

words = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_ .", min_size=2, max_size=12)
requests = st.fixed_dictionaries(
    {"model": words},
    optional={
        "method": st.sampled_from(["inference", "lora", "qlora", "full"]),
        "quant": words,
        "batch": st.integers(1, 65_536),
        "seq_len": st.integers(1, 10**7),
        "lora_r": st.integers(1, 65_536),
        "stack": words,
        "grad_checkpoint": st.booleans(),
        "tokens": st.integers(1, 10**12),
    },
)


@given(requests)
def test_a_request_survives_a_button_or_is_too_long_for_one(request: dict[str, object]) -> None:
    try:
        code = encode(request)
    except RequestTooLongError:
        return
    assert len(code) <= LONGEST
    assert decode(code) == request


def test_a_value_that_would_break_the_code_is_refused() -> None:
    with pytest.raises(RequestTooLongError):
        encode({"model": "a;b2"})


def test_what_a_button_cannot_carry_is_left_out() -> None:
    assert decode(encode({"model": "7B", "config": {"vocab_size": 1}})) == {"model": "7B"}


@pytest.mark.parametrize("code", ["", "?", "Z1", "bmany", "M7B;", "M"])
def test_a_code_of_another_version_is_none(code: str) -> None:
    assert decode(code) is None
