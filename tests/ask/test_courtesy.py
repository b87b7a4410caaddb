import pytest

from bot.ask.courtesy import Courtesy, courtesy_of


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [
        ("thanks", Courtesy.THANKS),
        ("thank you so much", Courtesy.THANKS),
        ("谢谢", Courtesy.THANKS),
        ("lol", Courtesy.LAUGH),
        ("哈哈", Courtesy.LAUGH),
        ("good bot", Courtesy.PRAISE),
        ("厉害", Courtesy.PRAISE),
        ("good night", Courtesy.BYE),
        ("再见", Courtesy.BYE),
        ("ok", Courtesy.FINE),
        ("never mind", Courtesy.FINE),
        ("hello", Courtesy.HELLO),
        ("thanks, what else can you do?", Courtesy.HELLO),
        ("你能做什么", Courtesy.HELLO),
        ("", Courtesy.HELLO),
    ],
)
def test_a_kind_word_is_answered_in_kind(text: str, courtesy: Courtesy) -> None:
    assert courtesy_of(text) is courtesy
