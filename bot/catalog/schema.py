"""JSON Schemas of the catalog's files, for editors that complete and check while one types."""

from typing import Any, Literal

from bot.catalog.hardware import HardwareFile
from bot.catalog.offer import OfferFile

FileKind = Literal["offers", "hardware"]


def json_schema(kind: FileKind) -> dict[str, Any]:
    """Return the schema (2020-12) of one file of `data/offers/` or `data/hardware/`."""
    model = OfferFile if kind == "offers" else HardwareFile
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(mode="validation"),
    }
