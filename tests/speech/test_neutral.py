import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.speech.neutral import neutral

HOSTILE = st.text(
    st.sampled_from("@everyonher<>#&!:/t1.[]()*_~|`\\-+ \n\u200b\u202e\u200daé字https")
)
TYPED = st.text() | HOSTILE
# A character behind an odd number of backslashes has no meaning of its own.
UNESCAPED = r"(?<!\\)(?:\\\\)*"
ADDRESS = re.compile(r"https?://\S+")


def bare(text: str, sign: str) -> bool:
    """Whether a sign stands in the text with its meaning."""
    return re.search(UNESCAPED + re.escape(sign), text) is not None


@given(TYPED)
@example("@everyone @here")
@example("<@1> <@&2> <#3> </about:4> <t:5:R> <:a:6>")
@example("[free](https://evil.example)")
@example("\\[free](https://evil.example)")
@example("https://[x](https://evil.example)")
def test_nothing_typed_mentions_anybody_or_hides_an_address(typed: str) -> None:
    text = neutral(typed, most=500)
    assert "@everyone" not in text
    assert "@here" not in text
    for sign in "<>[]*~|`":
        assert not bare(text, sign)
    # In an address an underscore has no meaning.
    assert not bare(ADDRESS.sub("", text), "_")


@given(TYPED)
def test_whatever_was_typed_is_one_line_of_what_can_be_seen(typed: str) -> None:
    text = neutral(typed, most=500)
    assert len(text.splitlines()) <= 1
    assert text == text.strip()
    hidden = {unicodedata.category(char) for char in text.replace("@\u200b", "")} & {
        "Cc",
        "Co",
        "Cs",
    }
    assert hidden == set()
    assert not set(text.replace("@\u200b", "")) & set(
        "\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff"
    )


@given(TYPED, st.integers(1, 600))
def test_the_length_is_bounded_and_escaping_at_most_doubles_it(typed: str, most: int) -> None:
    assert len(neutral(typed, most=most)) <= 2 * most


@given(st.text(st.sampled_from("abc 字é,?!"), max_size=100))
def test_plain_words_stay_as_they_are(typed: str) -> None:
    assert neutral(typed, most=500) == " ".join(typed.split())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# big", "\\# big"),
        ("-# small", "\\-# small"),
        ("- item", "\\- item"),
        ("1. first", "1\\. first"),  # a digit can't be escaped: the backslash would be shown
        ("12. first", "12\\. first"),
        ("a\nb\u2028c\td", "a b c d"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("https://colab.example/drive/1_a_b?x=1", "https://colab.example/drive/1_a_b?x=1"),
        ("see https://x.example/a_b and *c*", "see https://x.example/a_b and \\*c\\*"),
        ("[a](https://x.example/a_b)", "\\[a\\](https://x.example/a_b)"),
        ("\u202e\u200b", ""),
    ],
)
def test_what_is_shown(typed: str, shown: str) -> None:
    assert neutral(typed, most=500) == shown


def test_what_is_cut_off_is_marked() -> None:
    assert neutral("abcdef", most=5) == "abcd…"
    assert neutral("abc  def", most=5) == "abc…"
    assert neutral("abcde", most=5) == "abcde"
