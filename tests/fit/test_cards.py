import pytest

from bot.advice.index import OfferIndex
from bot.catalog.catalog import Catalog
from bot.fit.cards import offer_fits, per_card, room_of_card
from bot.fit.errors import FitError
from bot.fit.training import Peak
from bot.fit.verdict import MIB, Verdict

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
    assert room.most == 24 * 1024
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
