"""What can be chosen: an offer with one of its cards, and all that a wish can ask of the two.

The card belongs to the choice, because what is asked of a card must hold for one card at once: 40
GiB and bf16 are not met by a V100 with the one and a T4 with the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from bot.advice.bounds import UNKNOWN, Bounds, exactly, hull
from bot.advice.eligible import is_worth_naming
from bot.advice.hours import hours_per_week
from bot.advice.memory import usable_gib, usable_gib_of_chip
from bot.advice.speed import speed_of_gpus, speed_of_tpu
from bot.catalog.catalog import Catalog
from bot.catalog.hardware import Hardware
from bot.catalog.names import GpuNames, folded
from bot.catalog.offer import Access, Assigned, Kind, Offer, OfferedGpu, OfferedTpu

Accelerator = Literal["gpu", "tpu"]


class Regions(NamedTuple):
    """From where an offer can be used, as ISO 3166 codes."""

    stated: bool
    """Whether any source gives codes."""
    allowed: frozenset[str]
    blocked: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One offer with one card (or with one of several that its user cannot choose between)."""

    offer: Offer
    place: int
    """Place of the offer in the catalog."""
    cards: tuple[str, ...]
    """Models as the offer names them: one, several by chance, or none that a source names."""
    assigned: Assigned | None
    accelerator: Accelerator | None
    identities: frozenset[str]
    """All that the card can be; see `identities_of`."""
    vram_gib: Bounds
    bf16: bool | None
    gpus: Bounds
    """Number of cards (or TPU chips) of one session."""
    speed: Bounds
    """Of all of them, as a multiple of one T4."""
    hours: Bounds
    """Per week, averaged over a year."""
    work: Bounds
    """Per week, in hours of one T4."""
    session_hours: Bounds
    idle_minutes: Bounds
    persistent_gb: Bounds
    disk_gb: Bounds
    ram_gb: Bounds
    effort: Bounds
    """See `effort_of`; less is a quicker start."""
    background: bool | None
    internet: bool | None
    custom_containers: bool | None
    commercial_use: bool | None
    tools: frozenset[str] | None
    kind: Kind | None
    regions: Regions
    card: bool | None
    phone: bool | None
    id_check: bool | None
    academic_email: bool | None
    waitlist: bool | None
    application: bool | None


MOST_EFFORT: Final = 25
"""Two waits, four steps and a machine that has to be free first."""

# Who has the first can do what the second needs.
_INCLUDES: Final = {
    "jupyterlab": ("jupyter", "notebook"),
    "jupyter": ("notebook",),
    "ssh": ("terminal",),
}


def options_of(catalog: Catalog) -> tuple[Option, ...]:
    """Return each option that a recommendation may name, in the order of the catalog."""
    return tuple(
        option
        for place, offer in enumerate(catalog.offers.values())
        if is_worth_naming(offer)
        for option in _of_offer(catalog, offer, place)
    )


def identities_of(names: GpuNames, model: str) -> frozenset[str]:
    """Return what a card with this name can be: ids of rows, or the name itself without any.

    Two names mean the same card for certain where these sets are equal and have one element, and
    different cards where they have none in common.
    """
    rows = names.rows(model)
    return frozenset(row.id for row in rows) if rows else frozenset({folded(model)})


def effort_of(access: Access, assigned: Assigned | None) -> Bounds:
    """Return how much stands before the first session: tens are waits of days, ones are steps.

    A waitlist and an application wait for other people; a phone, a card, a proof of identity and an
    academic address are a step each, and so is a machine that has to be free first. There are less
    than ten steps, so that no number of them outweighs a wait. What is unknown may or may not be
    asked for.
    """
    waits = (access.waitlist, access.application)
    steps = (access.phone, access.card, access.id_check, access.academic_email)
    chance = exactly(0 if assigned in {"guaranteed", "choice"} else 1)
    asked = [
        Bounds(weight * (fact.value is True), weight * (fact.value is not False))
        for weight, facts in ((10, waits), (1, steps))
        for fact in facts
    ]
    return Bounds(
        chance.lo + sum(each.lo for each in asked), chance.hi + sum(each.hi for each in asked)
    )


class _Accelerators(NamedTuple):
    """What one option has of cards."""

    cards: tuple[str, ...]
    assigned: Assigned | None
    accelerator: Accelerator | None
    identities: frozenset[str]
    vram_gib: Bounds
    bf16: bool | None
    gpus: Bounds
    speed: Bounds
    hours: Bounds


