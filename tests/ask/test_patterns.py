import pytest

from bot.ask.patterns import Patterns

PATTERNS = Patterns({"next": [r"\bnext \w+day\b", "下周[一二三]"], "code": [r"\bpip\b"]})


@pytest.mark.parametrize(
    ("plain", "ideas"),
    [
        ("next monday", ["next"]),
        ("下周三重置吗", ["next"]),
        ("下周三 pip 报错", ["code", "next"]),
        ("monday", []),
    ],
)
def test_a_text_tells_what_its_patterns_mean(plain: str, ideas: list[str]) -> None:
    assert sorted(PATTERNS.ideas_of(plain)) == ideas
