"""How old the figures of an offer are."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, cast

from bot.catalog.dates import is_old
from bot.catalog.facts import Citations, newest_day
from bot.catalog.fields import field_names, part_at
from bot.catalog.offer import Offer


class Dated(Protocol):
    """What has a day: a source, or what sources stand behind."""

    @property
    def as_of_date(self) -> date | None:
        """The last day that it can be of; None where that is unknown."""
        ...


@dataclass(frozen=True, slots=True)
class Figure:
    """One statement of an offer that sources stand behind."""

    field: str
    sources: Citations

    @property
    def as_of_date(self) -> date | None:
        """The day of the newest dated source, when the statement was last confirmed."""
        return newest_day(self.sources)


def figures(offer: Offer) -> Iterator[Figure]:
    """Yield each sourced statement that holds today; conflicts and history are not among them."""
    for field in sorted(field_names() - {"conflicts", "history"}):
        part = part_at(offer, field)
        for each in cast("tuple[object, ...]", part) if isinstance(part, tuple) else (part,):
            # `isinstance` with a protocol takes 40 microseconds on Python 3.11.
            sources: Citations = getattr(each, "sources", ())
            if sources and getattr(each, "value", each) is not None:
                yield Figure(field, sources)


def oldest_date(offer: Offer, fields: Collection[str] | None = None) -> date | None:
    """Return the day of the figure that was confirmed longest ago; None where none is dated.

    Args:
        offer: whose figures are looked at.
        fields: the dotted names of those that are shown; by default all.

    A figure without any date is not counted here: see `undated`.
    """
    shown = (each for each in figures(offer) if fields is None or each.field in fields)
    return min((day for each in shown if (day := each.as_of_date)), default=None)


def undated(offer: Offer) -> tuple[Figure, ...]:
    """Return the figures that no source dates; they count as old."""
    return tuple(each for each in figures(offer) if each.as_of_date is None)


def is_stale(what: Dated, now: datetime) -> bool:
    """Say whether a `Source`, or the newest source of a `Fact` or `Figure`, is old.

    Older than `dates.STALE_AFTER` is, and so is what bears no date.
    """
    return is_old(what.as_of_date, now)
