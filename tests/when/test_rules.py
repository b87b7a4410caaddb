from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when import MAX_CHARACTERS, Slot, WhenError, read
from bot.when.grammar import parse
from bot.when.refusal import explain
from bot.when.text import tidy
from bot.when.tokens import Cursor, tokenize
from bot.when.words import VOCABULARY

ZONES = [
    ZoneInfo(name)
    for name in (
        "Asia/Shanghai",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "UTC",
    )
]
zones = st.sampled_from(ZONES)
slots = st.sampled_from(Slot)
nows = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001  hypothesis wants naive bounds
    datetime(2029, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
extreme_nows = st.one_of(
    st.datetimes(max_value=datetime(1, 1, 9)),  # noqa: DTZ001
    st.datetimes(datetime(9985, 1, 1)),  # noqa: DTZ001
).flatmap(
    lambda local: st.integers(-14, 14).map(
        lambda hours: local.replace(tzinfo=timezone(timedelta(hours=hours)))
    )
)
words = st.sampled_from(sorted(VOCABULARY))
figures = st.sampled_from(
    ["1", "9", "12", "30", "2026", "1.5", "1,5", "9:30", "21:00", "4:13:02", "1/2", "五", "十二"]
)
signs = st.sampled_from([*"-+~@,.:/<>%¼", "<t:1790330400:R>", "2026-12-01", "Asia/Tokyo"])
phrases = st.lists(st.one_of(words, figures, signs), min_size=1, max_size=9).flatmap(
    lambda pieces: st.sampled_from([" ", ""]).map(lambda glue: glue.join(pieces))
)


@given(st.text(max_size=MAX_CHARACTERS + 5), nows, zones, slots)
def test_any_text_is_read_or_refused(text: str, now: datetime, zone: ZoneInfo, slot: Slot) -> None:
    with suppress(WhenError):
        read(text, now=now, zone=zone, slot=slot)


@given(phrases, nows, zones, slots)
def test_known_words_in_any_order_make_a_time_ahead_or_none(
    text: str, now: datetime, zone: ZoneInfo, slot: Slot
) -> None:
    with suppress(WhenError):
        reading = read(text, now=now, zone=zone, slot=slot)
        assert reading.at > now
        assert 0 <= reading.seconds - (reading.at - now).total_seconds() < 1


_LENGTHS = st.lists(
    st.tuples(
        st.integers(1, 400),
        st.sampled_from(["mo", "wk", "d", "h", "min", "s", "小时", "分钟", "天", "周", "hours"]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda term: term[1],
).map(lambda terms: " ".join(f"{amount} {unit}" for amount, unit in terms))
_TIMES = st.sampled_from(
    [
        "tomorrow 9am",
        "fri 18:00",
        "next monday",
        "21:45:30 tomorrow",
        "noon",
        "midnight",
        "eom",
        "Feb 29 at 6pm",
        "eod at 8pm",
        "in 3 weeks at 7am",
        "2 days before sunday",
        "9pm UTC",
        "周六晚上8点",
        "明天凌晨2点",
        "12月1日",
        "<t:1893456000>",
        "2029-10-28 02:30 Europe/Berlin",
    ]
)


@given(st.one_of(_LENGTHS, _TIMES, phrases), extreme_nows, zones)
def test_at_the_ends_of_the_calendar_a_text_is_read_or_refused(
    text: str, now: datetime, zone: ZoneInfo
) -> None:
    with suppress(WhenError):
        reading = read(text, now=now, zone=zone)
        assert reading.at.astimezone(zone) > now


@given(st.one_of(_LENGTHS, _TIMES), nows, zones)
def test_canonical_form_reads_back_as_the_same_instant(
    text: str, now: datetime, zone: ZoneInfo
) -> None:
    now = now.replace(microsecond=0)
    with suppress(WhenError):
        first = read(text, now=now, zone=zone)
        again = read(first.canonical, now=now, zone=zone)
        assert (again.at, again.canonical) == (first.at, first.canonical)


@given(st.one_of(_LENGTHS, _TIMES), nows, st.integers(1, 200_000), zones)
def test_reading_never_goes_back_while_time_goes_on(
    text: str, now: datetime, later: int, zone: ZoneInfo
) -> None:
    with suppress(WhenError):
        before = read(text, now=now, zone=zone)
        after = read(text, now=now + timedelta(seconds=later), zone=zone)
        calendar = any(unit in {"month", "year"} for unit, _ in before.parts)
        # A month from the hour that clocks repeat is a month from its first pass.
        slack = timedelta(hours=1) if calendar else timedelta()
        assert after.at >= before.at - slack


@given(st.integers(1, 500), st.integers(0, 23), st.integers(0, 59), nows, zones)
def test_length_is_the_sum_of_its_terms_in_every_spelling(
    days: int, hours: int, minutes: int, now: datetime, zone: ZoneInfo
) -> None:
    seconds = days * 86_400 + hours * 3600 + minutes * 60
    for text in (
        f"{days}d{hours}h{minutes}m",
        f"in {days} days, {hours} hours and {minutes} minutes",
        f"{minutes} min {hours} hr {days} day",
        f"{days}天{hours}小时{minutes}分钟后",
        f"{days} 天 {hours} 個小時 {minutes} 分鐘",
        f"P{days}DT{hours}H{minutes}M",
    ):
        assert read(text, now=now, zone=zone).seconds == seconds


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1h",
        "1h, ",
        "9:",
        "9:30 ",
        "a ",
        "in ",
        "the ",
        "on at ",
        "twenty ",
        "hundred ",
        "half ",
        "and a half ",
        "next friday ",
        "1/1",
        "1.1",
        "2026-",
        "<t:1",
        "a/",
        "a-",
        "一",
        "零",
        "半个",
        "周一",
        "个月",
        "9点",
        "下下",
        "remind me ",
    ],
)
def test_work_grows_no_faster_than_the_text(piece: str) -> None:
    def steps(times: int) -> tuple[int, int]:
        tokens = tokenize(piece * times)
        cursor = Cursor(tokens)
        parse(piece * times, cursor, Slot.DURATION)
        explain(tokens)
        return cursor.steps, len(tokens)

    short, _ = steps(100)
    long, count = steps(1000)
    assert long <= 12 * short
    assert long <= 600 * count + 2000


def test_every_word_survives_tidying_and_is_cut_as_one() -> None:
    # "@" alone is the beginning of a mention; "now +" is cut in two and joined.
    lost = [
        word
        for word in VOCABULARY - {"@"}
        if [token.text for token in tokenize(tidy(f"{word} x")[:-2])] != [word]
    ]
    assert lost == []
