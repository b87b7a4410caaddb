from bot.catalog.catalog import Catalog


def test_a_t4_shows_less_than_it_is_sold_with_and_one_plans_with_less_again(
    catalog: Catalog,
) -> None:
    [t4] = catalog.gpu_names.rows("T4")
    assert t4.usable is not None
    assert (t4.vram_gb, t4.usable.device_mib, t4.usable_mib) == (16, 14912, 14000)


def test_memory_that_nobody_measured_is_unknown_and_not_the_advertised_figure(
    catalog: Catalog,
) -> None:
    [card] = catalog.gpu_names.rows("RTX PRO 6000 Blackwell")
    assert (card.vram_gb, card.usable_mib) == (96, None)


def test_two_t4_are_not_one_card_of_twice_the_memory(catalog: Catalog) -> None:
    [pair] = catalog.gpu_names.rows("T4 x2")
    assert (pair.count, pair.usable_mib) == (2, None)
