import pytest

from bot.advice.constraints import Change
from bot.advice.query import Query
from bot.advice.unlock import unlock
from tests.advice.builder import fact, gpu, index_of, offer, session, weekly


def test_the_thing_that_opens_most_work_comes_first_with_its_figures() -> None:
    index = index_of(
        offer("open", quota=weekly(5), access={"card": fact(False), "phone": fact(False)}),
        offer("asks-card", quota=weekly(10), access={"card": fact(True), "phone": fact(False)}),
        offer("asks-phone", quota=weekly(30), access={"card": fact(False), "phone": fact(True)}),
        offer("asks-both", quota=weekly(99), access={"card": fact(True), "phone": fact(True)}),
    )
    found = unlock(index, Query(card=False, phone=False))
    assert (found.work, found.fitting) == (5, 1)
    told = [
        (key.change, key.work_gained, [each.offer.id for each in key.opens]) for key in found.keys
    ]
    assert told == [
        (Change("phone", False, True), 30, ["asks-phone"]),
        (Change("card", False, True), 10, ["asks-card"]),
    ]


def test_a_shorter_session_goes_no_further_than_it_gains() -> None:
    index = index_of(
        offer("nine", quota=weekly(10), session=session(9)),
        offer("six", quota=weekly(10), session=session(6)),
        offer("two", session=session(2)),
    )
    (key,) = unlock(index, Query(min_session_hours=12)).keys
    assert key.change == Change("min_session_hours", 12.0, 6.0)
    assert (key.work_gained, key.opened) == (20, 2)


def test_a_faster_card_of_an_offer_that_fits_already_counts_by_what_it_adds() -> None:
    cards = [gpu("T4"), gpu("L40S")]
    index = index_of(offer("both", gpus=cards, quota=weekly(10)))
    (key,) = unlock(index, Query(max_vram_gib=20)).keys
    assert key.work_gained == pytest.approx(10 * 3.878 - 10, abs=0.01)
    assert key.opened == 0


def test_what_stays_to_be_checked_is_counted_apart() -> None:
    index = index_of(offer("silent", access={"card": fact(True)}, quota=weekly(10)))
    found = unlock(index, Query().empty_handed())
    assert [(key.change.wish, key.opened, key.may_open) for key in found.keys] == [("card", 0, 1)]


def test_empty_handed_keeps_what_was_said() -> None:
    query = Query(phone=True, min_vram_gib=8).empty_handed()
    assert (query.phone, query.card, query.waitlist) == (True, False, False)
    assert query.min_vram_gib == 8


def test_a_contradiction_opens_nothing() -> None:
    found = unlock(index_of(offer("t4")), Query(min_vram_gib=24, max_vram_gib=16))
    assert found.problems
    assert not found.keys
