"""A sentence that has been chosen but not yet put into a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.speech.phrasebook import Argument, Words


@dataclass(frozen=True, slots=True)
class Phrase:
    """A key of the locale files with its arguments."""

    key: str
    arguments: Mapping[str, Argument] = field(default_factory=dict[str, Argument])

    def put_in(self, words: Words) -> str:
        """Return the sentence in the language of `words`."""
        return words(self.key, **self.arguments)
