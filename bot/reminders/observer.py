"""Whoever watches deliveries from outside, such as metrics."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol, final

from typing_extensions import override

from bot.reminders.policy import Step


class DeliveryObserver(Protocol):
    """Is told of each answer to a send, on the event loop: it must be quick, and never raise."""

    def followed(self, step: Step, *, late: timedelta) -> None:
        """Take note of what follows an answer, and how long after its due time it came."""
        ...


@final
class Unobserved(DeliveryObserver):
    """Nobody watches."""

    @override
    def followed(self, step: Step, *, late: timedelta) -> None:
        """Take no note."""
