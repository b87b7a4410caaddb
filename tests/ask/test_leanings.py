from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ask.leanings import Leanings, LeaningsError
from tests.ask.counted import tables

ASKED = (
    (("please", "add", "a", "button"), "out_of_scope"),
    (("please", "add", "a", "switch"), "out_of_scope"),
    (("how", "long", "is", "a", "session"), "fact"),
    (("how", "long", "is", "it"), "fact"),
    (("how", "much", "is", "it"), "fact"),
)
KINDS = ("fact", "out_of_scope")
tokens = st.lists(
    st.sampled_from(["please", "add", "a", "how", "long", "is", "it", "显", "存", "?"]),
    max_size=30,
)


@pytest.fixture
def leanings() -> Leanings:
    return Leanings.counted(ASKED, kinds=KINDS)


def test_the_tables_are_what_the_questions_come_to() -> None:
    """Where this fails, `python -m tests.ask.counted` writes the tables anew."""
    for path, counted in tables().items():
        assert path.read_text(encoding="utf-8") == counted.written()


def test_words_lean_to_where_they_were_seen(leanings: Leanings) -> None:
    weights = leanings.weigh(("please", "add", "it"))
    assert weights["out_of_scope"] > 0 > weights["fact"]


def test_what_was_seen_once_says_nothing(leanings: Leanings) -> None:
    assert leanings.weigh(("much", "button")) == leanings.weigh(())


def test_without_a_known_word_the_kind_that_is_asked_most_leads(leanings: Leanings) -> None:
    weights = leanings.weigh(())
    assert weights["fact"] > 0 > weights["out_of_scope"]


def test_more_words_of_one_kind_lean_further_but_less_than_each_alone(leanings: Leanings) -> None:
    one = leanings.weigh(("long",))["fact"]
    two = leanings.weigh(("long", "how"))["fact"]
    assert 0 < one < two < 2 * max(one, leanings.weigh(("how",))["fact"])


@given(tokens)
def test_what_speaks_for_one_kind_speaks_against_the_others(words: Sequence[str]) -> None:
    weights = Leanings.counted(ASKED, kinds=KINDS).weigh(words)
    assert sum(weights.values()) == pytest.approx(0, abs=1e-9)


@given(st.lists(st.tuples(tokens, st.sampled_from(KINDS)), max_size=10), tokens)
def test_a_table_that_was_written_weighs_the_same(
    asked: Sequence[tuple[Sequence[str], str]], words: Sequence[str]
) -> None:
    leanings = Leanings.counted(asked, kinds=KINDS)
    assert Leanings.parse(leanings.written()).weigh(words) == leanings.weigh(words)


@pytest.mark.parametrize("table", ["", "words\tfact\n", "phrase\n", "phrase\tfact\nhow\t2\n"])
def test_what_is_no_table_of_counts_is_refused(table: str) -> None:
    with pytest.raises(LeaningsError):
        Leanings.parse(table)
