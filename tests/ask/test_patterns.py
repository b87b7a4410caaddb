import pytest

from bot.ask.patterns import Patterns
from bot.ask.text import tokens_of

PATTERNS = Patterns(
    {
        "next": [r"\bnext \w+day\b", "下周[一二三]"],
        "code": [r"\bpip\b"],
        "send": [r"\b(?:give|send to) (?:me|us)\b"],
        "either": [r"\bnever (?:a|b)\b|ever c"],
        "joined": [r"\bhot ?fix\b"],
    }
)


@pytest.mark.parametrize(
    ("plain", "ideas"),
    [
        ("next monday", ["next"]),
        ("下周三重置吗", ["next"]),
        ("下周三 pip 报错", ["code", "next"]),
        ("monday", []),
        ("send to us", ["send"]),
        ("please give me", ["send"]),
        ("to us", []),
        ("never b", ["either"]),
        ("whenever c", ["either"]),
        ("a hotfix", ["joined"]),
    ],
)
def test_a_text_tells_what_its_patterns_mean(plain: str, ideas: list[str]) -> None:
    assert sorted(PATTERNS.ideas_of(plain, tokens_of(plain))) == ideas
