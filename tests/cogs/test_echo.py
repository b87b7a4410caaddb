import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.people import Person
from bot.reminders.rules import PromiseRules
from bot.speech.locales import Locale
from bot.speech.phrasebook import Phrasebook
from bot.store.users import UserSettings
from bot.when import Problem, Slot
from bot.when.words import VOCABULARY
from cogs._echo import (
    LONGEST_CHOICE,
    WORD_SHOWN,
    Choices,
    start_choices,
    time_choices,
    until_choices,
)
from tests.cogs.town import Town

NOW = datetime(2026, 9, 23, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
BOOK = Phrasebook()


def person(locale: Locale = Locale.EN_US, zone: str | None = "Asia/Shanghai") -> Person:
    return Person(id=1, words=BOOK.words(locale), settings=UserSettings(user_id=1, zone=zone))


def ahead(typed: str, who: Person, slot: Slot = Slot.DURATION) -> Choices:
    return time_choices(typed, now=NOW, person=who, slot=slot, rules=PromiseRules())


@pytest.mark.parametrize(
    ("typed", "english", "chinese"),
    [
        ("6h", "in 6 h, at 20:30 your time", "6 小时后，你那里是20:30"),
        ("1:30", "in 1 h 30 min, at 16:00 your time", "1 小时 30 分钟后，你那里是16:00"),
        (
            "fri 6pm",
            "in 2 d 3 h, on Friday 2026-09-25 at 18:00 your time",
            "2 天 3 小时后，你那里是周五 2026-09-25 18:00",
        ),
        (
            "<t:1790330400:R>",
            "in 2 d 3 h, on Friday 2026-09-25 at 18:00 your time",
            "2 天 3 小时后，你那里是周五 2026-09-25 18:00",
        ),
    ],
)
def test_reading_is_shown_and_what_was_typed_is_sent(
    typed: str, english: str, chinese: str
) -> None:
    for locale, expected in ((Locale.EN_US, english), (Locale.ZH_CN, chinese)):
        (choice,) = ahead(typed, person(locale))
        assert (choice.name, choice.value) == (expected, typed)


def test_same_figures_are_a_length_or_a_time_by_what_the_option_asks_for() -> None:
    assert ahead("1:30", person(), Slot.TIME)[0].name == (
        "in 11 h, on Thursday 2026-09-24 at 01:30 your time"
    )


def test_without_a_zone_only_what_is_certain_is_shown() -> None:
    nowhere = person(zone=None)
    assert ahead("6h", nowhere)[0].name == "in 6 h"
    assert "time zone" in ahead("tomorrow 9am", nowhere)[0].name
    assert "18:00" not in ahead("tomorrow 18:00", nowhere)[0].name


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("6", Problem.BARE_NUMBER),
        ("every day at 9", Problem.RECURRING),
        ("2 years", Problem.TOO_FAR),
        ("5 s", Problem.TOO_NEAR),
        ("x" * 6000, Problem.TOO_LONG),
    ],
)
@pytest.mark.parametrize("locale", list(Locale))
def test_refusal_says_what_to_write_instead(typed: str, problem: Problem, locale: Locale) -> None:
    who = person(locale)
    (choice,) = ahead(typed, who)
    assert choice.name == who.words(f"when-{problem.value}", word=typed)
    assert choice.value == typed[:LONGEST_CHOICE]


@pytest.mark.parametrize("locale", list(Locale))
def test_repetition_is_sent_to_its_option(locale: Locale) -> None:
    assert "every:" in ahead("every day", person(locale))[0].name


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("problem", list(Problem))
def test_every_refusal_fits_a_choice(problem: Problem, locale: Locale) -> None:
    sentence = BOOK.words(locale)(f"when-{problem.value}", word="字" * WORD_SHOWN)
    assert len(sentence) <= LONGEST_CHOICE


@pytest.mark.parametrize("locale", list(Locale))
def test_nothing_typed_shows_examples_that_can_be_read(locale: Locale) -> None:
    who = person(locale)
    for choices in (
        *(ahead("  ", who, slot) for slot in Slot),
        start_choices("", now=NOW, person=who),
    ):
        assert len(choices) >= 2
        assert all(choice.name.startswith(f"{choice.value} · ") for choice in choices)


@pytest.mark.parametrize(
    ("typed", "english", "chinese"),
    [
        ("20 min ago", "20 min ago, at 14:10 your time", "20 分钟前，你那里是14:10"),
        ("just now", "just now, at 14:30 your time", "刚刚，你那里是14:30"),
        (
            "昨晚11点",
            "15 h 30 min ago, on Tuesday 2026-09-22 at 23:00 your time",
            "15 小时 30 分钟前，你那里是周二 2026-09-22 23:00",
        ),
    ],
)
def test_start_is_shown_the_other_way(typed: str, english: str, chinese: str) -> None:
    for locale, expected in ((Locale.EN_US, english), (Locale.ZH_CN, chinese)):
        (choice,) = start_choices(typed, now=NOW, person=person(locale))
        assert (choice.name, choice.value) == (expected, typed)
    assert start_choices("20m", now=NOW, person=person(zone=None))[0].name == "20 min ago"


