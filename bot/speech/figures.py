"""Numbers as people read them."""

MIB_PER_GIB = 1024


def plain(number: float) -> str:
    """Return the shortest plain form: `12`, `12.7`, `0.5`; never `12.0` or `1e3`."""
    rounded = round(number, 2)
    return str(int(rounded)) if rounded == int(rounded) else f"{rounded:.2f}".rstrip("0")


def gib(mib: float) -> str:
    """Return MiB as GiB with one decimal place, rounded down: no one is promised memory."""
    return plain(int(mib / MIB_PER_GIB * 10) / 10)
