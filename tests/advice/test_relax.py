from collections.abc import Iterator
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.constraints import Change
from bot.advice.index import OfferIndex
from bot.advice.query import Query
from bot.advice.recommend import recommend
from bot.advice.relax import Relaxation, minimal_moves, relaxations
from bot.advice.search import search
from bot.catalog.offer import Offer
from tests.advice.builder import catalog_of, fact, gpu, index_of, offer, session, weekly

MAYBE = st.sampled_from([True, False, None])
DROPPED: dict[str, Any] = {
    "accelerator": "any",
    "min_vram_gib": None,
    "min_session_hours": None,
    "min_hours_per_week": None,
    "bf16": False,
    "background": False,
    "card": True,
    "phone": True,
}
ASKING = Query(
    min_vram_gib=20,
    min_session_hours=9,
    min_hours_per_week=20,
    bf16=True,
    background=True,
    card=False,
    phone=False,
)


@st.composite
def offers(draw: st.DrawFn) -> list[Offer]:
    models = st.sampled_from(["T4", "V100", "L4", "A10", "RTX 4090", "A100", "H200", "Ascend 910"])
    assigned = st.sampled_from(["choice", "best-effort"])
    amount = st.none() | st.integers(1, 40).map(float)
    made: list[Offer] = []
    for number in range(draw(st.integers(1, 6))):
        cards = draw(st.lists(st.builds(gpu, models, assigned=assigned), max_size=3))
        hours = draw(amount)
        made.append(
            offer(
                f"o{number}",
                gpus=cards,
                session={"limit_hours": fact(draw(amount)), "background": fact(draw(MAYBE))},
                quota={}
                if hours is None
                else weekly(hours, draw(st.sampled_from(["exact", "floor"]))),
                access={"card": fact(draw(MAYBE)), "phone": fact(draw(MAYBE))},
            )
        )
    return made


def subsets() -> Iterator[frozenset[str]]:
    for size in range(len(DROPPED) + 1):
        yield from map(frozenset, combinations(DROPPED, size))


def smallest(sets: set[frozenset[str]]) -> set[frozenset[str]]:
    return {each for each in sets if not any(other < each for other in sets)}


def wishes_of(way: Relaxation) -> frozenset[str]:
    return frozenset(each.wish for each in way.changes) | frozenset(way.checks)


@settings(max_examples=150, deadline=None)
@given(offers())
def test_the_minimal_sets_are_those_that_trying_all_subsets_finds(made: list[Offer]) -> None:
    index = OfferIndex(catalog_of(made))
    found: set[frozenset[str]] = set()
    for given_up in subsets():  # Smaller ones come first, so that only minimal ones are tried on.
        if any(each <= given_up for each in found):
            continue
        query = ASKING.model_copy(update={name: DROPPED[name] for name in given_up})
        if recommend(index, query).fits:
            found.add(given_up)
    moves = minimal_moves(search(index, ASKING))
    assert smallest({each.changes | each.checks for each in moves}) == found


@settings(max_examples=150, deadline=None)
@given(offers())
def test_each_relaxation_does_what_it_says_and_needs_all_of_it(made: list[Offer]) -> None:
    index = OfferIndex(catalog_of(made))
    found = search(index, ASKING)
    if found.fitting:
        return
    ways = relaxations(found, limit=1000)
    moves = {each.changes | each.checks for each in minimal_moves(found)}
    assert smallest({wishes_of(each) for each in ways}) == smallest(moves)
    assert [each.cost for each in ways] == sorted(each.cost for each in ways)
    for way in ways:
        after = recommend(index, way.query, limit=1000)
        assert way.changes
        assert way.unlocked == len(way.unlocks) > 0
        fitting = {each.choice.offer.id for each in after.fits}
        unlocked = {each.id for each in way.unlocks}
        if way.checks:
            open_then = {each.choice.offer.id: set(each.unknown) for each in after.may_fit}
            assert all(name in open_then or name in fitting for name in unlocked)
        else:
            assert unlocked == fitting
            for part in way.changes:
                others = [each for each in way.changes if each is not part]
                assert not search(index, _changed(others)).fitting


def _changed(changes: list[Change]) -> Query:
    update = {
        each.wish: DROPPED[each.wish] if each.offered is None else each.offered for each in changes
    }
    return ASKING.model_copy(update=update)


def test_the_distance_is_told_and_the_cheapest_way_comes_first() -> None:
    none = {"card": fact(False), "phone": fact(False)}
    index = index_of(
        offer("short", gpus=[gpu("H200")], session=session(9), access=none),
        offer("small", session=session(12), access=none),
        offer("asks", gpus=[gpu("H200")], session=session(12), access=none | {"card": fact(True)}),
    )
    found = recommend(index, Query(min_vram_gib=24, min_session_hours=12, card=False, phone=False))
    told = [(each.changes, [offer.id for offer in each.unlocks]) for each in found.relaxations]
    assert told == [
        ((Change("min_session_hours", 12.0, 9.0),), ["short"]),
        ((Change("min_vram_gib", 24.0, 13.6),), ["small"]),
        ((Change("card", False, True),), ["asks"]),
    ]


def test_the_nearest_value_is_asked_for_and_more_may_fit_then() -> None:
    index = index_of(
        offer("near", gpus=[gpu("L40S")]), offer("far"), offer("as-near", gpus=[gpu("L40S")])
    )
    (way,) = recommend(index, Query(min_vram_gib=80)).relaxations
    assert way.changes == (Change("min_vram_gib", 80.0, 44.9),)
    assert {each.id for each in way.unlocks} == {"near", "as-near"}


def test_a_floor_can_be_asked_for_though_more_may_be_given() -> None:
    index = index_of(offer("kaggle-like", quota=weekly(30, "floor")))
    found = recommend(index, Query(min_hours_per_week=40))
    assert [each.unknown for each in found.may_fit] == [("min_hours_per_week",)]
    (way,) = found.relaxations
    assert way.changes == (Change("min_hours_per_week", 40.0, 30.0),)


def test_what_is_unknown_is_to_be_asked_and_not_lowered() -> None:
    index = index_of(offer("silent", access={"card": fact(True)}))
    (way,) = recommend(index, Query(card=False, min_session_hours=5)).relaxations
    assert way.changes == (Change("card", False, True),)
    assert way.checks == ("min_session_hours",)
    assert way.query == Query(min_session_hours=5)


def test_a_wish_that_nobody_can_answer_is_a_way_out_when_it_is_given_up() -> None:
    index = index_of(offer("silent"), offer("blocked", access={"regions_blocked": ["DE"]}))
    found = recommend(index, Query(region="DE", commercial_use=True))
    assert not found.fits
    assert found.open
    (way,) = found.relaxations
    assert way.changes == (Change("region", "DE", None), Change("commercial_use", True, False))
    assert not way.checks
    assert {each.id for each in way.unlocks} == {"silent", "blocked"}


def test_where_something_fits_nothing_is_relaxed() -> None:
    assert not recommend(index_of(offer("t4")), Query(min_vram_gib=10)).relaxations
