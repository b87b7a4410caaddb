import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.picture import Certainty, Picture, Row
from tests.pictures.samples import cell, picture, row

CERTAINTIES: tuple[Certainty, ...] = ("exact", "at_least", "advertised")
CELLS = st.builds(cell, st.none() | st.integers(0, 5), st.sampled_from(CERTAINTIES))


def test_the_best_is_marked_and_equals_share_the_mark() -> None:
    assert row(1, 3, 2).best == {1}
    assert row(3, 1, 3).best == {0, 2}


def test_nothing_is_best_where_nothing_known_is_worse() -> None:
    assert row(3).best == frozenset()
    assert row(3, None).best == frozenset()
    assert row(3, 3).best == frozenset()
    assert row(None, None).best == frozenset()


def test_zero_is_known_and_is_worse() -> None:
    assert row(0, 3).best == {1}


def test_what_is_only_advertised_is_never_best_and_keeps_less_from_being_it() -> None:
    more = Row(label="", cells=(cell(96, "advertised"), cell(13)))
    less = Row(label="", cells=(cell(8, "advertised"), cell(13)))
    assert more.best == frozenset()
    assert less.best == {1}


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_a_marked_cell_is_certain_and_reached_by_no_unmarked_one(cells: list[object]) -> None:
    judged = Row(label="", cells=tuple(cells))  # pyright: ignore[reportArgumentType]  # see CELLS
    values = [each.value for each in judged.cells if each.value is not None]
    for place in judged.best:
        best = judged.cells[place]
        assert best.certainty != "advertised"
        assert best.value == max(values) == judged.longest
        assert min(values) < max(values)


def test_a_picture_has_a_cell_for_each_offer_and_at_most_five_offers() -> None:
    whole = picture(1, 2)
    with pytest.raises(ValueError, match="1 cells, 2 offers"):
        Picture(heads=whole.heads, rows=(row(1),), notes=())
    with pytest.raises(ValueError, match="1 to 5"):
        picture(1, 2, 3, 4, 5, 6)
    with pytest.raises(ValueError, match="1 to 5"):
        Picture(heads=(), rows=(), notes=())
