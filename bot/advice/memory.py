"""How much memory of an offered card can be planned with.

The one place that says what is usable of a card that nobody measured: recommendations, comparisons
and the verdicts of `bot/fit` all ask here, so that they can't contradict each other.
"""

from math import inf, nextafter
from typing import Final

from bot.advice.bounds import UNKNOWN, Bounds, exactly, hull
from bot.catalog.catalog import Catalog
from bot.catalog.hardware import Hardware
from bot.catalog.offer import Offer, OfferedGpu, OfferedTpu

MIB_PER_GIB = 1024
LEAST_SHARE: Final = 0.85
"""Of what a card is advertised with (GB taken as GiB), the least that is usable.

No measured card of the hardware table has a smaller share: a T4 of "16 GB" has 14,000 of 16,384
MiB, which are 85.4 %, and the others have 92 to 96 %.
"""


def main_card(offer: Offer) -> OfferedGpu | None:
    """Return the card with the most memory, which stands for the offer; None where it has none."""
    return max(offer.gpus, key=lambda gpu: gpu.vram_gb or 0, default=None)


def usable_mib(catalog: Catalog, gpu: OfferedGpu) -> float | None:
    """Return the usable memory of one card in MiB, or None where it was never measured.

    Where the offer names no variant, all that it can be are measured or nothing is known, and the
    least of them counts.
    """
    rows = [row.usable_mib for row in catalog.hardware_of(gpu)]
    known = [mib for mib in rows if mib is not None]
    return min(known) if known and len(known) == len(rows) else None


def usable_gib(catalog: Catalog, gpu: OfferedGpu) -> Bounds:
    """Return the bounds of the usable memory of one card, in GiB.

    They meet where it was measured; else see `usable_of`. Of a card that the table has no size of,
    nothing is certain but that it is no larger than the largest of the table, which holds the
    largest cards that are given away.
    """
    rows = catalog.hardware_of(gpu)
    if not rows and gpu.vram_gb is None:
        return exactly(None, at_most=_below(largest_gb(catalog)))
    return hull(_of_row(row, gpu.vram_gb) for row in rows) if rows else usable_of(gpu.vram_gb)


def usable_of(advertised_gb: float | None) -> Bounds:
    """Return the bounds of the usable memory of a card that nobody measured, in GiB.

    What makers call 24 GB is 24 GiB before ECC and the driver take their share (an L4 of "24 GB"
    has 22.46 GiB left, more than 24 * 10^9 bytes would be), so that it is less than that, and at
    least `LEAST_SHARE` of it.
    """
    if advertised_gb is None:
        return UNKNOWN
    return Bounds(LEAST_SHARE * advertised_gb, _below(advertised_gb))


def usable_gib_of_chip(tpu: OfferedTpu) -> Bounds:
    """Return the bounds of the memory of one TPU chip, in GiB; no chip was measured yet."""
    if tpu.hbm_gb_total is None or not tpu.chips:
        return UNKNOWN
    return usable_of(tpu.hbm_gb_total / tpu.chips)


def whole_gib(catalog: Catalog, gpu: OfferedGpu) -> float:
    """Return all the memory that one card may have, in GiB: nothing larger ever runs on it."""
    if gpu.vram_gb is not None:
        return gpu.vram_gb
    sizes = [_size_gb(row) for row in catalog.hardware_of(gpu)]
    known = [size for size in sizes if size is not None]
    return max(known) if known and len(known) == len(sizes) else largest_gb(catalog)


def largest_gb(catalog: Catalog) -> float:
    """Return the size of the largest card of the hardware table, in GB."""
    rows = (row for row in catalog.hardware.values() if row.kind == "gpu")
    return max((_size_gb(row) or 0.0 for row in rows), default=0.0) or inf


def _of_row(row: Hardware, advertised_gb: float | None) -> Bounds:
    if row.usable_mib is not None:
        return exactly(row.usable_mib / MIB_PER_GIB)
    return usable_of(_size_gb(row) if advertised_gb is None else advertised_gb)


def _size_gb(row: Hardware) -> float | None:
    """Return what one card or chip of a row is advertised with."""
    return row.vram_gb / row.count if row.vram_gb is not None and row.count else None


def _below(gigabytes: float) -> float:
    return nextafter(gigabytes, -inf)
