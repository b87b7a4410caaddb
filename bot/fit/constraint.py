"""A workload as a wish of a recommendation: the memory that it needs, and why so much."""

from collections.abc import Mapping
from functools import cached_property
from math import ceil, floor, log10
from typing import Final

from bot.advice.query import Query
from bot.fit.diffusion import DiffusionModels, load_diffusion_models
from bot.fit.errors import NoWorkloadError
from bot.fit.models import Models, load_models
from bot.fit.report import Json, derivation, figure_as_json
from bot.fit.workload import Pictured, Workload, needed_gib, sizes_named, workload

_FLOATING: Final = 1e-6
"""Of a step: 0.85 * 16 GiB are 13.6 and not more."""


class WorkloadReader:
    """Reads workloads; the tables are read by the first one."""

    @cached_property
    def models(self) -> Models:
        """The language models."""
        return load_models()

    @cached_property
    def pictures(self) -> DiffusionModels:
        """The image and video models."""
        return load_diffusion_models()

    def read(self, text: str) -> Workload | None:
        """Return the workload that a text names, a model alone being enough."""
        return workload(text, self.models, self.pictures, bare=True)

    def needed(self, text: str) -> tuple[Workload, float]:
        """Return the workload that a text names, and the memory to ask of one card, in GiB.

        Raises:
            NoWorkloadError: the text names none, several, or one that nobody measured.
        """
        wanted = self.read(text)
        if wanted is None:
            raise NoWorkloadError(text, measured=True, sizes=sizes_named(text))
        need = constraint_gib(wanted)
        if need is None:
            raise NoWorkloadError(text, measured=False)
        return wanted, need

    def constrained(self, query: Query, text: str) -> tuple[Query, Mapping[str, Json]]:
        """Return the query with the memory that a workload needs, and the derivation of it.

        Raises:
            NoWorkloadError: the text names none, several, or one that nobody measured.
        """
        wanted, need = self.needed(text)
        said: dict[str, Json] = {"text": text, "min_vram_gib": need}
        if isinstance(wanted, Pictured):
            figures = wanted.model.figures(wanted.method)
            said |= {
                "model": wanted.model.name,
                "method": wanted.method.value,
                "figures": [figure_as_json(each) for each in figures],
            }
        else:
            said |= derivation(wanted)
        return with_memory(query, need), {"workload": said}


def constraint_gib(wanted: Workload) -> float | None:
    """Return the usable memory to ask of one card, in GiB; None: nobody measured it."""
    need = needed_gib(wanted)
    return None if need is None else rounded_need(need)


def rounded_need(gib: float) -> float:
    """Return a need in GiB with the digits that count, rounded up.

    They are tenths below 100, whole GiB up to the size of cards, and two digits above: more would
    say that the estimate is better than it is.
    """
    if gib < 100:
        return round(ceil(gib * 10 - _FLOATING) / 10, 1)
    step = 1 if gib < 1000 else 10 ** (floor(log10(gib)) - 1)
    return ceil(gib / step - _FLOATING) * step


def with_memory(query: Query, need_gib: float) -> Query:
    """Return the query that asks for the memory too; what it asks for already is not lowered."""
    least = max(need_gib, query.min_vram_gib or 0.0)
    return query.model_copy(update={"min_vram_gib": least})
