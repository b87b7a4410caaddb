import pytest

from bot.ask.amounts import MOST_AMOUNTS, Bound, Role, amounts_of
from bot.ask.text import normalise


@pytest.mark.parametrize(
    ("text", "value", "role", "bound"),
    [
        ("16 GB VRAM", 16, Role.VRAM, Bound.EXACT),
        ("at least 16GB of VRAM", 16, Role.VRAM, Bound.LEAST),
        ("显存至少24G", 24, Role.VRAM, Bound.LEAST),
        ("30 GB RAM", 30, Role.RAM, Bound.EXACT),
        ("up to 50 GB storage", 50, Role.STORAGE, Bound.MOST),
        ("1 TB disk", 1000, Role.DISK, Bound.EXACT),
        ("8 h per session", 8, Role.SESSION, Bound.EXACT),
        ("30 h a week", 30, Role.WEEKLY, Bound.EXACT),
        ("每周30小时", 30, Role.WEEKLY, Bound.EXACT),
        ("22 hours per month", 22, Role.MONTHLY, Bound.EXACT),
        ("4 hours per day", 28, Role.WEEKLY, Bound.EXACT),
        ("idle for 20 minutes", 20, Role.IDLE, Bound.EXACT),
        ("43200 seconds", 12, Role.SESSION, Bound.EXACT),
        ("a 7B model", 7, Role.MODEL, Bound.EXACT),
        ("two gpus", 2, Role.CARDS, Bound.EXACT),
        ("t4x2", 2, Role.CARDS, Bound.EXACT),
        ("两张显卡", 2, Role.CARDS, Bound.EXACT),
    ],
)
def test_an_amount_has_a_role_and_a_side(text: str, value: float, role: Role, bound: Bound) -> None:
    (found,) = amounts_of(normalise(text))
    assert (found.value, found.role, found.bound) == (value, role, bound)


@pytest.mark.parametrize("text", ["version 3.10", "python 3", "0 GB", "A100", "rtx 3090", "gpt4"])
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert amounts_of(normalise(text)) == ()


def test_there_are_no_more_than_anybody_means() -> None:
    assert len(amounts_of("16 gb " * 300)) == MOST_AMOUNTS


def test_two_amounts_beside_each_other_have_their_own_roles() -> None:
    found = amounts_of(normalise("16 GB VRAM and 30 GB RAM"))
    assert [each.role for each in found] == [Role.VRAM, Role.RAM]
