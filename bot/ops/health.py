"""Whether the process lives and does its work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol, final

from bot.clock import Clock

TICK_MISSED_AFTER: Final = timedelta(seconds=60)
"""The ticker looks every 15 s at the latest, and starts again within 15 s after it failed."""
_PATIENCE_S: Final = 2.0


class Delivery(Protocol):
    """What is seen of the delivery of this process."""

    @property
    def last_tick_at(self) -> datetime | None:
        """When the table was last looked at with success."""
        ...

    @property
    def token_refused(self) -> bool:
        """Whether delivery stands still because Discord refuses the token."""
        ...


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What `/healthz` answers, and `/owner status` too."""

    live: bool
    """It does its work, or will by itself; where False, somebody has to come."""
    ready: bool
    """Logged in, connected where it should be, and the database answers."""
    delivers: bool
    """Whether delivering is this process's work at all."""
    since_tick_s: float | None
    """Seconds since the reminders were last looked at; None where they never were."""
    oldest_overdue_s: float | None
    """How long the oldest undelivered reminder has been due, 0 for none; None for unknown."""
    problems: tuple[str, ...]
    """Codes of what is wrong: `gateway`, `tick`, `token`, `database`."""

    def as_json(self) -> dict[str, object]:
        """Return plain JSON data."""
        return asdict(self)


@final
class Pulse:
    """Feels it when asked; costs nothing in between."""

    def __init__(
        self,
        *,
        clock: Clock,
        oldest_overdue: Callable[[datetime], Awaitable[datetime | None]],
    ) -> None:
        """Build it.

        Args:
            clock: the present.
            oldest_overdue: asks the database for the oldest due time of what is undelivered.
        """
        self._clock = clock
        self._oldest_overdue = oldest_overdue
        self._born_at = clock.now()
        self.connected: Callable[[], bool] = lambda: False
        """Whether Discord took the login, and the gateway is there where one is wanted."""
        self.delivery: Delivery | None = None
        """None where this process does not deliver."""

    async def feel(self) -> Health:
        """Return how it is now, within a few seconds."""
        now = self._clock.now()
        problems: list[str] = []
        if not self.connected():
            problems.append("gateway")
        overdue_s = await self._overdue_s(now)
        if overdue_s is None:
            problems.append("database")
        since_tick_s, live = None, True
        if self.delivery is not None:
            last = self.delivery.last_tick_at
            since_tick_s = None if last is None else _seconds(now - last)
            live = abs(now - (last or self._born_at)) <= TICK_MISSED_AFTER
            if last is None or not live:
                problems.append("tick")
            if self.delivery.token_refused:
                problems.append("token")
                live = False
        return Health(
            live=live,
            ready=not problems,
            delivers=self.delivery is not None,
            since_tick_s=since_tick_s,
            oldest_overdue_s=overdue_s,
            problems=tuple(problems),
        )

    async def _overdue_s(self, now: datetime) -> float | None:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                oldest = await self._oldest_overdue(now)
        except Exception:  # noqa: BLE001 - whatever it is, the database did not answer
            return None
        return 0.0 if oldest is None else _seconds(now - oldest)


def _seconds(span: timedelta) -> float:
    return max(0.0, round(span.total_seconds(), 3))
