"""What no single table can show: names that clash or that nothing explains, careless values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from bot.catalog.facts import Fact, Model
from bot.catalog.fields import careful_value, field_names, part_at, value_at
from bot.catalog.hardware import Hardware, HardwareFile
from bot.catalog.names import GpuNames, folded
from bot.catalog.offer import Offer, OfferFile, Provider
from bot.catalog.problems import Path, as_toml


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem of one of the files that were given to a check."""

    file: int
    """Its place in the list of files."""
    path: Path
    message: str
    allowed: tuple[str, ...] = ()


class _Taken:
    """Remembers who has a name, folded, and tells when somebody else wants it."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._owners: dict[str, str] = {}

    def claim(self, name: str, owner: str) -> str | None:
        """Return what is wrong with giving `name` to `owner`, or None."""
        first = self._owners.setdefault(folded(name), owner)
        return None if first == owner else f'{self._what} "{name}" is taken by {first}'


def check_hardware(read: Sequence[HardwareFile]) -> Iterator[Fault]:
    """Find names that two rows claim, rows that do not exist, and figures beside their conflict."""
    rows = [
        (number, index, row)
        for number, file in enumerate(read)
        for index, row in enumerate(file.hardware)
    ]
    ids, names = _Taken("the id"), _Taken("the name")
    # All own names before any alias: where two clash, it is the alias that is to be mended.
    for number, index, row in rows:
        if wrong := ids.claim(row.id, f"row {index + 1} of file {number + 1} ({row.name})"):
            yield Fault(number, ("hardware", index, "id"), wrong)
        elif wrong := names.claim(row.id, row.id) or names.claim(row.name, row.id):
            yield Fault(number, ("hardware", index, "name"), wrong)
    for number, index, row in rows:
        for place, alias in enumerate(row.aliases):
            if wrong := names.claim(alias, row.id):
                yield Fault(number, ("hardware", index, "aliases", place), wrong)
        for part, wrong in _own_figures(row):
            yield Fault(number, ("hardware", index, *part), wrong)
    yield from _shared_names(read, names)


def _shared_names(read: Sequence[HardwareFile], names: _Taken) -> Iterator[Fault]:
    known = tuple(sorted(row.id for file in read for row in file.hardware))
    for number, file in enumerate(read):
        for index, family in enumerate(file.shared_name):
            path: Path = ("shared_name", index)
            for place, name in enumerate(family.names):
                if wrong := names.claim(name, f"the names of {family.names[0]}"):
                    yield Fault(number, (*path, "names", place), wrong)
            for place, row_id in enumerate(family.may_be):
                if row_id not in known:
                    wrong = f'got "{row_id}", which is the id of no row'
                    yield Fault(number, (*path, "may_be", place), wrong, known)


def _own_figures(row: Hardware) -> Iterator[tuple[Path, str]]:
    for place, conflict in enumerate(row.conflicts):
        own = getattr(row, conflict.field)
        if conflict.values[0] != own:
            wrong = f"got {conflict.values[0]:g} first, but the row's {conflict.field} is {own}"
            yield ("conflicts", place, "values"), wrong


def check_offers(read: Sequence[OfferFile], gpus: GpuNames) -> Iterator[Fault]:
    """Find what is wrong between offers, and between offers and hardware."""
    yield from _clashing_names(read)
    for number, file in enumerate(read):
        for index, offer in enumerate(file.offer):
            found = (*_unsourced(offer), *_unknown_gpus(offer, gpus), *_conflicts(offer))
            for path, message, allowed in found:
                yield Fault(number, ("offer", index, *path), message, allowed)


_Found = tuple[Path, str, tuple[str, ...]]

_RESTS_ON_ITS_SECTION: Final = {("status_date",), ("interface", "tools")}
"""A date rests on what says the status, the tools on what describes the interface."""


def _unsourced(part: Model, path: Path = ()) -> Iterator[_Found]:
    """Find values that cite nobody."""
    for name in type(part).model_fields:
        here, value = (*path, name), getattr(part, name)
        if isinstance(value, Fact):
            fact = cast("Fact[object]", value)
            if fact.value is not None and not fact.sources and here not in _RESTS_ON_ITS_SECTION:
                yield here, "a value without a source; cite one of [sources]", ()
        elif isinstance(value, Model):
            yield from _unsourced(value, here)


def _clashing_names(read: Sequence[OfferFile]) -> Iterator[Fault]:
    offers = [
        (number, index, offer)
        for number, file in enumerate(read)
        for index, offer in enumerate(file.offer)
    ]
    yield from _clashing_providers([file.provider for file in read])
    ids, names = _Taken("the id"), _Taken("the name")
    repeated: set[tuple[int, int]] = set()
    for number, index, offer in offers:
        owner = f"offer {index + 1} of {read[number].provider.name}"
        if wrong := ids.claim(offer.id, owner):
            repeated.add((number, index))
            yield Fault(number, ("offer", index, "id"), wrong)
        elif wrong := names.claim(offer.id, offer.id) or names.claim(offer.short, offer.id):
            yield Fault(number, ("offer", index, "short"), wrong)
    for number, index, offer in offers:
        for place, alias in enumerate(offer.aliases):
            wrong = names.claim(alias, offer.id)
            if wrong and (number, index) not in repeated:
                yield Fault(number, ("offer", index, "aliases", place), wrong)


def _clashing_providers(providers: Sequence[Provider]) -> Iterator[Fault]:
    ids, names = _Taken("the id"), _Taken("the name")
    for number, provider in enumerate(providers):
        if wrong := ids.claim(provider.id, f"file {number + 1} ({provider.name})"):
            yield Fault(number, ("provider", "id"), wrong)
        elif wrong := names.claim(provider.name, provider.id):
            yield Fault(number, ("provider", "name"), wrong)
    for number, provider in enumerate(providers):
        for place, alias in enumerate(provider.aliases):
            if wrong := names.claim(alias, provider.id):
                yield Fault(number, ("provider", "aliases", place), wrong)


def _unknown_gpus(offer: Offer, gpus: GpuNames) -> Iterator[_Found]:
    named: list[tuple[Path, str]] = [
        (("gpus", index, "model"), gpu.model) for index, gpu in enumerate(offer.gpus)
    ]
    if offer.tpu:
        named.append((("tpu", "model"), offer.tpu.model))
    if offer.credits:
        rates = enumerate(offer.credits.rates)
        named += [(("credits", "rates", index, "gpu"), rate.gpu) for index, rate in rates]
    for path, model in named:
        if model not in gpus:
            message = f'got "{model}", which no row or [[shared_name]] of data/hardware knows'
            yield path, message, tuple(sorted(gpus.all_names()))


def _conflicts(offer: Offer) -> Iterator[_Found]:
    known = field_names()
    for section, topics in (("conflicts", offer.conflicts), ("history", offer.history)):
        for index, topic in enumerate(topics):
            if topic.field is not None and topic.field not in known:
                message = f'got "{topic.field}", which is no field of an offer'
                yield (section, index, "field"), message, tuple(sorted(known))
    for conflict in offer.conflicts:
        if conflict.field is None or conflict.about is not None or conflict.field not in known:
            continue
        careful = careful_value(conflict.field, [each.value for each in conflict.values])
        used = value_at(offer, conflict.field)
        if careful is not None and used != careful:
            path: Path = tuple(conflict.field.split("."))
            if isinstance(part_at(offer, conflict.field), Fact):
                path = (*path, "value")
            better, worse = as_toml(careful), as_toml(used)
            message = f"sources disagree, and the careful value is {better}, not {worse}"
            yield path, message, ()
