"""The memory of a process."""

import subprocess
from pathlib import Path
from typing import Final

_KIB: Final = 1024
_MB: Final = 1e6


def resident_mb(pid: int) -> float:
    """Return the memory of a process in MB.

    On Linux its proportional set: pages that several processes share count for each of them in
    part. Elsewhere its resident set, as `ps` tells it.
    """
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    if rollup.exists():
        line = next(each for each in rollup.read_text().splitlines() if each.startswith("Pss:"))
        kib = line.split()[1]
    else:
        kib = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], check=True, capture_output=True, text=True
        ).stdout
    return int(kib) * _KIB / _MB
