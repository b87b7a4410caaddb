import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ask.leftover import Unclear
from bot.ask.lexicon import Lexicon
from bot.ask.read import read
from bot.ask.reading import Clarify, Intent
from bot.ask.reminder import wanted
from bot.when import zones
from tests.ask.conftest import lexicon_of_the_project

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@cache
def table(name: str) -> list[str]:
    path = Path(__file__).with_name("unclear_times.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))[name]


@pytest.mark.parametrize("reason", Unclear)
def test_a_time_beside_which_more_is_said_of_it_is_asked_back(
    lexicon: Lexicon, reason: Unclear
) -> None:
    for text in table(reason.value):
        reading = read(text, lexicon, now=NOW)
        found = (reading.intent, reading.when, reading.session, reading.clarify, reading.unclear)
        assert found == (Intent.REMINDER, None, None, Clarify.WHEN, reason), text


@pytest.mark.parametrize("name", ["kept", "together"])
def test_words_of_time_that_belong_to_the_purpose_or_the_time_make_nothing_unclear(
    lexicon: Lexicon, name: str
) -> None:
    for text, when, about in table(name):
        found = wanted(text, lexicon, now=NOW)
        assert (found.when, found.about or "", found.unclear) == (when, about, None), text


# ---------------------------------------------------------------------------------- rules


def different(two: tuple[str, str]) -> bool:
    return two[0] != two[1]


CLOCKS = [
    "at 6pm",
    "at 18:00",
    "6:30 pm",
    "at noon",
    "tomorrow at 9am",
    "friday 18:00",
    "on friday",
]
HAN_CLOCKS = ["晚上8点", "下午3点半", "明天早上9点", "周五下午6点", "20:30"]
LENGTHS = ["in 2 hours", "in 45 min", "in an hour", "in 3 days", "in a week"]
DAYS = ["tomorrow", "on friday", "next monday", "on 24 December"]
JOINERS = [
    " or ", " and ", ", no, ", ", not ", " / ", ", actually ", " or maybe ", ", i mean ",
    ", sorry, ", " but not ", ", wait, ", " and also ",
]  # fmt: skip
HAN_JOINERS = ["或者", "还是", "和", "，不，", "，不对，", "、"]
PURPOSES = ["", " to save my model", " about the quota", " that the pod is running"]
ZONES = ["EST", "est", "PST", "CET", "cest", "IST", "BST", "GMT", "AEST", "ET", "PT", "MSK"]
PLACES = sorted(
    each
    for each in zones.called()
    if each.isascii() and each.replace(" ", "").isalpha() and each.count(" ") < 3 and len(each) > 3
)
HAN_PLACES = sorted(each for each in zones.called() if each[0] >= "\u4e00" and len(each) > 1)


@given(
    clock=st.sampled_from(CLOCKS[:-1]),
    zone=st.one_of(
        st.sampled_from(ZONES),
        st.sampled_from(PLACES).map(lambda place: f"{place.title()} time"),
        st.sampled_from(["Eastern time", "pacific time", "server time", "UTC+2"]),
    ),
    form=st.sampled_from(["{} {}", "{} ({})", "{}, {},", "{} in {}"]),
    purpose=st.sampled_from(PURPOSES),
)
def test_a_zone_beside_a_time_is_read_with_it_or_asked_back(
    clock: str, zone: str, form: str, purpose: str
) -> None:
    text = f"remind me {form.format(clock, zone)}{purpose}"
    found = wanted(text, lexicon_of_the_project(), now=NOW)
    read_with_it = found.when is not None and zone.casefold() in found.when.casefold()
    assert read_with_it or found.unclear is not None or found.when is None


@given(clock=st.sampled_from(HAN_CLOCKS), place=st.sampled_from(HAN_PLACES))
def test_a_chinese_zone_before_a_time_is_read_with_it_or_asked_back(clock: str, place: str) -> None:
    for zone in (f"{place}时间", place):
        text = f"{zone}{clock}提醒我保存"
        found = wanted(text, lexicon_of_the_project(), now=NOW)
        read_with_it = found.when is not None and zone in found.when
        assert read_with_it or found.unclear is not None or found.when is None, text


@given(
    times=st.one_of(
        *(
            st.tuples(st.sampled_from(kind), st.sampled_from(kind)).filter(
                lambda two: two[0] != two[1]
            )
            for kind in (CLOCKS, LENGTHS, DAYS)
        )
    ),
    joiner=st.sampled_from(JOINERS),
    purpose=st.sampled_from(PURPOSES),
)
def test_of_two_times_neither_is_taken(times: tuple[str, str], joiner: str, purpose: str) -> None:
    for text in (
        f"remind me {times[0]}{joiner}{times[1]}{purpose}",
        f"{times[0]}{joiner}{times[1]} remind me{purpose}",
    ):
        reading = read(text, lexicon_of_the_project(), now=NOW)
        assert reading.when is None or reading.clarify is Clarify.WHEN, text


@given(
    times=st.tuples(st.sampled_from(HAN_CLOCKS), st.sampled_from(HAN_CLOCKS)).filter(different),
    joiner=st.sampled_from(HAN_JOINERS),
)
def test_of_two_chinese_times_neither_is_taken(times: tuple[str, str], joiner: str) -> None:
    text = f"{times[0]}{joiner}{times[1]}提醒我保存"
    reading = read(text, lexicon_of_the_project(), now=NOW)
    assert reading.when is None or reading.clarify is Clarify.WHEN, text


@given(
    time=st.sampled_from([*CLOCKS, *LENGTHS]),
    thing=st.sampled_from(["save", "stop the pod", "not forget the pod", "check colab and kaggle"]),
    bound=st.sampled_from(["", " before friday", " by tomorrow", " for the weekend", " until 9pm"]),
)
def test_a_time_is_kept_whatever_the_purpose_is_bound_to(time: str, thing: str, bound: str) -> None:
    found = wanted(f"remind me {time} to {thing}{bound}", lexicon_of_the_project(), now=NOW)
    assert (found.when, found.about, found.unclear) == (time, f"{thing}{bound}", None)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    wanted(text, lexicon_of_the_project(), now=NOW)
    wanted(f"remind me at 6pm {text}", lexicon_of_the_project(), now=NOW)
