"""How much room there is on the disk."""

import shutil
from pathlib import Path
from typing import Final

LEAST_FREE_BYTES: Final = 256 * 2**20
"""Below this the owner is told. A year of reminders of a busy installation is some 100 MB."""
LITTLE_FREE_BYTES: Final = 2**30


def free_bytes(path: Path) -> int:
    """Return the free space where `path` is, or would be made.

    Raises:
        OSError: nobody may look there.
    """
    return shutil.disk_usage(nearest_folder(path)).free


def nearest_folder(path: Path) -> Path:
    """Return the folder of `path`, or the closest one above it that exists."""
    folder = path.absolute().parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder
