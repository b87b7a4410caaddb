"""The collector of reference cycles, told when there is nothing to collect."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Generator[None]:
    """Don't look for garbage while the block runs: for a start, which only makes what stays.

    The collector would go through all modules and the whole catalog again and again as they grow,
    for a tenth of the start.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
