"""What a question wants to run, and whether it fits on what the question names."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.advice.index import OfferIndex
from bot.advice.query import Query
from bot.ask.amounts import Amount, Bound, Role
from bot.ask.constraints import int_if_whole
from bot.ask.reading import SEARCHES, Intent, Reading
from bot.catalog.offer import Offer
from bot.fit.cards import Room, offer_fits, room_of_card
from bot.fit.constraint import WorkloadReader, constraint_gib, with_memory
from bot.fit.diffusion import Figure
from bot.fit.errors import FitError
from bot.fit.estimate import estimate
from bot.fit.training import Peak
from bot.fit.workload import Pictured, Workload, workload

MOST_JUDGED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A card, an amount of memory or an offer, to judge the run by."""

    name: str
    room: Room
    gpus: int = 1
    """Cards in one session, or as many as the question names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A run whose memory is known."""

    wanted: Workload
    need_gib: float
    """Usable memory to ask of one card."""
    peak: Peak | Figure
    judged: tuple[Judged, ...] = ()

    @property
    def total_bytes(self) -> float:
        """What it takes at its peak."""
        return self.peak.total if isinstance(self.peak, Peak) else self.peak.bytes

    def asked(self, query: Query) -> Query:
        """Return the request with the run's memory in place of the memory that is judged."""
        named = any(each.name.endswith(" GB") for each in self.judged)
        base = query.model_copy(update={"min_vram_gib": None}) if named else query
        return with_memory(base, self.need_gib)


def running(
    reading: Reading, offers: tuple[Offer, ...], index: OfferIndex, reader: WorkloadReader
) -> Running | None:
    """Return the run that a question is about; None where it names none that anybody measured.

    Args:
        reading: the question.
        offers: those that it names and that may be used.
        index: the offers of today.
        reader: the models.
    """
    if reading.intent not in {*SEARCHES, Intent.COMPARE}:
        return None
    # Who looks for another provider says with a model alone what for, but not how it is run.
    alone = reading.intent is not Intent.ALTERNATIVE
    wanted = workload(reading.text, reader.models, reader.pictures, bare=alone)
    if wanted is None:
        return None
    peak = _peak(wanted)
    need = constraint_gib(wanted)
    if peak is None or need is None:
        return None
    judged = (*_cards(reading, index), *_offers(offers, index, peak))
    return Running(
        wanted=wanted,
        need_gib=need,
        peak=peak,
        judged=judged[:MOST_JUDGED],
    )


def _peak(wanted: Workload) -> Peak | Figure | None:
    if isinstance(wanted, Pictured):
        return wanted.figure
    return estimate(wanted.architecture, wanted.run)


def _cards(reading: Reading, index: OfferIndex) -> Iterator[Judged]:
    amounts = [f"{int_if_whole(each.value)} GB" for each in reading.amounts if _is_room(each)]
    # "A 3060 with 12 GB": the amount says which of the cards of that name.
    names = amounts or [card.name for card in reading.cards]
    gpus = reading.query.min_gpus or 1
    for name in names:
        try:
            room = room_of_card(index.catalog, name)
        except FitError:
            continue  # A card of which nobody published the memory, or no card at all: a TPU.
        yield Judged(name=name, room=room, gpus=gpus)


def _is_room(amount: Amount) -> bool:
    """Say whether it is memory that is there, rather than memory that is wished for."""
    return amount.role in {Role.VRAM, Role.SIZE} and amount.bound is Bound.EXACT


def _offers(offers: tuple[Offer, ...], index: OfferIndex, peak: Peak | Figure) -> Iterator[Judged]:
    named = {offer.id for offer in offers}
    for fit in offer_fits(index, peak):
        if fit.offer.id in named:
            cards = ", ".join(fit.cards)
            name = f"{fit.offer.short} ({cards})" if cards else fit.offer.short
            yield Judged(name=name, room=fit.room, gpus=fit.gpus)
