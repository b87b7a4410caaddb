"""What somebody asks for: hard wishes, what they can bring, and what the order goes by."""

from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.catalog.offer import Kind, Tool

Accelerators = Literal["gpu", "tpu", "any"]

Quantity = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$", to_upper=True)]
"""An ISO 3166-1 alpha-2 code."""


class Aim(StrEnum):
    """What the order goes by; speech has a word for each."""

    WORK = "work"
    """Usable work per week: hours a week times speed, in hours of one T4."""
    SESSION = "session"
    """The longest session."""
    START = "start"
    """The quickest start: the fewest waits, then the fewest steps."""
    MEMORY = "memory"
    """The most usable memory of one card."""


class Query(BaseModel):
    """One request; what is not set asks for nothing.

    The last six fields say what the user has or accepts; False excludes offers that ask for it, and
    those that nobody has asked about.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    accelerator: Accelerators = "gpu"
    """A TPU needs other programs, so that only who asks for one gets one."""
    gpus: tuple[Name, ...] = ()
    """Names of models, families ("A100") or architectures ("Ampere"); one of them has to be it."""
    min_vram_gib: Quantity | None = None
    """Usable memory of one card."""
    max_vram_gib: Quantity | None = None
    bf16: bool = False
    """Native, not emulated."""
    min_gpus: Annotated[int, Field(ge=1, le=1024)] | None = None
    """Cards in one session."""
    min_session_hours: Quantity | None = None
    min_idle_minutes: Quantity | None = None
    """How long a session must survive without anybody touching it."""
    min_hours_per_week: Quantity | None = None
    min_hours_per_month: Quantity | None = None
    min_persistent_gb: Quantity | None = None
    min_disk_gb: Quantity | None = None
    """Disk during a session."""
    min_ram_gb: Quantity | None = None
    background: bool = False
    internet: bool = False
    custom_containers: bool = False
    commercial_use: bool = False
    tools: tuple[Tool, ...] = ()
    """All of them are needed."""
    kinds: tuple[Kind, ...] = ()
    """One of them has to be it."""
    region: Country | None = None
    """Where the user is."""

    card: bool = True
    phone: bool = True
    id_check: bool = True
    academic_email: bool = True
    waitlist: bool = True
    application: bool = True

    optimise: Aim = Aim.WORK

    def empty_handed(self) -> Self:
        """Return the query of somebody who brings of `ESSENTIALS` only what they said they have."""
        silent = [name for name in ESSENTIALS if name not in self.model_fields_set]
        return self.model_copy(update=dict.fromkeys(silent, False))


HAVES: Final = ("card", "phone", "id_check", "academic_email", "waitlist", "application")
"""The fields that say what the user has or accepts."""
ESSENTIALS: Final = ("card", "phone", "academic_email", "waitlist")
"""What offers usually say of themselves whether they ask for it. Of an identity check or an
application sources speak only where there is one, so that refusing them leaves nearly all unknown.
"""
