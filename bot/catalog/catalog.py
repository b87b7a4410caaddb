"""The catalog: all offers and all hardware, as one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.catalog.hardware import Hardware
from bot.catalog.names import GpuNames, NameIndex
from bot.catalog.offer import Offer, OfferedGpu, Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """What `load_catalog` returns: whole, validated, never changed."""

    offers: Mapping[str, Offer]
    """By id, in the order of the files and of the offers in them."""
    providers: Mapping[str, Provider]
    """By the id of the provider."""
    hardware: Mapping[str, Hardware]
    """By the id of the row."""
    gpu_names: GpuNames
    revision: str
    """Changes whenever a file does; the same for the same files on every machine."""
    date: date
    """The newest day that a source names in full."""
    names: NameIndex = field(repr=False)
    provider_by_offer: Mapping[str, Provider] = field(repr=False)

    def offer(self, offer_id: str) -> Offer:
        """Return the offer with this id.

        Raises:
            KeyError: there is none.
        """
        return self.offers[offer_id]

    def provider_of(self, offer: Offer) -> Provider:
        """Return who makes the offer."""
        return self.provider_by_offer[offer.id]

    def find(self, text: str) -> Offer | None:
        """Return the offer with exactly this id, name or alias, whatever its case and width.

        A provider's name means its first offer, which is its main one.
        """
        return self.names.find(text)

    def search(self, text: str, limit: int = 25) -> list[Offer]:
        """Return up to `limit` offers for what was typed so far, the best first."""
        return self.names.search(text, limit)

    def hardware_of(self, gpu: OfferedGpu) -> tuple[Hardware, ...]:
        """Return the rows that an offered card can be, the one to plan with first.

        Several where the offer names no variant ("A100"); where it tells the memory, rows with
        another one are left out. Empty where the table has no figures of the card.
        """
        rows = self.gpu_names.rows(gpu.model)
        fitting = tuple(row for row in rows if row.vram_gb == gpu.vram_gb)
        return fitting or rows
