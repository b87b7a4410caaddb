"""Why a result stands where it stands, and what speaks against it: one thing each, as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Final

from bot.advice.bounds import Bounds
from bot.advice.hours import HOURS_PER_WEEK, is_given_once
from bot.advice.options import Option
from bot.advice.order import GOODNESS, Respect
from bot.advice.query import Aim


class Merit(StrEnum):
    """Why a result stands in its place."""

    MOST = "most"
    """Nothing that fits is known to have more of what the order goes by."""
    LEADS = "leads"
    """More of something else than is certain of any result before it."""
    NEXT = "next"
    """The next by what the order goes by."""
    FITS = "fits"
    """It meets all wishes; of what the order goes by nothing is certain."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with its figure."""

    merit: Merit
    respect: str
    """An aim, or a field of the query."""
    figure: Bounds
    """In the unit of the respect; of a quick start the steps, see `effort_of`."""


class Drawback(StrEnum):
    """What can speak against a result, the gravest first."""

    BEATEN = "beaten"
    """Another result is as good in every respect cared about, and better in one."""
    APPLICATION = "application"
    WAITLIST = "waitlist"
    GIVEN_ONCE = "given-once"
    HOURS_UNKNOWN = "hours-unknown"
    CARD = "card"
    ID_CHECK = "id_check"
    ACADEMIC_EMAIL = "academic_email"
    PHONE = "phone"
    SPEED_UNKNOWN = "speed-unknown"
    MEMORY_UNKNOWN = "memory-unknown"
    BY_CHANCE = "by-chance"
    """A machine has to be free, or the provider decides which one it is."""
    NOTHING_KEPT = "nothing-kept"
    NO_BACKGROUND = "no-background"
    SESSION_UNKNOWN = "session-unknown"
    IDLE_UNKNOWN = "idle-unknown"
    CARD_UNKNOWN = "card-unknown"
    """Nobody says whether a bank card is asked for."""
    COMMERCIAL_UNKNOWN = "commercial-unknown"


@dataclass(frozen=True, slots=True)
class Against:
    """One drawback; of BEATEN the offer that beats it."""

    drawback: Drawback
    by: str | None = None


_OF_A_WEEK: Final = frozenset({Aim.WORK, "min_hours_per_week", "min_hours_per_month"})
"""Respects whose figures are counted from the hours of a week."""

_FOUND: Final[dict[Drawback, Callable[[Option], bool]]] = {
    Drawback.APPLICATION: lambda option: option.application is True,
    Drawback.WAITLIST: lambda option: option.waitlist is True,
    Drawback.GIVEN_ONCE: lambda option: is_given_once(option.offer),
    Drawback.HOURS_UNKNOWN: lambda option: option.hours.lo == 0 and not option.hours.known,
    Drawback.CARD: lambda option: option.card is True,
    Drawback.ID_CHECK: lambda option: option.id_check is True,
    Drawback.ACADEMIC_EMAIL: lambda option: option.academic_email is True,
    Drawback.PHONE: lambda option: option.phone is True,
    Drawback.SPEED_UNKNOWN: lambda option: option.speed.lo == 0,
    Drawback.MEMORY_UNKNOWN: lambda option: option.vram_gib.lo == 0,
    Drawback.BY_CHANCE: lambda option: option.assigned in {"best-effort", "shared", None},
    Drawback.NOTHING_KEPT: lambda option: option.persistent_gb.hi == 0,
    Drawback.NO_BACKGROUND: lambda option: option.background is False,
    Drawback.SESSION_UNKNOWN: lambda option: not option.session_hours.known,
    Drawback.IDLE_UNKNOWN: lambda option: not option.idle_minutes.known,
    Drawback.CARD_UNKNOWN: lambda option: option.card is None,
    Drawback.COMMERCIAL_UNKNOWN: lambda option: option.commercial_use is None,
}


def reason_for(option: Option, before: Sequence[Option], respects: Sequence[Respect]) -> Reason:
    """Return why an option stands behind those `before` it; `respects` begin with the aim."""
    aim, *others = respects
    own = aim.read(option)
    if not before and own.lo > 0:
        return _reason(Merit.MOST, aim, option)
    others += [Respect(each, read) for each, read in GOODNESS.items()]
    for respect in others:
        if before and respect.read(option).lo > max(respect.read(each).lo for each in before):
            return _reason(Merit.LEADS, respect, option)
    return _reason(Merit.NEXT if own.lo > 0 else Merit.FITS, aim, option)


def against(option: Option, beaten_by: Option | None) -> Against | None:
    """Return the gravest drawback, or None where the catalog knows none."""
    if beaten_by is not None:
        return Against(Drawback.BEATEN, beaten_by.offer.id)
    found = (drawback for drawback, holds in _FOUND.items() if holds(option))
    return next((Against(drawback) for drawback in found), None)


def _reason(merit: Merit, respect: Respect, option: Option) -> Reason:
    figure = option.effort if respect.name == Aim.START else respect.read(option)
    hours = option.hours
    if respect.name in _OF_A_WEEK and not hours.known and hours.hi >= HOURS_PER_WEEK:
        # Nobody gets all hours that a week has: of such a figure only the least means anything.
        figure = Bounds(figure.lo, inf)
    return Reason(merit, respect.name, figure)
