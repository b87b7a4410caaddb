import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when.numbers import chinese

_DIGITS = "零一二三四五六七八九"


def _written(value: int) -> str:
    text, gap = "", False
    for order, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, order)
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


@given(st.integers(1, 9999))
def test_numeral_reads_as_its_value(value: int) -> None:
    assert chinese(_written(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("零", 0), ("两", 2), ("两百", 200), ("二零二六", 2026), ("二〇二六", 2026), ("零五", 5)],
)
def test_other_forms_are_read(text: str, value: int) -> None:
    assert chinese(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "一百二",
        "两三",
        "五六",
        "三五",
        "十十",
        "百",
        "二百三百",
        "千一",
        "十两",
        "一百零两",
        "十零",
        "零两",
    ],
)
def test_uncertain_or_broken_numerals_have_no_value(text: str) -> None:
    assert chinese(text) is None
