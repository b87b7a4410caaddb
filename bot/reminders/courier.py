"""Who carries a message to Discord."""

from typing import Protocol

from bot.reminders.models import Due
from bot.reminders.outcome import Finding, Outcome
from bot.reminders.targets import Target


class Courier(Protocol):
    """Carries one message. Neither method raises for what Discord answered."""

    async def send(self, due: Due, target: Target, nonce: str) -> Outcome:
        """Send the occurrence to the target, with Discord's `enforce_nonce`.

        The caller limits the time; a cancelled send counts as unknown.
        """
        ...

    async def find(self, due: Due, target: Target) -> Finding:
        """Look in the target's latest messages for this occurrence's, by its buttons.

        Asked only for a row in doubt: its nonce may be forgotten, `due.doubt_since` tells from
        when on the message could have been made.
        """
        ...
