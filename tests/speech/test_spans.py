from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speech.locales import Locale
from bot.speech.phrasebook import Words
from bot.speech.spans import span
from tests.speech.conftest import phrasebook_of_the_project


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(), "0 s"),
        (timedelta(seconds=-5), "0 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(seconds=59.6), "1 min"),
        (timedelta(seconds=61), "1 min"),  # no seconds beside minutes
        (timedelta(minutes=90), "1 h 30 min"),
        (timedelta(hours=6), "6 h"),
        (timedelta(days=1, minutes=5), "1 d 5 min"),
        (timedelta(days=2, hours=3, minutes=4, seconds=5), "2 d 3 h"),
        (timedelta(days=1234), "1234 d"),
    ],
)
def test_the_two_greatest_units_are_said(length: timedelta, said: str, english: Words) -> None:
    assert span(length, english) == said


def test_in_chinese(chinese: Words) -> None:
    assert span(timedelta(hours=1, minutes=30), chinese) == "1 小时 30 分钟"


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)))
def test_what_is_said_is_never_more_than_what_is_meant(length: timedelta) -> None:
    words = phrasebook_of_the_project().words(Locale.EN_US)
    units = {"d": 86_400, "h": 3600, "min": 60, "s": 1}
    numbers = span(length, words).split()
    said = sum(
        int(number) * units[unit] for number, unit in zip(numbers[::2], numbers[1::2], strict=True)
    )
    seconds = round(length.total_seconds())
    assert len(numbers) in {2, 4}
    assert 0 <= seconds - said < max(60, seconds // 24)
