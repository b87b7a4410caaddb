from collections.abc import Callable

import pytest

from bot.ask.lexicon import Lexicon
from bot.ask.text import normalise, tokens_of

Names = Callable[[str], list[str]]


@pytest.fixture
def names(lexicon: Lexicon) -> Names:
    def found(text: str) -> list[str]:
        tokens = tokens_of(normalise(text))
        return [each.name for each in lexicon.providers.find(tokens, lexicon.trie.walk(tokens))]

    return found


@pytest.mark.parametrize(
    "text",
    [
        "gradient clipping or a lower learning rate?",
        "vanishing gradient in my RNN",
        "does gradient accumulation work on a free GPU",
        "policy gradient on a free gpu",
        "why is the gradient nan",
        "梯度 gradient 爆炸怎么办",
        "modal window in React",
        "how do I close a modal",
        "use modal dialogs for a card form",
        "a multi-modal model for free",
        "modal gives me a css error",
        "modal 弹窗怎么关",
        "is grid search faster",
        "lightning fast inference on a free gpu",
        "PyTorch Lightning or Keras for multi GPU",
        "lightning gives nan loss",
        "spaces or tabs",
        "beam search width",
        "a lambda function in python that costs nothing",
        "the vast majority of gpus",
    ],
)
def test_everyday_words_are_no_providers_in_talk_of_other_things(names: Names, text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("no free machines on Gradient", "Paperspace Gradient"),
        ("is gradient's free tier dead", "Paperspace Gradient"),
        ("gradient clipping in a Gradient notebook", "Paperspace Gradient"),
        ("gradient 还有免费机器吗", "Paperspace Gradient"),
        ("Modal credits", "Modal"),
        ("do I need a card for modal", "Modal"),
        ("modal giving $30 every month", "Modal"),
        ("薅 modal 的30刀", "Modal"),
        ("signing up for modal", "Modal"),
        ("gpu hours on lightning", "Lightning AI"),
        ("does Lambda have a free tier", "Lambda"),
        ("is intel dev cloud still a thing", "Intel"),
    ],
)
def test_everyday_words_are_providers_where_an_offer_is_spoken_of(
    names: Names, text: str, provider: str
) -> None:
    assert names(text) == [provider]


def test_what_shows_an_offer_counts_only_in_the_same_sentence(names: Names) -> None:
    assert names("where is the modal? I need a free gpu") == []
    assert names("Modal. A free gpu would be nice") == []


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("can I buy compute units with a debit card", "Google Colab"),
        ("how much fits into /kaggle/working", "Kaggle"),
        ("算力卡几点刷新", "Baidu AI Studio"),
        ("does lightning sell compute units", "Lightning AI"),
    ],
)
def test_a_word_of_one_provider_means_it_where_none_is_named(
    names: Names, text: str, provider: str
) -> None:
    assert names(text) == [provider]
