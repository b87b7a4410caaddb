"""Reads `data/offers/*.toml` and `data/hardware/*.toml`: all, or what is wrong with them.

catalog = load_catalog()                 # the files that come with the package
catalog = load_catalog(Path("data"))     # the files of a folder
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.catalog.catalog import Catalog
from bot.catalog.checks import Fault, check_hardware, check_offers
from bot.catalog.dates import latest_day
from bot.catalog.facts import Model, Source
from bot.catalog.hardware import HardwareFile
from bot.catalog.locate import locate
from bot.catalog.names import GpuNames, NameIndex
from bot.catalog.offer import OfferFile
from bot.catalog.problems import CatalogError, CatalogProblem, Path, describe, dotted, place

FileModel = TypeVar("FileModel", OfferFile, HardwareFile)

_FULL_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_POSITION = re.compile(r" \(at line (\d+), column \d+\)$")
_UNREADABLE = Source(as_of="unknown")
"""Stands in for a source with a fault, so that citing it is not a second fault."""


def load_catalog(root: Traversable | FilePath | None = None) -> Catalog:
    """Read and check the whole catalog.

    Args:
        root: the folder that holds `offers/` and `hardware/`; by default the one of the package.

    Raises:
        CatalogError: with all problems found; there is no such thing as half a catalog.
    """
    folder, label = (files("data"), "data") if root is None else (root, str(root))
    problems: list[CatalogProblem] = []
    hardware = _read_folder(folder / "hardware", f"{label}/hardware", HardwareFile, problems)
    offers = _read_folder(folder / "offers", f"{label}/offers", OfferFile, problems)
    _raise_any(problems)
    hardware_models = [file.model for file in hardware]
    _raise_any(hardware[fault.file].problem(fault) for fault in check_hardware(hardware_models))
    gpu_names = GpuNames(
        rows={row.id: row for file in hardware_models for row in file.hardware},
        shared=[each for file in hardware_models for each in file.shared_name],
    )
    offer_models = [file.model for file in offers]
    _raise_any(offers[fault.file].problem(fault) for fault in check_offers(offer_models, gpu_names))
    return _assemble(offers, hardware, gpu_names)


def _raise_any(problems: Iterable[CatalogProblem]) -> None:
    if found := list(problems):
        raise CatalogError(found)


@dataclass(frozen=True, slots=True)
class _File(Generic[FileModel]):
    """A file that was read: its model, and its text for line numbers and the revision."""

    name: str
    text: str
    model: FileModel

    def problem(self, fault: Fault) -> CatalogProblem:
        line = locate(self.text, fault.path)
        return CatalogProblem(self.name, line, dotted(fault.path), fault.message, fault.allowed)


def _read_folder(
    folder: Traversable | FilePath,
    label: str,
    kind: type[FileModel],
    problems: list[CatalogProblem],
) -> list[_File[FileModel]]:
    """Read each TOML file of `folder` in the order of names; faults are added to `problems`."""
    entries = list(folder.iterdir()) if folder.is_dir() else []
    found = sorted((each for each in entries if each.name.endswith(".toml")), key=_name)
    if not found:
        problems.append(CatalogProblem(label, 1, "", "there is no .toml file in this folder"))
    read: list[_File[FileModel]] = []
    for file in found:
        name = f"{label}/{file.name}"
        try:
            read.append(_read(name, file.read_bytes(), kind))
        except CatalogError as error:
            problems += error.problems
        except OSError as error:
            problems.append(CatalogProblem(name, 1, "", f"cannot be read: {error.strerror}"))
    return read


def _name(file: Traversable | FilePath) -> str:
    return file.name


def _read(name: str, content: bytes, kind: type[FileModel]) -> _File[FileModel]:
    text, data = _parse(name, content)
    sources, errors = _read_sources(data.get("sources", {}))
    model: FileModel | None = None
    try:
        # Each source is read above already; what is no table at all is left to the model to refuse.
        whole = data | {"sources": sources} if isinstance(data.get("sources"), dict) else data
        model = kind.model_validate(whole, context={"sources": sources})
    except ValidationError as error:
        errors += _without_echoes(error.errors(include_url=False))
    if model is None or errors:
        raise CatalogError(_problem(name, text, data, error, kind) for error in errors)
    return _File(name, text, model)


def _parse(name: str, content: bytes) -> tuple[str, dict[str, Any]]:
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogError([CatalogProblem(name, line, "", "is not UTF-8 text")]) from error
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        line = int(position[1]) if position else text.count("\n") + 1
        message = "is not TOML: " + _POSITION.sub("", str(error))
        raise CatalogError([CatalogProblem(name, line, "", message)]) from error
    except RecursionError as error:
        message = "has brackets within brackets, deeper than anything that is read"
        raise CatalogError([CatalogProblem(name, 1, "", message)]) from error


def _read_sources(tables: object) -> tuple[dict[str, Source], list[ErrorDetails]]:
    """Return each source by its key, and the faults of those that have any."""
    sources: dict[str, Source] = {}
    errors: list[ErrorDetails] = []
    for key, table in cast("dict[str, object]", tables).items() if isinstance(tables, dict) else ():
        try:
            sources[key] = Source.model_validate(table)
        except ValidationError as error:
            sources[key] = _UNREADABLE
            for detail in error.errors(include_url=False):
                detail["loc"] = ("sources", key, *detail["loc"])
                errors.append(detail)
    return sources, errors


def _without_echoes(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out that a list is too short where items of it are there, but faulty."""
    places = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if error["type"] != "too_short"
        or not any(
            other != error["loc"] and other[: len(error["loc"])] == error["loc"] for other in places
        )
    ]


def _problem(
    name: str, text: str, data: dict[str, Any], error: ErrorDetails, kind: type[Model]
) -> CatalogProblem:
    path: Path = place(error, data)
    message, allowed = describe(error, path, kind)
    return CatalogProblem(name, locate(text, path), dotted(path), message, allowed)


def _assemble(
    offers: Sequence[_File[OfferFile]],
    hardware: Sequence[_File[HardwareFile]],
    gpu_names: GpuNames,
) -> Catalog:
    by_id = {offer.id: offer for file in offers for offer in file.model.offer}
    provider_by_offer = {
        offer.id: file.model.provider for file in offers for offer in file.model.offer
    }
    rows = {row.id: row for file in hardware for row in file.model.hardware}
    return Catalog(
        offers=MappingProxyType(by_id),
        providers=MappingProxyType({each.id: each for each in provider_by_offer.values()}),
        hardware=MappingProxyType(rows),
        gpu_names=gpu_names,
        revision=_revision((*hardware, *offers)),
        date=_newest_day(source for file in offers for source in file.model.sources.values()),
        names=NameIndex(offers=by_id.values(), providers=provider_by_offer, gpus=gpu_names),
        provider_by_offer=MappingProxyType(provider_by_offer),
    )


def _revision(read: Iterable[_File[OfferFile] | _File[HardwareFile]]) -> str:
    digest = hashlib.sha256()
    for file in read:
        # The folder that the files stand in is no part of what they say.
        kind, name = file.name.split("/")[-2:]
        digest.update(f"{kind}/{name}\0{file.text}\0".encode())
    return digest.hexdigest()[:12]


def _newest_day(sources: Iterable[Source]) -> date:
    """Return the newest day named in full: "2026" would be a day that has not come yet."""
    days = (latest_day(each.as_of) for each in sources if _FULL_DAY.fullmatch(each.as_of))
    return max((day for day in days if day is not None), default=date.min)
