from math import sqrt

import pytest

from bot.advice.speed import T4_GB_S, T4_TFLOPS, relative_speed, speed_of_gpus
from bot.catalog.offer import OfferedGpu
from tests.advice.builder import project_catalog

HARDWARE = project_catalog().hardware


def test_a_t4_is_the_measure_as_the_hardware_table_gives_it() -> None:
    t4 = HARDWARE["t4"]
    assert (t4.tensor_tflops, t4.bandwidth_gb_s) == (T4_TFLOPS, T4_GB_S)
    assert relative_speed(t4) == 1


def test_compute_and_bandwidth_weigh_the_same() -> None:
    v100 = relative_speed(HARDWARE["v100-16gb-sxm2"])
    assert v100 == pytest.approx(sqrt(125 / 65 * 900 / 320))


def test_without_tensor_cores_fp32_counts() -> None:
    p100 = relative_speed(HARDWARE["p100-16gb-pcie"])
    assert p100 == pytest.approx(sqrt(9.34 / 65 * 732 / 320))


def test_a_card_without_figures_has_no_speed() -> None:
    assert relative_speed(HARDWARE["rtx-pro-6000-blackwell-half"]) is None


def test_cards_of_one_session_add_up_and_an_open_variant_is_a_range() -> None:
    catalog = project_catalog()
    assert speed_of_gpus(catalog, OfferedGpu(model="T4", count=2)) == (2, 2)
    a100 = speed_of_gpus(catalog, OfferedGpu(model="A100"))
    assert a100.lo == pytest.approx(relative_speed(HARDWARE["a100-40gb-pcie"]))
    assert a100.hi == pytest.approx(relative_speed(HARDWARE["a100-80gb-sxm"]))
