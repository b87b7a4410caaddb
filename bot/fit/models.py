"""The table of well-known models: `data/workloads/models.toml`."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Annotated, Final, final

from pydantic import BaseModel, ConfigDict, Field

from bot.catalog.names import folded
from bot.fit.architecture import Architecture
from bot.fit.naming import joined

NEAREST_NAMED: Final = 3

_ADDED: Final = frozenset(
    [
        "instruct",
        "chat",
        "it",
        "base",
        "hf",
        "meta",
        "model",
        "gguf",
        "gptq",
        "awq",
        "bnb",
        "4bit",
        "8bit",
        "fp16",
        "bf16",
        "unsloth",
    ]
)
"""Words in the name of a variant with the same numbers."""

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SAME_FAMILY: Final = 0.6


class KnownModel(Architecture):
    """One row: an architecture and what people call it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    name: Annotated[str, Field(min_length=1, max_length=60)]
    repositories: Annotated[tuple[str, ...], Field(min_length=1)]
    """Its names on the Hugging Face hub, `owner/name`."""
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> Iterable[str]:
        """All that means exactly this row."""
        yield from (self.id, self.name, *self.aliases)
        for repository in self.repositories:
            yield repository
            yield repository.partition("/")[2] or repository


class _ModelFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    model: tuple[KnownModel, ...]


@final
class Models:
    """Finds a model by name: whole, without case and punctuation, never by likeness alone."""

    def __init__(self, rows: Iterable[KnownModel]) -> None:
        """Index the rows.

        Raises:
            ValueError: two rows share a name.
        """
        self.rows = tuple(rows)
        self._by_name: dict[str, KnownModel] = {}
        self._by_bare_name: dict[str, KnownModel | None] = {}
        self._by_joined_name: dict[tuple[str, str], KnownModel | None] = {}
        for row in self.rows:
            for written in row.names:
                name = folded(written)
                other = self._by_name.setdefault(name, row)
                if other is not row:
                    raise ValueError(f"{other.id} and {row.id} are both called {name}")
                same = self._by_bare_name.setdefault(_bare(name), row) is row
                self._by_bare_name[_bare(name)] = row if same else None
                key = joined(written, added=_ADDED)
                same = self._by_joined_name.setdefault(key, row) is row
                self._by_joined_name[key] = row if same else None

        self._beginnings = {name[:2] for name, _ in self._by_joined_name}
        """Most phrases of a sentence are no name: these sort them out without work."""

    def find(self, name: str) -> KnownModel | None:
        """Return the model of exactly this name, or of it without what fine-tuning adds to one."""
        known = self._by_name.get(folded(name))
        if known is not None:
            return known
        own = name.rpartition("/")[2] or name
        bare = _bare(folded(own))
        known = self._by_bare_name.get(bare) if bare else None
        if known is not None or bare in self._by_bare_name or bare[:2] not in self._beginnings:
            return known
        return self._by_joined_name.get(joined(own, added=_ADDED))

    def search(self, typed: str) -> Sequence[KnownModel]:
        """Return the models whose names hold each word that was typed, in the table's order.

        One that is called so exactly comes first: who types on means no other.
        """
        words = folded(typed).split()
        found = [
            row
            for row in self.rows
            if any(all(word in name for word in words) for name in map(folded, row.names))
        ]
        meant = self.find(typed)
        return sorted(found, key=lambda row: row is not meant)

    def nearest(self, name: str) -> Sequence[str]:
        """Return the names of the models most like an unknown one, at most `NEAREST_NAMED`."""
        own = folded(name.rpartition("/")[2] or name)
        if not own:
            return []
        # A tuned model tells in its name what it was made of: hermes 3 llama 3.1 8b.
        made_of = [
            row.name
            for known, row in self._by_name.items()
            if " " in known and f" {known} " in f" {own} "
        ]
        kin = [known for known in self._by_name if alike(own, known)]
        close = difflib.get_close_matches(own, kin, n=12, cutoff=0.5)
        names = [*made_of[::-1], *(row.name for row in self.search(name))]
        names += [self._by_name[each].name for each in close]
        return list(dict.fromkeys(names))[:NEAREST_NAMED]


def alike(typed: str, known: str) -> bool:
    """Return whether two folded names may be of one family, with a typo in its name.

    Without that, what "large" and "7b" have in common makes GPT-2 large the nearest to Whisper.
    """
    one, other = _family(typed), _family(known)
    if not one or not other or one[0] != other[0]:
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= _SAME_FAMILY


def _family(name: str) -> str:
    found = _LETTERS.search(name)
    return "" if found is None else found[0]


def _bare(name: str) -> str:
    return " ".join(word for word in name.split() if word not in _ADDED)


def load_models() -> Models:
    """Read the table that comes with the package.

    Raises:
        ValueError: the table is broken.
    """
    text = (files("data") / "workloads" / "models.toml").read_text("utf-8")
    return Models(_ModelFile.model_validate(tomllib.loads(text)).model)
