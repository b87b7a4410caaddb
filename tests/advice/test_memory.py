from bot.advice.memory import usable_mib
from bot.catalog.load import load_catalog


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
