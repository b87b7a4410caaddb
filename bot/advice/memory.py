"""How much memory of an offered card can be planned with."""

from bot.catalog.catalog import Catalog
from bot.catalog.offer import OfferedGpu


def usable_mib(catalog: Catalog, gpu: OfferedGpu) -> float | None:
    """Return the usable memory of one card in MiB, or None where it was never measured.

    Where the offer names no variant, all that it can be are measured or nothing is known, and the
    least of them counts.
    """
    rows = [row.usable_mib for row in catalog.hardware_of(gpu)]
    known = [mib for mib in rows if mib is not None]
    return min(known) if known and len(known) == len(rows) else None
