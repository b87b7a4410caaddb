"""The collector of reference cycles, told when there is nothing to collect."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def made_to_stay() -> Generator[None]:
    """Don't look for garbage while the block runs, nor ever in what it made: for a start.

    The collector would go through all modules and the whole catalog again and again as they grow,
    for a tenth of the start; and later, whenever its oldest generation is due, in one go, which
    holds up the loop for some 100 ms. What the block leaves as cyclic garbage stays for good, too.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
