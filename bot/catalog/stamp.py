"""Whether the files of a catalog were touched, without reading them."""

from importlib.resources import files
from pathlib import Path

Stamp = frozenset[tuple[str, int, int]]


def stamp(root: Path | None = None) -> Stamp:
    """Return something that differs once a file came, went or was written to.

    Args:
        root: the folder that holds `offers/` and `hardware/`; by default the one of the package.
    """
    folder = root or Path(str(files("data")))
    found = (file for part in ("offers", "hardware") for file in (folder / part).glob("*.toml"))
    return frozenset(filter(None, map(_of_file, found)))


def _of_file(file: Path) -> tuple[str, int, int] | None:
    try:
        status = file.stat()
    except OSError:  # gone since the folder was listed
        return None
    return str(file), status.st_mtime_ns, status.st_size
