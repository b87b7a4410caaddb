"""Snowflakes as Discord makes them: milliseconds since 2015, 22 low bits for what shares one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1_420_070_400_000
_INCREMENTS_PER_MS = 1 << 12


class Snowflakes:
    """Issues ids that are unique and strictly rising, even where the clock stands or steps back."""

    def __init__(self, *, now: Callable[[], float]) -> None:
        self._now = now
        self._ms = 0
        self._increment = 0

    def next(self) -> int:
        """Return an id of this moment."""
        ms = int(self._now() * 1000) - DISCORD_EPOCH_MS
        if ms > self._ms:
            self._ms, self._increment = ms, 0
        else:
            self._increment += 1
            if self._increment == _INCREMENTS_PER_MS:
                self._ms, self._increment = self._ms + 1, 0
        return (self._ms << 22) | self._increment

    def next_millisecond(self) -> int:
        """Return an id with a millisecond of its own, so that guilds spread over the shards."""
        self._ms = max(self._ms + 1, int(self._now() * 1000) - DISCORD_EPOCH_MS)
        self._increment = 0
        return self._ms << 22


def created_at(snowflake: int) -> datetime:
    """Return the moment that an id carries, as aware UTC."""
    return datetime.fromtimestamp(((snowflake >> 22) + DISCORD_EPOCH_MS) / 1000, UTC)
