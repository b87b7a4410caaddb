from hypothesis import given
from hypothesis import strategies as st

from cogs.views.layout import fitting

MARK = "-# cut"


@given(st.lists(st.text(st.sampled_from("ab"), max_size=30), max_size=30), st.integers(10, 200))
def test_lines_fit_and_what_is_left_out_is_said(lines: list[str], most: int) -> None:
    text = fitting(lines, most=most, cut_short=MARK)
    assert len(text) <= most
    if text.endswith(MARK):
        kept = text.removesuffix(MARK).removesuffix("\n")
        assert "\n".join(lines).startswith(kept)
        assert len("\n".join(lines)) + 1 > most - len(MARK) - 1
    else:
        assert text == "\n".join(lines)


def test_all_lines_stay_where_there_is_room() -> None:
    assert fitting(["a", "b"], most=100, cut_short=MARK) == "a\nb"
    assert fitting([], most=100, cut_short=MARK) == ""
