"""The measurements of `published.toml`, as requests that the estimate can be asked."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.measured import GB, GIB, MIB, Measured, beyond
from bot.fit.models import Models
from bot.fit.reading import Wanted, read

TABLES: Final = Path(__file__).with_name("published.toml")
_UNITS: Final[Mapping[str, int]] = {"GB": GB, "GiB": GIB, "MiB": MIB}


def published(models: Models) -> Iterator[Measured]:
    """Yield each run of the tables; no factor of the estimate was fitted on any."""
    found: Mapping[str, Any] = tomllib.loads(TABLES.read_text("utf-8"))
    for table in found["table"]:
        for row in table["rows"]:
            request: dict[str, object] = {**table["request"], **row}
            del request["took"]
            if "config" in request:
                request["config"] = found["config"][request["config"]]
            yield Measured(
                table=table["name"],
                wanted=_wanted(request, models),
                bytes=row["took"] * _UNITS[table["unit"]],
            )


def _wanted(request: Mapping[str, object], models: Models) -> Wanted:
    """Return the request; some runs were longer than what the model was made for."""
    return read(request, models) if "config" in request else beyond(request, models)
