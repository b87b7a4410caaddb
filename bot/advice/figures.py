"""Readers of an option's figures, one a figure for the whole process.

An index knows a figure by its reader, and two wishes that read the same figure by the same one.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Final, Literal

from bot.advice.bounds import Bounds
from bot.advice.options import MOST_EFFORT, Option, Regions

Quantity = Callable[[Option], Bounds]
Flag = Callable[[Option], bool | None]

vram: Final[Quantity] = attrgetter("vram_gib")
gpus: Final[Quantity] = attrgetter("gpus")
session: Final[Quantity] = attrgetter("session_hours")
idle: Final[Quantity] = attrgetter("idle_minutes")
hours: Final[Quantity] = attrgetter("hours")
work: Final[Quantity] = attrgetter("work")
persistent: Final[Quantity] = attrgetter("persistent_gb")
disk: Final[Quantity] = attrgetter("disk_gb")
ram: Final[Quantity] = attrgetter("ram_gb")

accelerator: Final[Callable[[Option], str | None]] = attrgetter("accelerator")
kind: Final[Callable[[Option], str | None]] = attrgetter("kind")
identities: Final[Callable[[Option], frozenset[str]]] = attrgetter("identities")
tools: Final[Callable[[Option], frozenset[str] | None]] = attrgetter("tools")
regions: Final[Callable[[Option], Regions]] = attrgetter("regions")

NeededFlag = Literal["bf16", "background", "internet", "custom_containers", "commercial_use"]
needed: Final[dict[NeededFlag, Flag]] = {
    "bf16": attrgetter("bf16"),
    "background": attrgetter("background"),
    "internet": attrgetter("internet"),
    "custom_containers": attrgetter("custom_containers"),
    "commercial_use": attrgetter("commercial_use"),
}
"""What a user can need; fields of `Query` and of `Option` are called the same."""

Demand = Literal["card", "phone", "id_check", "academic_email", "waitlist", "application"]
asked: Final[dict[Demand, Flag]] = {
    "card": attrgetter("card"),
    "phone": attrgetter("phone"),
    "id_check": attrgetter("id_check"),
    "academic_email": attrgetter("academic_email"),
    "waitlist": attrgetter("waitlist"),
    "application": attrgetter("application"),
}
"""What an offer can ask of a user; fields of `Query` and of `Option` are called the same."""


def ease(option: Option) -> Bounds:
    """Return how quick the start is: the most effort that there can be, less the option's."""
    return Bounds(MOST_EFFORT - option.effort.hi, MOST_EFFORT - option.effort.lo)
