"""What users may ask about their data: how much is there, a copy of it, its end."""

import json
from datetime import UTC
from typing import Final, final

from bot.clock import Clock
from bot.preferences import Preferences
from bot.store.privacy import Erased, Held, PrivacyRepository

FORMAT: Final = "gpu-scout-export"
VERSION: Final = 1
"""Raised when the meaning of what stands in the file changes; new tables and columns don't."""


@final
class Privacy:
    """The data of all users. Every method is for one user, and touches nobody else's."""

    def __init__(self, *, shelf: PrivacyRepository, preferences: Preferences, clock: Clock) -> None:
        self._shelf = shelf
        self._preferences = preferences
        self._clock = clock

    async def held(self, user_id: int) -> Held:
        """Count what is kept about the user."""
        return await self._shelf.held(user_id)

    async def export(self, user_id: int) -> bytes:
        """Return all that is kept about the user as JSON, UTF-8; see docs/privacy-export.md."""
        now = self._clock.now().astimezone(UTC)
        whole = {
            "format": FORMAT,
            "version": VERSION,
            "exported_at": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "user_id": str(user_id),
            "data": await self._shelf.export(user_id),
        }
        return json.dumps(whole, ensure_ascii=False, indent=2).encode()

    async def erase(self, user_id: int) -> Erased:
        """Erase all that is kept about the user, and with it what was still to come."""
        erased = await self._shelf.erase(user_id)
        # Other processes remember choices for a minute at most.
        self._preferences.forget_user(user_id)
        return erased