def _of_offer(catalog: Catalog, offer: Offer, place: int) -> Iterator[Option]:
    chosen = [_gpu(catalog, offer, gpu) for gpu in offer.gpus if _can_choose(gpu)]
    by_chance = [_gpu(catalog, offer, gpu) for gpu in offer.gpus if not _can_choose(gpu)]
    found = [*chosen, *([_one_of(by_chance)] if by_chance else [])]
    if offer.tpu is not None:
        found.append(_tpu(catalog, offer, offer.tpu))
    for accelerators in found or [_unnamed(catalog, offer)]:
        yield _option(offer, place, accelerators)


def _can_choose(gpu: OfferedGpu) -> bool:
    return gpu.assigned not in {None, "best-effort"}


def _gpu(catalog: Catalog, offer: Offer, gpu: OfferedGpu) -> _Accelerators:
    rows = catalog.hardware_of(gpu)
    each = hull(exactly(row.count) for row in rows) if rows else exactly(1)
    return _Accelerators(
        cards=(gpu.model,),
        assigned=gpu.assigned,
        accelerator="gpu",
        identities=frozenset(row.id for row in rows) or identities_of(catalog.gpu_names, gpu.model),
        vram_gib=usable_gib(catalog, gpu),
        bf16=_agreed([row.bf16 for row in rows]),
        gpus=Bounds(each.lo, UNKNOWN.hi) if gpu.count is None else each.by(gpu.count),
        speed=speed_of_gpus(catalog, gpu),
        hours=hours_per_week(catalog, offer, gpu),
    )


def _tpu(catalog: Catalog, offer: Offer, tpu: OfferedTpu) -> _Accelerators:
    rows: Sequence[Hardware] = catalog.gpu_names.rows(tpu.model)
    chips = hull(exactly(row.count) for row in rows)
    return _Accelerators(
        cards=(tpu.name,),
        assigned=tpu.assigned,
        accelerator="tpu",
        identities=identities_of(catalog.gpu_names, tpu.model),
        vram_gib=usable_gib_of_chip(tpu),
        bf16=_agreed([row.bf16 for row in rows]),
        gpus=Bounds(chips.lo, UNKNOWN.hi) if tpu.chips is None else exactly(tpu.chips),
        speed=speed_of_tpu(catalog, tpu),
        hours=hours_per_week(catalog, offer, None),
    )


def _one_of(by_chance: Sequence[_Accelerators]) -> _Accelerators:
    """Return what is certain where the provider decides which of the cards a session gets."""
    return _Accelerators(
        cards=tuple(card for each in by_chance for card in each.cards),
        assigned=by_chance[0].assigned,
        accelerator="gpu",
        identities=frozenset[str]().union(*(each.identities for each in by_chance)),
        vram_gib=hull(each.vram_gib for each in by_chance),
        bf16=_agreed([each.bf16 for each in by_chance]),
        gpus=hull(each.gpus for each in by_chance),
        speed=hull(each.speed for each in by_chance),
        hours=hull(each.hours for each in by_chance),
    )


def _unnamed(catalog: Catalog, offer: Offer) -> _Accelerators:
    return _Accelerators(
        cards=(),
        assigned=None,
        accelerator=None,
        identities=frozenset(),
        vram_gib=UNKNOWN,
        bf16=None,
        gpus=UNKNOWN,
        speed=UNKNOWN,
        hours=hours_per_week(catalog, offer, None),
    )


def _agreed(flags: Sequence[bool | None]) -> bool | None:
    return flags[0] if len(set(flags)) == 1 else None


def _option(offer: Offer, place: int, accelerators: _Accelerators) -> Option:
    access, session, storage, interface = (
        offer.access,
        offer.session,
        offer.storage,
        offer.interface,
    )
    tools = interface.tools.value
    return Option(
        offer=offer,
        place=place,
        **accelerators._asdict(),
        work=accelerators.hours.times(accelerators.speed),
        session_hours=exactly(session.limit_hours.value),
        idle_minutes=exactly(session.idle_minutes.value),
        persistent_gb=exactly(storage.persistent_gb.value),
        disk_gb=exactly(storage.ephemeral_gb.value),
        ram_gb=exactly(offer.host.ram_gb.value),
        effort=effort_of(access, accelerators.assigned),
        background=session.background.value,
        internet=interface.internet.value,
        custom_containers=interface.custom_containers.value,
        commercial_use=offer.terms.commercial_use.value,
        tools=None if tools is None else _with_included(tools),
        kind=offer.kind.value,
        regions=Regions(
            stated=bool(access.regions_allowed or access.regions_blocked),
            allowed=frozenset(access.regions_allowed),
            blocked=frozenset(access.regions_blocked),
        ),
        card=access.card.value,
        phone=access.phone.value,
        id_check=access.id_check.value,
        academic_email=access.academic_email.value,
        waitlist=access.waitlist.value,
        application=access.application.value,
    )


def _with_included(tools: Sequence[str]) -> frozenset[str]:
    return frozenset(tools).union(*(_INCLUDES.get(tool, ()) for tool in tools))
