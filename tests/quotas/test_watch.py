from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.offer import Offer
from bot.catalog.quota import FixedWeekly
from bot.quotas.book import Book, Entry, EntryId, Lockout, Scope, Source
from bot.quotas.offers import Personal
from bot.quotas.watch import Event, Topic, hushed_after, is_low, next_event, watchable
from tests.quotas.test_account import HOUR, KAGGLE, NOW, SATURDAY, book, offer

DAY = timedelta(days=1)
COLAB = "google-colab-free"
STUDIO_LAB = "sagemaker-studio-lab"


def of_zone(zone: str) -> Offer:
    """A quota of 30 h that is renewed on Saturday at midnight of a zone."""
    known = offer()
    rule = cast("FixedWeekly", known.quota.rule).model_copy(update={"zone": zone})
    return known.model_copy(update={"quota": known.quota.model_copy(update={"rule": rule})})


def events(
    of: Offer, known: Book, *, after: datetime = NOW, until: datetime, scope: Scope = Scope.ALL
) -> Iterator[Event]:
    """All that is told until an instant, each as soon as it is due."""
    hushed = hushed_after(of, known, after) if is_low(of, known, after) else None
    while True:
        event = next_event(of, known, scope=scope, after=after, hushed_until=hushed)
        if event is None or event.at > until:
            return
        yield event
        assert event.at >= after
        after = event.at
        if event.topic is Topic.LOW:
            hushed = hushed_after(of, known, after)


def test_an_unused_week_is_told_of_a_day_before_it_ends_and_when_it_does() -> None:
    told = list(events(offer(), Book(), until=NOW + 13 * DAY))
    assert told == [
        Event(SATURDAY - DAY, Topic.EXPIRING),
        Event(SATURDAY, Topic.RENEWED),
        Event(SATURDAY + 6 * DAY, Topic.EXPIRING),
        Event(SATURDAY + 7 * DAY, Topic.RENEWED),
    ]


def test_what_is_hardly_worth_it_is_not_told_to_expire() -> None:
    told = [each.topic for each in events(offer(), book((-40, -12.5)), until=SATURDAY)]
    assert Topic.EXPIRING not in told


def test_the_renewal_alone_is_told_to_who_asked_for_that() -> None:
    told = list(events(offer(), Book(), until=SATURDAY, scope=Scope.RESET))
    assert told == [Event(SATURDAY, Topic.RENEWED)]


@pytest.mark.parametrize("year", [2026, 2027, 2028])
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Europe/Berlin", "Asia/Gaza"])
def test_each_week_of_a_year_is_renewed_once_whatever_the_clocks_do(zone: str, year: int) -> None:
    start = datetime(year, 1, 1, tzinfo=UTC)
    told = list(events(of_zone(zone), Book(), after=start, until=start + 365 * DAY))
    renewed = [each.at for each in told if each.topic is Topic.RENEWED]
    expiring = [each.at for each in told if each.topic is Topic.EXPIRING]
    assert len(renewed) in {52, 53}
    for earlier, later in pairwise(renewed):
        assert abs(later - earlier - 7 * DAY) <= HOUR
    assert {each + DAY for each in expiring} >= set(renewed[1:])


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (31, ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]),
        (29, ["2028-01-29", "2028-02-29", "2028-03-29", "2028-04-29"]),
        (1, ["2028-02-01", "2028-03-01", "2028-04-01", "2028-05-01"]),
    ],
)
def test_each_month_is_renewed_once_though_it_be_february(day: int, ends: list[str]) -> None:
    modal = offer("modal-starter")
    known = Book(settings={modal.id: Personal(reset_day=day, gpu="T4")})
    start = datetime(2028, 1, 1, 12, tzinfo=UTC)
    told = events(modal, known, after=start, until=datetime(2028, 5, 1, 12, tzinfo=UTC))
    renewed = [each.at.date().isoformat() for each in told if each.topic is Topic.RENEWED]
    assert renewed == ends


def test_a_running_session_is_nudged_once_before_it_would_be_cut() -> None:
    known = session(start=-0.1, end=6)
    told = list(events(offer(), known, until=NOW + 6 * HOUR))
    assert told == [Event(NOW - 0.1 * HOUR + timedelta(minutes=15), Topic.IDLE)]


def test_a_session_that_is_over_before_it_could_idle_is_not_nudged() -> None:
    assert list(events(offer(), session(start=0, end=0.2), until=NOW + HOUR)) == []


def session(*, start: float, end: float) -> Book:
    known = book((start, end))
    (entry,) = known.entries[KAGGLE]
    return Book(entries={KAGGLE: (replace(entry, source=Source.SESSION),)})


