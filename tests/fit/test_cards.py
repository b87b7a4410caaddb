import pytest

from bot.advice.index import OfferIndex
from bot.advice.query import Query
from bot.advice.recommend import recommend
from bot.catalog.catalog import Catalog
from bot.fit.cards import cards_named, offer_fits, per_card, room_of_card
from bot.fit.constraint import constraint_gib, rounded_need
from bot.fit.diffusion import Figure, load_diffusion_models
from bot.fit.errors import FitError
from bot.fit.estimate import estimate
from bot.fit.models import Models
from bot.fit.reading import read
from bot.fit.request import Method
from bot.fit.training import Peak
from bot.fit.verdict import MIB, Verdict
from bot.fit.workload import figure_gib

GIB = 2**30


@pytest.mark.parametrize(
    "name", ["T4", "tesla t4", "Tesla T4", "NVIDIA T4", "NVIDIA Tesla T4 16GB"]
)
def test_a_card_is_found_as_makers_and_drivers_spell_it(catalog: Catalog, name: str) -> None:
    room = room_of_card(catalog, name)
    assert room.measured
    assert room.least == 14_000


@pytest.mark.parametrize("name", ["2x T4", "2xT4", "T4 x2", "T4*2", "双 T4", "4 × T4"])
def test_several_cards_are_asked_about_as_the_one_that_a_copy_of_the_run_has(
    catalog: Catalog, name: str
) -> None:
    assert room_of_card(catalog, name) == room_of_card(catalog, "T4")


def test_names_that_are_near_each_other_are_different_cards(catalog: Catalog) -> None:
    assert room_of_card(catalog, "A10").most < room_of_card(catalog, "A100").most
    for name in ("T400", "A1000", "Kaggle", ""):
        with pytest.raises(FitError):
            room_of_card(catalog, name)


def test_a_size_of_memory_is_a_card_that_nobody_measured(catalog: Catalog) -> None:
    room = room_of_card(catalog, "24 GB")
    assert not room.measured
    assert room.most == pytest.approx(24 * 1024)
    assert room.verdict(room.most * MIB) is Verdict.TIGHT
    assert room.verdict(room.least * MIB * 0.9) is Verdict.FITS


@pytest.mark.parametrize("name", ["24", "24 GiB", "24 GB VRAM"])
def test_a_number_alone_is_a_size_of_memory(catalog: Catalog, name: str) -> None:
    assert room_of_card(catalog, name) == room_of_card(catalog, "24 GB")


@pytest.mark.parametrize(
    ("name", "gigabytes"), [("RTX 3060 12GB", 12), ("4070 ti super 16 gb", 16), ("V100 32GB", 32)]
)
def test_the_memory_in_a_name_counts_where_no_such_card_is_known(
    catalog: Catalog, name: str, gigabytes: int
) -> None:
    assert room_of_card(catalog, name) == room_of_card(catalog, f"{gigabytes} GB")


@pytest.mark.parametrize("name", ["0", "0 GB", "-5 GB", "RTX 3060", "1000000 GB"])
def test_no_card_has_no_memory_or_a_million(catalog: Catalog, name: str) -> None:
    with pytest.raises(FitError):
        room_of_card(catalog, name)


def test_the_bounds_of_a_verdict_are_a_tenth_below_and_above_the_usable_memory(
    catalog: Catalog,
) -> None:
    t4 = room_of_card(catalog, "T4")
    usable = 14_000 * MIB
    assert t4.verdict(usable * 0.9) is Verdict.FITS
    assert t4.verdict(usable * 0.9 + 1) is Verdict.TIGHT
    assert t4.verdict(usable * 1.1) is Verdict.TIGHT
    assert t4.verdict(usable * 1.1 + 1) is Verdict.DOES_NOT_FIT


def test_two_t4s_of_kaggle_take_a_model_only_when_it_is_split(catalog: Catalog) -> None:
    peak = Peak(weights=16 * GIB, activations=1 * GIB)
    [kaggle] = [
        each
        for each in offer_fits(OfferIndex(catalog), peak)
        if each.offer.id == "kaggle-notebooks-gpu"
    ]
    assert kaggle.gpus == 2
    assert kaggle.verdict is Verdict.DOES_NOT_FIT
    assert kaggle.split is Verdict.FITS
    assert per_card(peak, 2) == 9 * GIB


