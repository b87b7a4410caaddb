import pytest

from bot.ask.phrases import Phrases, Trie
from bot.ask.text import MOST_TOKENS, normalise, tokens_of


def tokens(text: str) -> tuple[str, ...]:
    return tokens_of(normalise(text))


def test_the_longest_phrase_wins_and_phrases_do_not_overlap() -> None:
    phrases = Phrases({"colab": ["colab"], "pro": ["colab pro"], "plus": ["colab pro+"]})
    found = [hit.means for hit in phrases.longest(tokens("Colab Pro+ or Colab Pro, or colab"))]
    assert found == ["plus", "pro", "colab"]


def test_a_star_takes_any_end_of_a_word() -> None:
    phrases = Phrases({"off": ["disconnect*"]})
    assert [hit.means for hit in phrases.all(tokens("it disconnects, disconnected!"))] == [
        "off"
    ] * 2


def test_a_whole_word_counts_beside_the_stems_that_it_begins_with() -> None:
    phrases = Phrases({"word": ["disk"], "short": ["dis*"], "long": ["disk*"]})
    assert [hit.means for hit in phrases.all(tokens("disk"))] == ["word", "short", "long"]
    assert [hit.means for hit in phrases.all(tokens("disks"))] == ["short", "long"]


def test_books_in_one_trie_do_not_hide_each_others_phrases() -> None:
    trie = Trie()
    names = Phrases({"colab pro": ["colab pro"]}, trie=trie)
    words = Phrases({1: ["colab"], 2: ["pro", "pro quota"]}, trie=trie)
    walk = trie.walk(tokens("colab pro quota"))
    assert [(hit.start, hit.end) for hit in names.longest(walk)] == [(0, 2)]
    found = [(hit.means, hit.start, hit.end) for hit in words.longest(walk)]
    assert found == [(1, 0, 1), (2, 1, 3)]


def test_chinese_is_found_inside_a_sentence() -> None:
    phrases = Phrases({"quota": ["额度"]})
    assert [hit.start for hit in phrases.all(tokens("我的额度用完了"))] == [2]


def test_a_phrase_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="without a word"):
        Phrases({"nothing": ["\u200b"]})


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Ｋａｇｇｌｅ　Ｔ４", "kaggle t4"),
        ("can't\u200b wait", "cannot wait"),
        ("T4x2", "t4 x 2"),
        ("顯卡額度", "显卡额度"),
        ("colab's", "colab"),
        ("a\u202eb", "ab"),
    ],
)
def test_there_is_one_form_for_each_character(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


def test_a_long_text_is_cut() -> None:
    assert len(tokens("a " * 5000)) == MOST_TOKENS
