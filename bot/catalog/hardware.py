"""The hardware table: what a card can do, whoever offers it.

GB (10^9 bytes) are what makers advertise; MiB (2^20 bytes) are what a program sees. A "16 GB" T4
shows 14,912 MiB, of which one plans with 14,000. Usable memory is known for measured cards only; of
the others `bot/advice/memory.py` has bounds.
"""

from typing import Annotated, Literal

from pydantic import Field

from bot.catalog.facts import (
    Amount,
    Citations,
    Count,
    Flag,
    Model,
    Source,
    Text,
    Words,
)
from bot.catalog.offer import Identifier

Figure = Literal[
    "vram_gb",
    "bandwidth_gb_s",
    "fp32_tflops",
    "tensor_tflops",
    "fp16_tflops",
    "compute_capability",
    "year",
]


class UsableMemory(Model):
    """Measured memory of one card, in MiB."""

    device_mib: Amount
    """What the driver shows."""
    usable_mib: Amount
    """What one can plan with."""
    sources: Citations = ()


class FigureConflict(Model):
    """Sources of a row that disagree on a figure; the first value is the one that the row holds."""

    field: Figure
    values: Annotated[tuple[Amount, ...], Field(min_length=2)]
    note: Text | None = None


class Hardware(Model):
    """One row: a card, a part of one, or a board or a TPU slice with several chips.

    Figures are totals of the `count` cards or chips of the row, at boost clock, without sparsity.
    The sources are those of the whole row; None is unknown.
    """

    id: Identifier
    name: Words
    kind: Literal["gpu", "tpu"]
    aliases: tuple[Words, ...] = ()
    """Other names that mean exactly this row; compared whole, without case, never fuzzily."""
    count: Count
    vram_gb: Amount | None = None
    bandwidth_gb_s: Amount | None = None
    fp32_tflops: Amount | None = None
    tensor_tflops: Amount | None = None
    """Dense FP16 or BF16 on tensor cores (or a TPU's matrix units)."""
    fp16_tflops: Amount | None = None
    """FP16 without tensor cores."""
    architecture: Words | None = None
    compute_capability: Amount | None = None
    bf16: Flag | None = None
    """Whether bfloat16 is native and not emulated."""
    year: Count | None = None
    note: Text | None = None
    usable: UsableMemory | None = None
    conflicts: tuple[FigureConflict, ...] = ()
    sources: Citations = ()

    @property
    def usable_mib(self) -> float | None:
        """The memory to plan with, in MiB, or None where nobody measured it."""
        return self.usable.usable_mib if self.usable else None


class SharedName(Model):
    """Names that leave open which row is meant ("A100"), or that no row describes (none)."""

    names: Annotated[tuple[Words, ...], Field(min_length=1)]
    may_be: tuple[Identifier, ...]


class HardwareFile(Model):
    """One file of `data/hardware/`."""

    sources: Annotated[dict[Identifier, Source], Field(default_factory=dict)]
    hardware: tuple[Hardware, ...] = ()
    shared_name: tuple[SharedName, ...] = ()