def test_each_offer_is_named_once_and_those_that_fit_come_first(catalog: Catalog) -> None:
    fits = offer_fits(OfferIndex(catalog), Peak(weights=20 * GIB))
    ids = [each.offer.id for each in fits]
    assert len(set(ids)) == len(ids)
    verdicts = [list(Verdict).index(each.verdict) for each in fits]
    assert verdicts == sorted(verdicts)
    assert set(verdicts) == {0, 2}


def test_training_that_is_split_over_cards_never_fits_for_certain(catalog: Catalog) -> None:
    fits = offer_fits(OfferIndex(catalog), Peak(weights=10 * GIB, gradients=6 * GIB))
    [kaggle] = [each for each in fits if each.offer.id == "kaggle-notebooks-gpu"]
    assert kaggle.verdict is Verdict.DOES_NOT_FIT
    assert kaggle.split is Verdict.TIGHT


RUNS = (
    {"model": "7B", "method": "qlora"},
    {"model": "7B"},
    {"model": "13B", "method": "lora", "seq_len": 4096},
    {"model": "32B", "method": "qlora"},
    {"model": "70B", "quant": "nf4"},
    {"model": "7B", "method": "full"},
    {"model": "70B", "method": "full"},
    {"model": "7B", "method": "qlora", "seq_len": 400_000},
)


@pytest.mark.parametrize("run", RUNS, ids=str)
def test_a_recommendation_names_the_offers_that_a_run_fits_on(
    catalog: Catalog, models: Models, run: dict[str, object]
) -> None:
    wanted = read(run, models)
    need = constraint_gib(wanted)
    assert need is not None
    _agree(catalog, estimate(wanted.architecture, wanted.run), need)


def test_a_recommendation_names_the_offers_that_a_published_figure_fits_on(
    catalog: Catalog,
) -> None:
    figures = [figure for model in load_diffusion_models().rows for figure in model.figure]
    for figure in figures:
        _agree(catalog, figure, rounded_need(figure_gib(figure)))


def _agree(catalog: Catalog, need: Peak | Figure, asked_gib: float) -> None:
    index = OfferIndex(catalog)
    every = len(catalog.offers)
    found = recommend(index, Query(min_vram_gib=asked_gib), limit=every)
    fitting = {each.choice.offer.id for each in found.fits}
    by_verdict: dict[Verdict, set[str]] = {verdict: set() for verdict in Verdict}
    for each in offer_fits(index, need):
        by_verdict[each.verdict].add(each.offer.id)
    assert fitting == by_verdict[Verdict.FITS]
    # What may do for a request that leaves room to spare is never hopeless without it.
    open_ = {each.choice.offer.id for each in found.may_fit}
    assert not open_ & by_verdict[Verdict.DOES_NOT_FIT]


def test_no_single_card_may_fit_what_is_larger_than_every_card(catalog: Catalog) -> None:
    found = recommend(OfferIndex(catalog), Query(min_vram_gib=999), limit=len(catalog.offers))
    assert not found.fits
    assert all(not each.choice.cards for each in found.may_fit)


def test_a_measured_figure_over_the_whole_card_does_not_fit_and_an_estimate_may(
    catalog: Catalog,
) -> None:
    (sdxl,) = [row for row in load_diffusion_models().rows if row.id == "sdxl"]
    figure = sdxl.figures(Method.INFERENCE)[0]
    assert figure.bytes > 8 * GIB
    eight = room_of_card(catalog, "8 GB")
    assert eight.judge(figure) is Verdict.DOES_NOT_FIT
    assert eight.judge(Peak(weights=figure.bytes)) is Verdict.TIGHT
    assert room_of_card(catalog, "9 GB").judge(figure) is Verdict.TIGHT
    # Of a measured card the whole counts too, and not a tenth above what is usable.
    a100 = room_of_card(catalog, "A100 40GB")
    big = figure.model_copy(update={"memory": 41.0, "unit": "GiB"})
    assert a100.judge(big) is Verdict.DOES_NOT_FIT
    assert a100.judge(big.model_copy(update={"memory": 39.0})) is Verdict.TIGHT


@pytest.mark.parametrize(
    ("name", "count"), [("T4", 1), ("T4 x2", 2), ("4x L4", 4), ("双 T4", 2), ("24 GB", 1)]
)
def test_a_name_says_how_many_cards_there_are(name: str, count: int) -> None:
    assert cards_named(name) == count
