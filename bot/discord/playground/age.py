"""When a message with "in 6 hours" in it has to be drawn again."""

from collections.abc import Iterator
from datetime import datetime
from typing import cast

Stamps = tuple[int, ...]  # Unix times, in seconds

# The units of the page's relative times: (up to so many seconds, one step in seconds). Below a
# minute the words change each second; a step of 10 s spares the reader a flickering message.
STEPS = ((60, 10), (3600, 60), (86_400, 3600))
LONGEST_STEP = 86_400


def relative_stamps(message: object) -> Stamps:
    """Return the instants that a projected message shows relative to now (`<t:…:R>`)."""
    return tuple(_relative(message))


def ages(stamps: Stamps, now: datetime) -> list[int]:
    """Return numbers that change when the words for the stamps do."""
    return [_age(stamp - now.timestamp()) for stamp in stamps]


def _age(seconds: float) -> int:
    step = next((step for limit, step in STEPS if abs(seconds) < limit), LONGEST_STEP)
    # In seconds again, so that 50 seconds and 50 minutes are not the same number.
    return round(seconds / step) * step


def _relative(node: object) -> Iterator[int]:
    if isinstance(node, dict):
        token = cast("dict[str, object]", node)
        if token.get("type") == "timestamp" and token.get("style") == "R":
            yield int(cast("int", token["unix"]))
        else:
            for inner in token.values():
                yield from _relative(inner)
    elif isinstance(node, list):
        for inner in cast("list[object]", node):
            yield from _relative(inner)
