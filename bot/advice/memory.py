"""How much memory of an offered card can be planned with."""

from math import inf, nextafter

from bot.advice.bounds import UNKNOWN, Bounds, exactly, hull
from bot.catalog.catalog import Catalog
from bot.catalog.hardware import Hardware
from bot.catalog.offer import Offer, OfferedGpu, OfferedTpu

MIB_PER_GIB = 1024


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

    A card that nobody measured has at least nothing and less than is advertised: what makers call
    24 GB is 24 GiB before ECC and the driver take their share (an L4 of "24 GB" has 22.46 GiB left,
    more than 24 * 10^9 bytes would be).
    """
    rows = catalog.hardware_of(gpu)
    if not rows:
        return _below(gpu.vram_gb)
    return hull(_of_row(row, gpu.vram_gb) for row in rows)


def usable_gib_of_chip(tpu: OfferedTpu) -> Bounds:
    """Return the bounds of the memory of one TPU chip, in GiB; no chip was measured yet."""
    if tpu.hbm_gb_total is None or not tpu.chips:
        return UNKNOWN
    return _below(tpu.hbm_gb_total / tpu.chips)


def _of_row(row: Hardware, advertised_gb: float | None) -> Bounds:
    if row.usable_mib is not None:
        return exactly(row.usable_mib / MIB_PER_GIB)
    whole = row.vram_gb / row.count if row.vram_gb is not None and row.count else None
    return _below(whole if advertised_gb is None else advertised_gb)


def _below(advertised_gb: float | None) -> Bounds:
    return UNKNOWN if advertised_gb is None else Bounds(0, nextafter(advertised_gb, -inf))
