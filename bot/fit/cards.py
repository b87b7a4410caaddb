"""Whether a run fits on a card, and on the cards of each offer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Final

from bot.advice.bounds import Bounds
from bot.advice.index import OfferIndex
from bot.advice.memory import MIB_PER_GIB, usable_gib
from bot.advice.options import Option
from bot.catalog.catalog import Catalog
from bot.catalog.names import folded
from bot.catalog.offer import Offer, OfferedGpu
from bot.fit.errors import FitError
from bot.fit.training import Peak
from bot.fit.verdict import MIB, SESSIONS, UNFITTED, Verdict
from bot.fit.words import workload_words

LEAST_SHARE: Final = 0.85
"""Of what a card is advertised with (GB taken as GiB), the least that is usable: a T4 of "16 GB"
has 14,000 of 16,384 MiB, which is the smallest share of all cards that were measured."""

_ADDED: Final = re.compile(r"\b(?:nvidia|amd|geforce|tesla|quadro|sxm\d?|pcie?|hbm\d?e?|gpu|x1)\b")
_SIZE: Final = re.compile(r"\b\d+ ?gi?b\b")
_MEMORY: Final = re.compile(r"(?i)\s*(?P<gb>[1-9]\d{0,2}(?:\.\d)?)\s*(?:gi?b?)?\s*(?:vram)?\s*")
_MEMORY_INSIDE: Final = re.compile(r"(?i)(?<![\d.])(?<!^-)(?P<gb>[1-9]\d{0,2})\s?gi?b?(?![a-z0-9])")

_ROUNDED: Final = 1.0
"""GB; makers round, and so do people."""

_RANK: Final = {Verdict.FITS: 0, Verdict.TIGHT: 1, Verdict.DOES_NOT_FIT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The usable memory of one card, in MiB; the two meet where it was measured."""

    least: float
    most: float

    @property
    def measured(self) -> bool:
        """Whether the usable memory is a measured figure."""
        return self.least == self.most

    def verdict(self, total_bytes: float, margin: float = SESSIONS) -> Verdict:
        """Return whether so many bytes fit; what is not certain is tight.

        Args:
            total_bytes: what a run needs.
            margin: how much nearer to usable memory, as a share of it, nothing is certain; more
                than `UNFITTED` of it counts below alone, as no measured run took that much less.
        """
        if total_bytes <= (1 - margin) * self.least * MIB:
            return Verdict.FITS
        within = total_bytes <= (1 + min(margin, UNFITTED)) * self.most * MIB
        return Verdict.TIGHT if within else Verdict.DOES_NOT_FIT


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFit:
    """One offer with the one of its cards that the run fits best on."""

    option: Option
    """The offer with this card, for its sessions and its quota."""
    room: Room
    verdict: Verdict
    gpus: int
    """Cards in one session."""
    split: Verdict | None
    """The verdict where the model is split over all of them, each with its share of what can be
    shared out; None with one card. Without that, two cards of 16 GB are two copies of the run."""

    @property
    def offer(self) -> Offer:
        """Who offers it."""
        return self.option.offer

    @property
    def cards(self) -> tuple[str, ...]:
        """The model, or several where the provider decides."""
        return self.option.cards


def room_of(usable: Bounds) -> Room | None:
    """Return the room of a card whose usable memory has these bounds, in GiB; None: unknown."""
    if usable.known:
        return Room(least=usable.lo * MIB_PER_GIB, most=usable.hi * MIB_PER_GIB)
    if usable.hi == inf:
        return None
    least = max(usable.lo, LEAST_SHARE * usable.hi)
    return Room(least=least * MIB_PER_GIB, most=usable.hi * MIB_PER_GIB)


