from hypothesis import given
from hypothesis import strategies as st

from cogs.views.table import WIDEST, Column, cut, table, width

CELL = st.text(st.sampled_from("abc 12.5字，…"), max_size=12)
SIGN = st.sampled_from(("", "*", "!", "*!~"))
LINE = st.tuples(CELL, CELL, SIGN)


def column(head: str, *figures: str, signs: tuple[str, ...] = ()) -> Column:
    return Column(head, figures, signs or ("",) * len(figures))


def drawn(names: list[str], *columns: Column) -> list[str]:
    return table("Offer", names, columns).split("\n")[1:-1]


def test_columns_line_up_and_figures_stand_to_the_right() -> None:
    assert drawn(["Colab", "molab"], column("GiB", "15", "≤96")) == [
        "Offer GiB", "Colab  15", "molab ≤96",
    ]  # fmt: skip


def test_digits_stand_below_digits_whatever_signs_follow_them() -> None:
    memory = column("GiB", "13.6", "96", "8", signs=("!", "*!", ""))
    session = column("Max", "12", "6", "?", signs=("*", "!", ""))
    assert drawn(["Kaggle", "molab", "old"], memory, session) == [
        "Offer   GiB  Max",
        "Kaggle 13.6! 12*",
        "molab    96*! 6!",
        "old       8   ?",
    ]


def test_chinese_takes_two_columns() -> None:
    assert width("方案 A") == 6
    lines = drawn(["Kaggle GPU"], column("最长", "12h"))
    assert [width(line) for line in lines] == [15, 15]


@given(st.lists(LINE, min_size=1, max_size=5))
def test_no_line_is_wider_than_a_phone_shows(rows: list[tuple[str, str, str]]) -> None:
    names, figures, signs = zip(*rows, strict=True)
    lines = table("Offer", names, [Column("x", figures, signs)]).split("\n")
    assert all(width(line) <= WIDEST for line in lines)
    assert len(lines) == len(rows) + 3


@given(st.lists(LINE, min_size=1, max_size=5))
def test_two_figures_of_a_line_never_touch(rows: list[tuple[str, str, str]]) -> None:
    count = len(rows)
    left = Column("x", ["1"] * count, [sign for _, _, sign in rows])
    right = Column("y", ["2" * (1 + len(name) % 3) for name, _, _ in rows], [""] * count)
    for (_, _, sign), figure, line in zip(
        rows, right.figures, drawn(["n"] * count, left, right)[1:], strict=True
    ):
        assert line.split() == ["n", f"1{sign}", figure]


def test_a_name_too_long_is_cut_and_a_figure_never() -> None:
    text = table("Offer", ["n" * 60], [column("x", "123456789", signs=("!",))])
    assert "…" in text
    assert "123456789!" in text


@given(CELL, st.integers(1, 20))
def test_what_is_cut_keeps_within_its_columns(text: str, columns: int) -> None:
    assert width(cut(text, columns)) <= columns
