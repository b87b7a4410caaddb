"""What is wrong with a query before any search: wishes that exclude each other, unknown cards."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.advice.memory import MIB_PER_GIB
from bot.advice.query import Query
from bot.advice.wishes import cards_named
from bot.catalog.catalog import Catalog
from bot.catalog.hardware import Hardware


class Trouble(StrEnum):
    """What can be wrong with a query by itself."""

    UNKNOWN_GPU = "unknown-gpu"
    """The catalog knows no such card; names are compared whole and never guessed."""
    TOO_NARROW = "too-narrow"
    """At least more than at most."""
    CARD_HAS_LESS = "card-has-less"
    """No card of these names has so much memory."""
    CARD_HAS_MORE = "card-has-more"
    """Each card of these names has more memory than is wished at most."""
    CARD_LACKS_BF16 = "card-lacks-bf16"
    """No card of these names has native bf16."""
    CARD_IS_OTHER = "card-is-other"
    """A TPU is named where a GPU is wished, or the other way round."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why no offer can ever meet the query: nothing is searched."""

    trouble: Trouble
    wishes: tuple[str, ...]
    """Fields of the query that can't be had together, or the one at fault."""
    name: str | None = None
    """The name that the catalog does not know."""


def problems_of(catalog: Catalog, query: Query) -> tuple[Problem, ...]:
    """Name what contradicts itself, or what is no card."""
    return (*_on_memory(query), *_on_cards(catalog, query))


def _on_memory(query: Query) -> Iterator[Problem]:
    least, most = query.min_vram_gib, query.max_vram_gib
    if least is not None and most is not None and least > most:
        yield Problem(Trouble.TOO_NARROW, ("min_vram_gib", "max_vram_gib"))


def _on_cards(catalog: Catalog, query: Query) -> Iterator[Problem]:
    found = {name: cards_named(catalog, name) for name in query.gpus}
    unheard = [name for name, rows in found.items() if rows is None]
    if unheard:
        yield from (Problem(Trouble.UNKNOWN_GPU, ("gpus",), name) for name in unheard)
        return
    rows = [row for named in found.values() for row in named or ()]
    if not rows or any(not named for named in found.values()):
        return  # Nothing is certain of a card without figures.
    if query.accelerator != "any" and all(row.kind != query.accelerator for row in rows):
        yield Problem(Trouble.CARD_IS_OTHER, ("gpus", "accelerator"))
    if query.min_vram_gib is not None and all(_has_less(row, query.min_vram_gib) for row in rows):
        yield Problem(Trouble.CARD_HAS_LESS, ("gpus", "min_vram_gib"))
    if query.max_vram_gib is not None and all(_has_more(row, query.max_vram_gib) for row in rows):
        yield Problem(Trouble.CARD_HAS_MORE, ("gpus", "max_vram_gib"))
    if query.bf16 and all(row.bf16 is False for row in rows):
        yield Problem(Trouble.CARD_LACKS_BF16, ("gpus", "bf16"))


def _has_less(row: Hardware, need_gib: float) -> bool:
    """Say whether a chip has less for certain: as measured, or because no more is advertised."""
    if row.usable_mib is not None:
        return row.usable_mib / MIB_PER_GIB < need_gib
    return row.vram_gb is not None and row.count > 0 and row.vram_gb / row.count <= need_gib


def _has_more(row: Hardware, limit_gib: float) -> bool:
    return row.usable_mib is not None and row.usable_mib / MIB_PER_GIB > limit_gib