def room_of_card(catalog: Catalog, name: str) -> Room:
    """Return the room of a card by its name; of the smallest where several are called so.

    Raises:
        FitError: there is none of that name, or nobody knows its memory.
    """
    known = known_card(catalog, name)
    written = _MEMORY.fullmatch(name) or _MEMORY_INSIDE.search(name)
    if written is not None and not (known and _of_size(catalog, known, float(written["gb"]))):
        # Of "RTX 3060 12GB" the memory is all that has to be known, and a V100 of 32 GB is
        # another card than the one of 16 GB that the table has.
        most = float(written["gb"]) * MIB_PER_GIB
        return Room(least=LEAST_SHARE * most, most=most)
    if known is None:
        raise FitError("gpu-unknown", value=name[:40])
    room = room_of(usable_gib(catalog, OfferedGpu(model=known)))
    if room is None:
        raise FitError("gpu-unmeasured", value=name[:40])
    return room


def _of_size(catalog: Catalog, card: str, gb: float) -> bool:
    """Return whether a card of the catalog is sold with about so many GB, or may be."""
    sizes = [row.vram_gb for row in catalog.gpu_names.rows(card)]
    return any(size is None or abs(size - gb) <= _ROUNDED for size in sizes)


def known_card(catalog: Catalog, name: str) -> str | None:
    """Return the name of the catalog that a card's name means, as the driver may spell it.

    Of several cards ("2x T4") it is the name of one.
    """
    one = workload_words().card.several.sub("", name)
    return next((each for each in _spellings(one) if each in catalog.gpu_names), None)


def _spellings(name: str) -> Iterator[str]:
    """Yield the name, then without what a driver or a maker adds: `NVIDIA A100-SXM4-40GB`."""
    yield name
    bare = " ".join(_ADDED.sub(" ", folded(name)).split())
    yield bare
    yield _SIZE.sub("", bare).strip()


def offer_fits(index: OfferIndex, peak: Peak | float) -> list[OfferFit]:
    """Return each offer that is open today and names a GPU, the ones that fit first.

    Args:
        index: the offers.
        peak: what a run needs; a plain number of bytes can't be split over several cards.
    """
    best: dict[int, OfferFit] = {}
    for option in index.options:
        fit = _fit(option, peak)
        if fit is None:
            continue
        other = best.get(option.place)
        if other is None or _order(fit) < _order(other):
            best[option.place] = fit
    return sorted(best.values(), key=_order)


def per_card(peak: Peak, cards: int) -> float:
    """Return the bytes of the fullest card where the model is split over several.

    What belongs to the model is shared out; each card has activations, logits and overhead of its
    own, which is right for sharded training (Rajbhandari et al., "ZeRO", arXiv 1910.02054, stage
    3) and careful for layers spread over cards.
    """
    shared = peak.weights + peak.adapter + peak.gradients + peak.optimizer + peak.cache
    return shared / cards + peak.activations + peak.logits + peak.overhead


def _fit(option: Option, peak: Peak | float) -> OfferFit | None:
    room = room_of(option.vram_gib) if option.accelerator == "gpu" else None
    if room is None:
        return None
    count = int(option.gpus.lo) if option.gpus.known else 1
    split = None
    if isinstance(peak, Peak):
        verdict = room.verdict(peak.total, peak.margin)
        if count > 1:
            split = _of_split(room, peak, count)
    else:
        verdict = room.verdict(peak)
    return OfferFit(
        option=option,
        room=room,
        verdict=verdict,
        gpus=max(1, count),
        split=split,
    )


def _of_split(room: Room, peak: Peak, cards: int) -> Verdict:
    """Return whether a run fits that is split over several cards.

    Of training that is never certain: sharded runs of Llama 3 8B on four A100s were measured
    (fms-acceleration) at up to twice the share, as some programs keep their shards in 32 bits.
    """
    verdict = room.verdict(per_card(peak, cards), peak.margin)
    trains = peak.adapter + peak.gradients + peak.optimizer > 0
    return Verdict.TIGHT if trains and verdict is Verdict.FITS else verdict


def _order(fit: OfferFit) -> tuple[int, int, float]:
    split = _RANK[fit.verdict if fit.split is None else fit.split]
    return _RANK[fit.verdict], split, -fit.room.least


def verdicts(fits: Iterable[OfferFit]) -> dict[Verdict, int]:
    """Return how many offers each verdict has."""
    counted = dict.fromkeys(Verdict, 0)
    for fit in fits:
        counted[fit.verdict] += 1
    return counted
