"""What a friendly word is: thanks, a laugh, a goodbye, or a greeting."""

import re
from enum import StrEnum
from typing import Final


class Courtesy(StrEnum):
    """What is said back."""

    HELLO = "hello"
    """With what can be asked: to a greeting, and to whoever asks what this is."""
    THANKS = "thanks"
    LAUGH = "laugh"
    PRAISE = "praise"
    BYE = "bye"
    FINE = "fine"


_SAID: Final = (
    (
        Courtesy.HELLO,
        (
            r"[?？]|\b(?:what|who|how|help|commands?|hi|hello|hey|hiya|howdy|yo|sup|greetings"
            r"|welcome|test(?:ing)?)\b"
            r"|你能|你会|你可以|你是|什么|怎么|帮助|功能|干嘛|你好|您好|在吗|哈喽|哈啰|嗨|测试"
        ),
    ),
    (
        Courtesy.THANKS,
        r"\b(?:thanks|thank you|thankyou|thx|ty|tysm|cheers|appreciated?)\b|谢|感激|辛苦",
    ),
    (Courtesy.BYE, r"\b(?:bye|good ?night|see you|cya)\b|再见|晚安|拜拜"),
    (Courtesy.LAUGH, r"\b(?:lol|lmao|lmfao|rofl|(?:ha){2,}h?|xd)\b|哈哈|笑死|嘿嘿"),
    (
        Courtesy.PRAISE,
        (
            r"\b(?:great|awesome|nice|cool|good (?:job|bot|one)|well done|amazing)\b"
            r"|厉害|大佬|真棒|不错|牛"
        ),
    ),
    (
        Courtesy.FINE,
        (
            r"\b(?:ok|okay|never mind|nevermind|ignore|no questions|got it|bump|ping|bad bot)\b"
            r"|好的|打扰"
        ),
    ),
)
_EACH: Final = tuple((courtesy, re.compile(pattern)) for courtesy, pattern in _SAID)


def courtesy_of(text: str) -> Courtesy:
    """Return what a friendly text is; a greeting where it says nothing. `text`: normalised."""
    return next((each for each, pattern in _EACH if pattern.search(text)), Courtesy.HELLO)
