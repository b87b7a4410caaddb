import pytest

from bot.advice.memory import (
    LEAST_SHARE,
    MIB_PER_GIB,
    usable_gib,
    usable_gib_of_chip,
    usable_mib,
    whole_gib,
)
from bot.catalog.load import load_catalog
from bot.catalog.offer import OfferedGpu, OfferedTpu


def test_usable_memory_is_known_where_it_was_measured_and_less_than_advertised() -> None:
    catalog = load_catalog()
    known = {
        gpu.model: (usable, gpu.vram_gb)
        for offer in catalog.offers.values()
        for gpu in offer.gpus
        if (usable := usable_mib(catalog, gpu)) is not None
    }
    assert any("T4" in model for model in known)
    for usable, advertised in known.values():
        assert usable > 0
        assert advertised is None or usable < advertised * 1024


def test_a_card_that_was_never_measured_has_no_usable_memory() -> None:
    catalog = load_catalog()
    unmeasured = [
        gpu
        for offer in catalog.offers.values()
        for gpu in offer.gpus
        if any(row.usable_mib is None for row in catalog.hardware_of(gpu))
    ]
    assert unmeasured
    assert all(usable_mib(catalog, gpu) is None for gpu in unmeasured)


def test_of_several_variants_the_least_counts() -> None:
    catalog = load_catalog()
    for offer in catalog.offers.values():
        for gpu in offer.gpus:
            usable = usable_mib(catalog, gpu)
            if usable is not None:
                assert all(usable <= (row.usable_mib or 0) for row in catalog.hardware_of(gpu))


def test_no_measured_card_leaves_less_of_its_memory_than_is_assumed() -> None:
    measured = [
        row.usable_mib / MIB_PER_GIB / (row.vram_gb / row.count)
        for row in load_catalog().hardware.values()
        if row.usable_mib is not None and row.vram_gb is not None and row.count
    ]
    assert measured
    assert LEAST_SHARE <= min(measured) < LEAST_SHARE + 0.01


def test_of_an_advertised_size_a_part_is_certain_and_the_whole_is_never_there() -> None:
    catalog = load_catalog()
    card = OfferedGpu(model="MI300X", vram_gb=192)
    low, high = usable_gib(catalog, card)
    assert (low, high) == (pytest.approx(163.2), pytest.approx(192))
    assert high < 192 == whole_gib(catalog, card)
    assert usable_gib_of_chip(OfferedTpu(model="x", chips=8, hbm_gb_total=128)).lo == 13.6


def test_of_several_variants_the_bounds_hold_for_each() -> None:
    catalog = load_catalog()
    either = OfferedGpu(model="A100")
    low, high = usable_gib(catalog, either)
    assert low == 39_500 / MIB_PER_GIB
    assert high == pytest.approx(80)
    assert whole_gib(catalog, either) == 80


def test_a_card_without_a_size_is_no_larger_than_the_largest_that_is_known() -> None:
    catalog = load_catalog()
    stranger = OfferedGpu(model="a card of tomorrow")
    largest = max(row.vram_gb or 0 for row in catalog.hardware.values() if row.kind == "gpu")
    low, high = usable_gib(catalog, stranger)
    assert low == 0
    assert high < largest == whole_gib(catalog, stranger)
