"""Image and video models: published figures instead of a formula, `data/workloads/pictures.toml`.

What such a model takes depends on the program, the size of the picture, and what is moved to the
host's memory: rules for language models don't hold for it. Nor do they for models that write down
speech or label text, whose figures `data/workloads/others.toml` has in the same form.
"""

import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Annotated, Final, Literal, final

from pydantic import Field

from bot.advice.memory import LEAST_SHARE
from bot.catalog.facts import Amount, Citation, Model, Source, Text, Words
from bot.catalog.names import folded
from bot.catalog.offer import Identifier
from bot.fit.models import NEAREST_NAMED, alike
from bot.fit.request import Method
from bot.fit.verdict import SESSIONS

_BYTES: Final = {"GB": 10**9, "GiB": 2**30}


class Figure(Model):
    """What one way to use a model took."""

    method: Method
    memory: Amount
    unit: Literal["GB", "GiB"]
    kind: Literal["measured", "at_least", "at_most"]
    """A measured peak, or a card's memory that the authors ask for, or say is enough."""
    quant: Literal["int8", "nf4"] | None = None
    """How the whole model is quantized, where it is."""
    setting: Text
    source: Citation

    @property
    def bytes(self) -> float:
        """What it takes, in bytes.

        Of a card that is asked for or enough, what such a card leaves at least to a program.
        """
        if self.kind == "measured":
            return self.memory * _BYTES[self.unit]
        return self.memory * LEAST_SHARE * _BYTES["GiB"]

    @property
    def margin(self) -> float:
        """How near to usable memory nothing is certain, as a share of it.

        What the authors call a card's memory is no peak: it was not measured in some session.
        """
        return SESSIONS if self.kind == "measured" else 0.0


class DiffusionModel(Model):
    """One model and the figures of it; the first of a method is the plain way."""

    id: Identifier
    name: Words
    makes: Literal["image", "video", "transcript", "label"]
    aliases: tuple[Words, ...] = ()
    figure: Annotated[tuple[Figure, ...], Field(min_length=1)]

    def figures(self, method: Method) -> Sequence[Figure]:
        """Return the figures of a method; nobody published any where there are none."""
        return [each for each in self.figure if each.method is method]

    @property
    def methods(self) -> Sequence[Method]:
        """The methods that there are figures of."""
        return list(dict.fromkeys(each.method for each in self.figure))


class _File(Model):
    sources: dict[str, Source]
    model: tuple[DiffusionModel, ...]


@final
class DiffusionModels:
    """Finds a model that has figures by name, whole, without case and punctuation."""

    def __init__(self, rows: Iterable[DiffusionModel]) -> None:
        """Index the rows.

        Raises:
            ValueError: two rows share a name.
        """
        self.rows: Final = tuple(rows)
        self._by_name: dict[str, DiffusionModel] = {}
        for row in self.rows:
            for name in map(folded, (row.id, row.name, *row.aliases)):
                other = self._by_name.setdefault(name, row)
                if other is not row:
                    raise ValueError(f"{other.id} and {row.id} are both called {name}")

    def find(self, name: str) -> DiffusionModel | None:
        """Return the model of exactly this name."""
        return self._by_name.get(folded(name))

    def search(self, typed: str) -> Sequence[DiffusionModel]:
        """Return the models whose names hold each word that was typed, in the table's order."""
        words = folded(typed).split()
        return list(
            dict.fromkeys(
                row for name, row in self._by_name.items() if all(word in name for word in words)
            )
        )

    def nearest(self, name: str) -> Sequence[str]:
        """Return the names of the models that an unknown one is a kind of: `sdxl turbo`."""
        own = folded(name.rpartition("/")[2] or name)
        return list(
            dict.fromkeys(
                row.name
                for known, row in self._by_name.items()
                if f" {known} " in f" {own} " or (alike(own, known) and own[:3] == known[:3])
            )
        )[:NEAREST_NAMED]

    @property
    def names(self) -> Iterable[str]:
        """Every name, folded, for finding one in a sentence."""
        return self._by_name.keys()


def load_diffusion_models() -> DiffusionModels:
    """Read the tables that come with the package.

    Raises:
        ValueError: a table is broken.
    """
    return DiffusionModels([row for name in _FILES for row in _rows(name)])


_FILES: Final = ("pictures.toml", "others.toml")


def _rows(name: str) -> Sequence[DiffusionModel]:
    raw = tomllib.loads((files("data") / "workloads" / name).read_text("utf-8"))
    sources = {key: Source.model_validate(each) for key, each in raw["sources"].items()}
    return _File.model_validate(raw, context={"sources": sources}).model