def test_running_low_is_told_once_a_week() -> None:
    known = book((-20, 2), (10, 20), (30, 40))
    told = [each for each in events(offer(), known, until=SATURDAY) if each.topic is Topic.LOW]
    assert len(told) == 1
    assert is_low(offer(), known, told[0].at)
    assert not is_low(offer(), known, told[0].at - timedelta(minutes=1))


def test_a_rolling_window_is_low_once_in_its_length_and_whole_at_its_end() -> None:
    lab = offer(STUDIO_LAB)
    known = book((0, 3.5), of=STUDIO_LAB)
    assert list(events(lab, known, until=NOW + 7 * DAY)) == [
        Event(NOW + 3.2 * HOUR, Topic.LOW),
        Event(NOW + 27.5 * HOUR, Topic.RENEWED),
    ]


def test_credits_that_were_given_once_are_told_to_expire_a_week_before() -> None:
    lightning = offer("lightning-ai-free")
    expires = NOW + 30 * DAY
    known = Book(settings={lightning.id: Personal(expires=expires)})
    told = list(events(lightning, known, until=expires + DAY))
    assert told == [Event(expires - 7 * DAY, Topic.EXPIRING)]


def test_the_end_of_a_lock_out_is_told_by_ones_own_pattern_alone() -> None:
    colab = offer(COLAB)
    first = [Lockout(NOW - days * DAY, NOW - days * DAY + 8 * HOUR) for days in (9, 5)]
    lasting = Lockout(NOW - HOUR, None)
    known = Book(lockouts={COLAB: (*first, lasting)})
    assert list(events(colab, known, until=NOW + DAY)) == [Event(NOW + 7 * HOUR, Topic.OPEN)]
    once = Book(lockouts={COLAB: (first[0], lasting)})
    assert list(events(colab, once, until=NOW + DAY)) == []
    assert list(events(colab, Book(), until=NOW + 99 * DAY)) == []


def test_events_are_on_the_millisecond_that_the_store_keeps() -> None:
    known = book((-20, -3.3333333), (0, 20 / 3))
    for event in events(offer(), known, until=SATURDAY):
        assert event.at.microsecond % 1000 == 0


offers_ = st.sampled_from([KAGGLE, STUDIO_LAB, "hf-zerogpu", "modal-starter", "lightning-ai-free"])


@st.composite
def books(draw: st.DrawFn, of: str) -> Book:
    edges = sorted(draw(st.sets(st.integers(-800, 400), min_size=2, max_size=14)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    entries = tuple(
        Entry(
            id=EntryId(number),
            offer_id=of,
            start=NOW + begin / 4 * HOUR,
            end=NOW + end / 4 * HOUR,
            source=Source.SESSION,
            gpu="T4",
        )
        for number, (begin, end) in enumerate(pairs)
    )
    personal = Personal(expires=NOW + 40 * DAY, amount=draw(st.sampled_from([None, 10.0])))
    return Book(entries={of: entries}, settings={of: personal})


@given(data=st.data(), of=offers_)
def test_nothing_is_told_twice_and_low_only_where_it_is(data: st.DataObject, of: str) -> None:
    known = data.draw(books(of))
    told = list(events(offer(of), known, until=NOW + 30 * DAY))
    assert len({(each.at, each.topic) for each in told}) == len(told)
    assert [each.at for each in told] == sorted(each.at for each in told)
    for each in told:
        if each.topic is Topic.LOW:
            assert is_low(offer(of), known, each.at)


@given(data=st.data(), of=offers_, hours=st.integers(0, 200))
def test_what_is_told_does_not_hang_on_when_it_was_planned(
    data: st.DataObject, of: str, hours: int
) -> None:
    """Planned again at any moment before it, the next event is the same."""
    known = data.draw(books(of))
    if is_low(offer(of), known, NOW):
        return
    event = next_event(offer(of), known, scope=Scope.ALL, after=NOW)
    later = NOW + hours * HOUR
    if event is not None and later < event.at:
        assert next_event(offer(of), known, scope=Scope.ALL, after=later) == event


def test_what_states_nothing_can_not_be_watched() -> None:
    assert watchable(offer())
    assert watchable(offer(COLAB))
    silent = offer().model_copy(
        update={
            "quota": offer().quota.model_copy(
                update={"amount": type(offer().quota.amount)(), "rule": None}
            ),
            "session": offer().session.model_copy(
                update={"idle_minutes": type(offer().quota.amount)()}
            ),
            "credits": None,
        }
    )
    assert not watchable(silent)
