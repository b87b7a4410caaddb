import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speech.figures import gib, plain


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (12, "12"),
        (12.0, "12"),
        (12.7, "12.7"),
        (0.5, "0.5"),
        (0.25, "0.25"),
        (0.333333, "0.33"),
        (100.0, "100"),
        (1000, "1000"),
        (1e7, "10000000"),
        (0, "0"),
        (19.999, "20"),
    ],
)
def test_numbers_are_said_in_their_shortest_plain_form(number: float, said: str) -> None:
    assert plain(number) == said


@given(st.floats(min_value=0, max_value=1e9))
def test_a_plain_number_is_near_what_it_stands_for(number: float) -> None:
    said = plain(number)
    assert "e" not in said
    assert not said.endswith((".", ".0"))
    assert abs(float(said) - number) <= 0.005 + 1e-6


@pytest.mark.parametrize(
    ("mib", "said"), [(15_360, "15"), (15_359, "14.9"), (14_000, "13.6"), (512, "0.5"), (0, "0")]
)
def test_memory_is_rounded_down(mib: float, said: str) -> None:
    assert gib(mib) == said


@given(st.floats(min_value=0, max_value=1e6))
def test_no_one_is_promised_memory(mib: float) -> None:
    assert float(gib(mib)) * 1024 <= mib + 1e-6
