from math import inf

import pytest
from pydantic import ValidationError

from bot.advice.bounds import exactly
from bot.advice.eligible import is_open
from bot.advice.index import OfferIndex
from bot.advice.order import beats
from bot.advice.problems import Trouble
from bot.advice.query import Aim, Query
from bot.advice.reasons import Drawback, Merit
from bot.advice.recommend import Recommendation, recommend
from tests.advice.builder import (
    fact,
    gpu,
    index_of,
    offer,
    project_catalog,
    session,
    weekly,
)


def named(found: Recommendation) -> list[str]:
    return [each.choice.offer.id for each in found.fits]


def to_check(found: Recommendation) -> dict[str, tuple[str, ...]]:
    return {each.choice.offer.id: each.unknown for each in found.may_fit}


def test_closed_paid_and_gpuless_offers_are_never_named() -> None:
    catalog = project_catalog()
    everything = Query(accelerator="any")
    found = recommend(OfferIndex(catalog), everything, limit=1000)
    assert found.fits
    for each in (*found.fits, *found.may_fit):
        assert is_open(each.choice.offer)
    made = index_of(
        offer("closed", status=fact("closed_to_new")),
        offer("unsure", status=fact("unknown")),
        offer("paid", paid_comparison_only=True),
        offer("billed", not_free={"en": "billed", "zh": "收费"}),
        offer(
            "credit-without-gpu",
            kind=fact("trial-credits"),
            gpus=[],
            not_free={"en": "-", "zh": "-"},
        ),
        offer("good"),
    )
    answer = recommend(made, everything)
    assert named(answer) == ["good"]
    assert not answer.may_fit


def test_unknown_never_passes_and_stands_apart_with_what_is_unknown() -> None:
    index = index_of(
        offer("silent"),
        offer("free", access={"card": fact(False)}),
        offer("asks", access={"card": fact(True)}),
    )
    found = recommend(index, Query(card=False))
    assert named(found) == ["free"]
    assert to_check(found) == {"silent": ("card",)}


def test_less_memory_than_advertised_is_certain_and_more_is_not() -> None:
    index = index_of(offer("unmeasured", gpus=[gpu("RTX 4090", vram_gb=24)]))
    assert to_check(recommend(index, Query(min_vram_gib=23))) == {"unmeasured": ("min_vram_gib",)}
    failed = recommend(index, Query(min_vram_gib=24))
    assert not failed.fits
    assert not failed.may_fit


def test_one_card_has_to_meet_all_that_is_asked_of_cards() -> None:
    index = index_of(offer("two", gpus=[gpu("V100 16GB"), gpu("L4"), gpu("H200")]))
    (fit,) = recommend(index, Query(min_vram_gib=14, max_vram_gib=40, bf16=True)).fits
    assert fit.choice.cards == ("L4",)
    split = index_of(offer("split", gpus=[gpu("V100 16GB"), gpu("L4", count=2)]))
    assert not recommend(split, Query(gpus=("V100",), min_gpus=2)).fits


def test_of_cards_that_come_by_chance_the_worst_counts() -> None:
    cards = [gpu("T4", assigned="best-effort"), gpu("L4", assigned="best-effort")]
    index = index_of(offer("luck", gpus=cards))
    assert named(recommend(index, Query(min_vram_gib=13))) == ["luck"]
    assert to_check(recommend(index, Query(min_vram_gib=20))) == {"luck": ("min_vram_gib",)}
    assert to_check(recommend(index, Query(bf16=True))) == {"luck": ("bf16",)}


def test_card_names_are_exact_and_families_mean_all_of_them() -> None:
    index = index_of(
        offer("a10", gpus=[gpu("A10")]), offer("a100", gpus=[gpu("A100 40GB")]), offer("t4")
    )
    assert named(recommend(index, Query(gpus=("a10",)))) == ["a10"]
    assert named(recommend(index, Query(gpus=("A100",)))) == ["a100"]
    assert set(named(recommend(index, Query(gpus=("Ampere",))))) == {"a10", "a100"}
    (problem,) = recommend(index, Query(gpus=("A1000",))).problems
    assert (problem.trouble, problem.name) == (Trouble.UNKNOWN_GPU, "A1000")


@pytest.mark.parametrize(
    ("query", "trouble", "wishes"),
    [
        (
            Query(min_vram_gib=24, max_vram_gib=16),
            Trouble.TOO_NARROW,
            ("min_vram_gib", "max_vram_gib"),
        ),
        (Query(gpus=("T4",), min_vram_gib=16), Trouble.CARD_HAS_LESS, ("gpus", "min_vram_gib")),
        (Query(gpus=("H200",), max_vram_gib=80), Trouble.CARD_HAS_MORE, ("gpus", "max_vram_gib")),
        (Query(gpus=("V100",), bf16=True), Trouble.CARD_LACKS_BF16, ("gpus", "bf16")),
        (Query(gpus=("TPU v5e-8",)), Trouble.CARD_IS_OTHER, ("gpus", "accelerator")),
    ],
)
def test_contradictions_are_named_and_nothing_is_searched(
    query: Query, trouble: Trouble, wishes: tuple[str, ...]
) -> None:
    found = recommend(index_of(offer("t4")), query)
    assert [(each.trouble, each.wishes) for each in found.problems] == [(trouble, wishes)]
    assert (found.fits, found.may_fit, found.relaxations) == ((), (), ())


