"""Rules that hold for whole families of texts, not for single ones."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when import MAX_CHARACTERS, Reading, WhenError, read
from bot.when.text import tidy
from bot.when.tokens import tokenize

NOW: Final = datetime(2026, 9, 23, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
_SPELLINGS = tomllib.loads(Path(__file__).with_name("spellings.toml").read_text(encoding="utf-8"))
VALID: Final[list[str]] = [
    text
    for section in ("lengths", "moments", "days")
    for texts in _SPELLINGS[section].values()
    for text in texts
]
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_HAN = "零一二三四五六七八九"
# Each turns a time into a thing that happened, repeats, is a choice, or is denied.
_SPOILERS = "not every each ago or - to except last per daily minus 每 不 或 多 几 前 ! ? x"


def english(number: int) -> str:
    if number < 20:
        return _ONES.split()[number]
    tens, ones = divmod(number, 10)
    return _TENS.split()[tens - 2] + (f"-{_ONES.split()[ones]}" if ones else "")


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN[ones]
    return (_HAN[tens] if tens > 1 else "") + "十" + (_HAN[ones] if ones else "")


def read_here(text: str) -> Reading:
    return read(text, now=NOW, zone=ZoneInfo("Asia/Shanghai"))


def outcome(text: str) -> datetime | str:
    try:
        return read_here(text).at
    except WhenError as error:
        return error.problem.value


@given(st.integers(1, 99), st.sampled_from([("hours", "小时", 3600), ("minutes", "分钟", 60)]))
def test_spelled_numbers_are_the_figures(number: int, unit: tuple[str, str, int]) -> None:
    name, han, seconds = unit
    spelled = (f"{number} {name}", f"{english(number)} {name}", f"{chinese(number)}{han}后")
    assert {read_here(text).seconds for text in spelled} == {number * seconds}


@given(st.integers(1, 23), st.integers(0, 59))
def test_clock_time_is_the_same_in_every_notation(hour: int, minute: int) -> None:
    afternoon, dial = ("pm" if hour >= 12 else "am"), hour % 12 or 12
    digits = f"{minute:02}"
    said = f"零{chinese(minute)}" if minute < 10 else chinese(minute)
    spelled = [
        f"tomorrow at {hour:02}:{digits}",
        f"{dial}:{digits}{afternoon} tomorrow",
        f"tomorrow {dial}.{digits} {afternoon}",
        f"明天 {hour:02}:{digits}",
    ]
    if hour > 12:
        spelled.append(f"明天{chinese(hour)}点{said}分")
        spelled.append(f"2026年9月24日{hour}时{digits}分")
    local = {read_here(text).at.astimezone(NOW.tzinfo) for text in spelled}
    assert local == {datetime(2026, 9, 24, hour, minute, tzinfo=NOW.tzinfo)}


@given(st.sampled_from(VALID), st.data())
def test_case_width_and_spaces_around_change_nothing(text: str, data: st.DataObject) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    changed = data.draw(st.sampled_from([text.upper(), text.title(), f"  {text} ", wide]))
    if text.startswith("<t:") and changed == text.title():
        return
    if len(changed) <= MAX_CHARACTERS:
        assert outcome(changed) == outcome(text)


@given(st.sampled_from(VALID), st.sampled_from(_SPOILERS.split()), st.data())
def test_word_that_spoils_a_time_is_never_passed_over(
    text: str, spoiler: str, data: st.DataObject
) -> None:
    pieces = [token.text for token in tokenize(tidy(text))]
    place = data.draw(st.integers(0, len(pieces)))
    pieces.insert(place, spoiler)
    with pytest.raises(WhenError):
        pytest.fail(f"{pieces} was read as {read_here(' '.join(pieces))}")


@given(st.sampled_from(VALID), st.sampled_from(VALID))
def test_choice_of_two_times_is_never_read(first: str, second: str) -> None:
    with pytest.raises(WhenError):
        pytest.fail(f"read as {read_here(f'{first} or {second}')}")


@given(
    st.integers(1, 12),
    st.sampled_from(["morning", "afternoon", "evening", "night", "mornings", "nights"]),
)
def test_counted_parts_of_days_are_never_hours(number: int, part: str) -> None:
    for text in (f"{number} {part}", f"{english(number)} {part}", f"for {english(number)} {part}"):
        with pytest.raises(WhenError):
            pytest.fail(f"{text!r} was read as {read_here(text)}")


_DAYS_BEFORE = ("", "明天", "后天", "周五", "下周一", "10月1号")


@given(st.sampled_from(_DAYS_BEFORE), st.sampled_from("早晚"), st.sampled_from(["", "叫我", "的"]))
def test_a_bit_later_is_never_one_o_clock(day: str, part: str, after: str) -> None:
    with pytest.raises(WhenError):
        pytest.fail(f"read as {read_here(f'{day}{part}一点{after}')}")


@given(
    st.sampled_from(["1st", "2nd", "3rd", "4th", "5th", "first", "third", "fifth"]),
    st.sampled_from(["monday", "tue", "thursday", "fri", "sunday"]),
    st.sampled_from(["{} {}", "the {} {}", "october {} {}", "{} {} of october", "{} {} 9am"]),
)
def test_counted_weekdays_are_never_days_of_the_month(
    ordinal: str, weekday: str, form: str
) -> None:
    with pytest.raises(WhenError):
        pytest.fail(f"read as {read_here(form.format(ordinal, weekday))}")


@given(st.integers(20, 39))
def test_numerals_that_contract_their_tens_are_read_as_written_out(number: int) -> None:
    tens, ones = divmod(number, 10)
    contracted = {2: "廿", 3: "卅"}[tens] + (_HAN[ones] if ones else "")
    assert outcome(f"{contracted}分钟") == outcome(f"{chinese(number)}分钟")
