"""How often something may be asked: a count in a sliding window, in memory."""

from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Final, final

from bot.clock import Clock

MOST_KEPT: Final = 4096


@final
class Pace:
    """Counts by key, such as a user. A restart forgets: nobody is worse off for it."""

    def __init__(self, *, clock: Clock, most: int, within: timedelta) -> None:
        self._clock = clock
        self._most = most
        self._within = within
        self._taken: dict[Hashable, deque[datetime]] = {}

    def allows(self, key: Hashable) -> bool:
        """Say whether one more is allowed now, and count it where it is."""
        now = self._clock.now()
        if len(self._taken) >= MOST_KEPT and key not in self._taken:
            self._forget(now)
        taken = self._taken.setdefault(key, deque())
        while taken and not timedelta() <= now - taken[0] < self._within:
            taken.popleft()
        if len(taken) >= self._most:
            return False
        taken.append(now)
        return True

    def _forget(self, now: datetime) -> None:
        """Drop those whose last one is too old to count; all of them where none is."""
        old = [
            key
            for key, taken in self._taken.items()
            if not taken or now - taken[-1] >= self._within
        ]
        for key in old or list(self._taken):
            del self._taken[key]
