"""How fast a card is, as a multiple of a T4: one number to weigh hours by.

Training moves between two limits: arithmetic (large matrix products) and memory bandwidth
(everything else). This is the roofline model of Williams, Waterman and Patterson, "Roofline: an
insightful visual performance model for multicore architectures", CACM 52(4), 2009. Which limit
holds depends on the program, which is unknown here; so both ratios weigh the same, and ratios are
averaged geometrically (Fleming and Wallace, "How not to lie with statistics: the correct way to
summarize benchmark results", CACM 29(3), 1986):

    speed = sqrt(compute / compute of a T4 * bandwidth / bandwidth of a T4)

`compute` is dense FP16/BF16 on tensor cores, or FP32 where the table knows no tensor cores. The
result is an estimate from data sheets, not a benchmark: right for an order, wrong for a promise.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Final

from bot.advice.bounds import UNKNOWN, Bounds, exactly, hull
from bot.catalog.catalog import Catalog
from bot.catalog.hardware import Hardware
from bot.catalog.offer import OfferedGpu, OfferedTpu

# NVIDIA T4 Tensor Core GPU, data sheet of 2019: dense FP16 and memory bandwidth.
T4_TFLOPS: Final = 65.0
T4_GB_S: Final = 320.0


def relative_speed(row: Hardware) -> float | None:
    """Return the speed of a whole row (all its chips) relative to one T4; None: unknown."""
    compute = row.fp32_tflops if row.tensor_tflops is None else row.tensor_tflops
    if compute is None or row.bandwidth_gb_s is None:
        return None
    return sqrt(compute / T4_TFLOPS * row.bandwidth_gb_s / T4_GB_S)


def speed_of_gpus(catalog: Catalog, gpu: OfferedGpu) -> Bounds:
    """Return the speed of all cards that one session has; of one where their number is unknown.

    Cards are added up, as if work divided without loss.
    """
    return _of_rows(catalog.hardware_of(gpu)).by(gpu.count or 1)


def speed_of_tpu(catalog: Catalog, tpu: OfferedTpu) -> Bounds:
    """Return the speed of all chips of the slice; as listed where their number is unknown."""
    rows = catalog.gpu_names.rows(tpu.model)
    if tpu.chips is None:
        return _of_rows(rows)
    return hull(_of_rows([row]).by(tpu.chips / row.count) for row in rows if row.count)


def _of_rows(rows: Sequence[Hardware]) -> Bounds:
    """Return the bounds over all rows that the card can be."""
    if not rows:
        return UNKNOWN
    return hull(exactly(relative_speed(row)) for row in rows)