def test_tools_that_no_source_names_are_unknown_and_a_lab_is_a_notebook() -> None:
    index = index_of(offer("lab", interface={"tools": fact(["jupyterlab"])}))
    assert named(recommend(index, Query(tools=("notebook", "jupyter")))) == ["lab"]
    assert to_check(recommend(index, Query(tools=("ssh",)))) == {"lab": ("tools",)}


def test_a_region_passes_only_where_a_source_lists_it() -> None:
    index = index_of(
        offer("us", access={"regions_allowed": ["US"]}),
        offer("not-cn", access={"regions_blocked": ["CN"]}),
        offer("silent"),
    )
    found = recommend(index, Query(region="us"))
    assert named(found) == ["us", "not-cn"]
    assert to_check(found) == {"silent": ("region",)}
    assert named(recommend(index, Query(region="CN"))) == []


def test_hours_a_month_are_twelve_fiftyseconds_of_hours_a_week() -> None:
    index = index_of(offer("w", quota=weekly(12)))
    assert recommend(index, Query(min_hours_per_month=52)).fits
    assert not recommend(index, Query(min_hours_per_month=53)).fits


def test_the_default_order_is_work_per_week_and_what_is_certain_comes_first() -> None:
    index = index_of(
        offer("unpublished", quota={"rule": {"kind": "unpublished"}}),
        offer("few-fast", gpus=[gpu("A100 40GB")], quota=weekly(10)),
        offer("many-slow", quota=weekly(40)),
    )
    assert named(recommend(index, Query())) == ["few-fast", "many-slow", "unpublished"]


@pytest.mark.parametrize(
    ("aim", "first"),
    [(Aim.WORK, "work"), (Aim.SESSION, "long"), (Aim.START, "quick"), (Aim.MEMORY, "big")],
)
def test_each_aim_has_its_own_first(aim: Aim, first: str) -> None:
    none = {
        name: fact(False)
        for name in ("card", "phone", "id_check", "academic_email", "waitlist", "application")
    }
    index = index_of(
        offer("work", quota=weekly(60)),
        offer("long", session=session(24), quota=weekly(1)),
        offer("quick", access=none, quota=weekly(1)),
        offer("big", gpus=[gpu("H200")], quota=weekly(1)),
    )
    found = recommend(index, Query(optimise=aim))
    assert named(found)[0] == first
    assert (found.fits[0].reason.merit, found.fits[0].reason.respect) == (Merit.MOST, aim)


@pytest.mark.parametrize("named", [False, True])
def test_the_length_of_the_week_is_no_figure(named: bool) -> None:
    two = offer("two", gpus=[gpu("T4", count=2)], quota=weekly(30, "floor"))
    query = Query(min_hours_per_week=20) if named else Query()
    (fit,) = recommend(index_of(two), query).fits
    assert fit.reason.figure == (60, inf)


def test_an_offer_that_another_beats_in_all_respects_falls_behind_those_nothing_beats() -> None:
    index = index_of(
        offer("beaten", quota=weekly(30), session=session(10)),
        offer("long", quota=weekly(5), session=session(24)),
        offer("best", quota=weekly(40), session=session(12)),
    )
    found = recommend(index, Query(min_session_hours=2))
    assert named(found) == ["best", "long", "beaten"]
    assert found.fits[1].reason.merit is Merit.LEADS
    assert found.fits[2].against is not None
    assert (found.fits[2].against.drawback, found.fits[2].against.by) == (Drawback.BEATEN, "best")


def test_an_unknown_figure_neither_beats_nor_is_beaten() -> None:
    known, unknown = [exactly(5)], [exactly(None, at_most=168)]
    assert not beats(known, unknown)
    assert not beats(unknown, known)
    assert beats([exactly(168), exactly(2)], [*unknown, exactly(1)])


def test_minutes_a_week_stand_behind_an_unknown_that_may_be_hours() -> None:
    index = index_of(
        offer("minutes", quota=weekly(0.1)),
        offer("unpublished", quota={"rule": {"kind": "unpublished"}}),
        offer("an-hour", quota=weekly(1)),
    )
    assert named(recommend(index, Query())) == ["an-hour", "unpublished", "minutes"]


def test_a_demand_speaks_against_an_offer() -> None:
    index = index_of(offer("asks", access={"phone": fact(True)}, quota=weekly(5)))
    against = recommend(index, Query()).fits[0].against
    assert against is not None
    assert against.drawback is Drawback.PHONE


def test_a_limit_names_the_first_and_still_counts_all() -> None:
    index = index_of(*(offer(f"o{n}", quota=weekly(n + 1)) for n in range(8)))
    whole, short = recommend(index, Query()), recommend(index, Query(), limit=3)
    assert short.fitting == whole.fitting == 8
    assert named(short) == named(whole)[:3]


def test_nonsense_is_refused_before_it_is_a_query() -> None:
    with pytest.raises(ValidationError):
        Query(min_vram_gib=-1)
    with pytest.raises(ValidationError):
        Query(region="Denmark")
