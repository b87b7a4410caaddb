from hypothesis import given
from hypothesis import strategies as st

from cogs.views.table import WIDEST, cut, table, width

CELL = st.text(st.sampled_from("abc 12.5字，…"), max_size=12)


def test_columns_line_up_and_figures_stand_to_the_right() -> None:
    assert table(["Offer", "GiB"], [["Colab", "15"], ["molab", "≤96"]]).split("\n") == [
        "```", "Offer GiB", "Colab  15", "molab ≤96", "```",
    ]  # fmt: skip


def test_chinese_takes_two_columns() -> None:
    assert width("方案 A") == 6
    lines = table(["方案", "最长"], [["Kaggle GPU", "12h"]]).split("\n")[1:-1]
    assert [width(line) for line in lines] == [15, 15]


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_no_line_is_wider_than_a_phone_shows(rows: list[tuple[str, str]]) -> None:
    lines = table(["Offer", "x"], rows).split("\n")
    assert all(width(line) <= WIDEST for line in lines)
    assert len(lines) == len(rows) + 3


def test_a_name_too_long_is_cut_and_a_figure_never() -> None:
    text = table(["Offer", "x"], [["n" * 60, "123456789"]])
    assert "…" in text
    assert "123456789" in text


@given(CELL, st.integers(1, 20))
def test_what_is_cut_keeps_within_its_columns(text: str, columns: int) -> None:
    assert width(cut(text, columns)) <= columns