@given(
    st.one_of(
        st.text(min_size=1, max_size=200),
        st.lists(st.sampled_from([*sorted(VOCABULARY), "9", "30"]), min_size=1).map(" ".join),
    ),
    st.sampled_from(Locale),
    st.sampled_from([None, "Asia/Shanghai", "America/New_York"]),
    st.sampled_from(Slot),
)
def test_choices_fit_whatever_is_typed(
    typed: str, locale: Locale, zone: str | None, slot: Slot
) -> None:
    who = person(locale, zone)
    for choice in ahead(typed, who, slot) + start_choices(typed, now=NOW, person=who):
        assert 1 <= len(choice.name) <= LONGEST_CHOICE
        assert 1 <= len(choice.value) <= LONGEST_CHOICE


async def test_options_of_the_commands_echo_while_one_types(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="Asia/Shanghai")
    for command, option in (("remind session", "duration"), ("remind me", "when")):
        (choice,) = await town.sam.autocomplete(town.square, command, option, "6h")
        assert choice["name"] == "in 6 h, at 19:00 your time"
        assert choice["value"] == "6h"
        (choice,) = await town.lin.autocomplete(town.square, command, option, "6小时")
        assert choice["name"] == "6 小时后"


def test_now_is_the_readers_and_not_the_servers() -> None:
    utc = time_choices(
        "6h", now=NOW.astimezone(UTC), person=person(), slot=Slot.TIME, rules=PromiseRules()
    )
    assert utc[0].name == "in 6 h, at 20:30 your time"


def lasting(typed: str, started: str, who: Person) -> str:
    (choice,) = time_choices(
        typed, now=NOW, person=who, slot=Slot.DURATION, rules=PromiseRules(), started=started
    )
    return choice.name


@pytest.mark.parametrize("locale", list(Locale))
def test_length_of_what_began_earlier_is_counted_from_its_start(locale: Locale) -> None:
    who = person(locale)
    assert lasting("6h", "20 min ago", who) == ahead("5h40m", who)[0].name
    assert lasting("6h", "14:00", who) == ahead("5h30m", who)[0].name
    assert lasting("1h", "2h ago", who) == who.words("started-over")
    assert lasting("at 21:30", "2h ago", who) == who.words("started-needs-length")
    assert lasting("6h", "sometime", who) == ahead("6h", who)[0].name


@pytest.mark.parametrize(
    ("typed", "english", "chinese"),
    [
        (
            "friday",
            "in 2 d 9 h, on Friday 2026-09-25 at 23:59 your time",
            "2 天 9 小时后，你那里是周五 2026-09-25 23:59",
        ),
        (
            "周五晚上8点",
            "in 2 d 5 h, on Friday 2026-09-25 at 20:00 your time",
            "2 天 5 小时后，你那里是周五 2026-09-25 20:00",
        ),
    ],
)
def test_end_of_a_series_is_shown_with_its_whole_day(
    typed: str, english: str, chinese: str
) -> None:
    for locale, expected in ((Locale.EN_US, english), (Locale.ZH_CN, chinese)):
        (choice,) = until_choices(typed, now=NOW, person=person(locale))
        assert (choice.name, choice.value) == (expected, typed)
    assert until_choices(" ", now=NOW, person=person()) == []


_CLOCK = re.compile(r"(?:(\d{4}-\d\d-\d\d)\D*)?(\d\d:\d\d)")


def shown_instant(name: str, town: Town) -> datetime:
    found = _CLOCK.search(name)
    assert found is not None, name
    zone = ZoneInfo("Asia/Shanghai")
    day = found[1] or town.clock.now().astimezone(zone).date().isoformat()
    return datetime.fromisoformat(f"{day}T{found[2]}").replace(tzinfo=zone)


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize(
    ("command", "options", "typed"),
    [
        ("remind me", {}, "tomorrow at 9:30"),
        ("remind me", {}, "后天下午三点半"),
        ("remind me", {}, "20 past 9pm"),
        ("remind me", {}, "1:30"),
        ("remind me", {}, "end of the month"),
        ("remind me", {}, "廿五分钟后"),
        ("remind session", {}, "1:30"),
        ("remind session", {}, "三小时半"),
        ("remind session", {}, "until 10pm"),
        ("remind session", {"started": "40分钟前"}, "6h"),
        ("remind session", {"started": "12:30"}, "12小时"),
    ],
)
async def test_echo_names_the_instant_that_is_stored(
    town: Town, locale: Locale, command: str, options: dict[str, str], typed: str
) -> None:
    await town.sam.slash(town.square, "settings me", zone="Asia/Shanghai", language=locale.value)
    asks, others = ("when", {"about": "x"}) if command == "remind me" else ("duration", options)
    (choice,) = await town.sam.autocomplete(town.square, command, asks, typed, **others)
    await town.sam.slash(town.square, command, **{asks: typed}, **others)
    (kept,) = await town.kept(town.sam)
    stored = kept.occurrences[0].due_at if kept.ends_at is None else kept.ends_at
    assert abs(stored - shown_instant(choice["name"], town)) < timedelta(minutes=1)
