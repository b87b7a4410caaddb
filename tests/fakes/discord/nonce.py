"""`enforce_nonce`: the same nonce from the same author gives the message that stands already.

Discord: "If true and nonce is present, it will be checked for uniqueness in the past few minutes.
If another message was created by the same author with the same nonce, that message will be
returned and no new message will be created."
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable


class NonceWindow:
    """Remembers (author, nonce) -> message id for `seconds`, counted from the creation."""

    def __init__(self, *, now: Callable[[], float], seconds: float) -> None:
        self.seconds = seconds
        self.repeats = 0
        """How many sends were answered with an existing message."""
        self._now = now
        self._seen: OrderedDict[tuple[int, str], tuple[int, float]] = OrderedDict()

    def find(self, author_id: int, nonce: str) -> int | None:
        """Return the id of the message that carries this nonce, if it is inside the window."""
        seen = self._seen.get((author_id, nonce))
        if seen is None or self._now() - seen[1] > self.seconds:
            return None
        self.repeats += 1
        return seen[0]

    def remember(self, author_id: int, nonce: str, message_id: int) -> None:
        """Record a message that was created with a nonce, enforced or not."""
        now = self._now()
        self._seen[author_id, nonce] = (message_id, now)
        self._seen.move_to_end((author_id, nonce))
        while self._seen:
            key, (_, created) = next(iter(self._seen.items()))
            if now - created <= self.seconds:
                break
            del self._seen[key]
