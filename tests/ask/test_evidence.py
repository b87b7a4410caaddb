import pytest

from bot.ask.evidence import EvidenceError, Rule, Scale

KNOWN = {"reset", "when", "waiting", "clock"}


def test_a_rule_counts_where_all_is_there_and_nothing_that_excludes_it() -> None:
    rule = Rule.parse("2.5: reset, when|waiting, !clock", known=KNOWN)
    assert rule.weight == 2.5
    assert rule.holds({"reset", "waiting"})
    assert not rule.holds({"reset"})
    assert not rule.holds({"reset", "when", "clock"})


def test_the_heaviest_name_comes_first() -> None:
    scale = Scale.parse({"a": ["1:"], "b": ["3: reset", "-1: when"]}, known=KNOWN)
    assert scale.weigh({"reset"}) == {"b": 3.0, "a": 1.0}
    assert list(scale.weigh({"when"})) == ["a", "b"]


@pytest.mark.parametrize("wrong", ["reset", "x: reset", "2 reset", "1: resets"])
def test_a_rule_that_cannot_be_read_is_refused(wrong: str) -> None:
    with pytest.raises(EvidenceError):
        Rule.parse(wrong, known=KNOWN)
