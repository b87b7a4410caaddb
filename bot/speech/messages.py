"""The messages of one language, each parsed when it is first said.

To parse all of them takes a fifth of the bot's start, which needs only those of the commands. So a
file is only cut into its messages at first, by the lines on which they begin. For that no message
may refer to another; a line that continues one is indented, or closes a brace.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, final

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Message, Pattern, TextElement, VariableReference
from fluent.syntax.ast import Junk

_BEGIN: Final = re.compile(r"([A-Za-z][A-Za-z0-9_-]*) *=")
_SHOWN: Final = 60
"""Characters of what is no message."""
_LONGEST_PART: Final = 2000
"""Characters of an argument; Fluent itself refuses somewhat longer ones."""


class PhraseError(Exception):
    """A sentence is missing or broken, or its arguments do not fit it."""


@final
class Messages:
    """All messages of one language, by id."""

    def __init__(self, locale: str, files: Iterable[tuple[str, str]]) -> None:
        """Cut each file, `(name, text)`, into its messages.

        Raises:
            PhraseError: a line neither begins nor continues a message, nor is it a comment.
        """
        self._locale = locale
        # Isolating marks are invisible and would land inside <t:...> and mentions.
        self._bundle = FluentBundle([locale], use_isolating=False)
        self._unread = {
            key: (name, text)
            for name, whole in files
            for key, text in _cut(whole, where=f"{locale}/{name}")
        }
        self._ahead = iter(tuple(self._unread))

    def get(self, key: str) -> Message | None:
        """Return a message; None where there is none.

        Raises:
            PhraseError: it is broken.
        """
        if key in self._unread:
            self._read(key)
        return self._bundle.get_message(key) if self._bundle.has_message(key) else None

    def read_next(self) -> bool:
        """Parse one that nobody has asked for so far; tell whether there was one.

        Raises:
            PhraseError: it is broken; the next call goes on behind it.
        """
        for key in self._ahead:
            if key in self._unread:
                self._read(key)
                return True
        return False

    def format(self, pattern: Pattern, arguments: dict[str, str | int | float]) -> str:
        """Fill a message's value, or an attribute of it, with its arguments.

        Raises:
            PhraseError: one of them is missing.
        """
        plain = _filled(pattern, arguments)
        if plain is not None:
            return plain
        text, errors = self._bundle.format_pattern(pattern, arguments)
        if errors:
            raise PhraseError(str(errors[0]))
        return str(text)

    def _read(self, key: str) -> None:
        name, text = self._unread[key]
        resource = FluentResource(text)
        # The bundle leaves out what is no message, and with it a sentence.
        for entry in resource.body:
            if isinstance(entry, Junk):
                raise _no_message(f"{self._locale}/{name}", entry.content or "")
        self._bundle.add_resource(resource)
        # Last, and forgiving: another thread may be reading the same one.
        self._unread.pop(key, None)


def _filled(pattern: Pattern, arguments: Mapping[str, str | int | float]) -> str | None:
    """Return a sentence that has only to be filled with texts, as most have.

    None where it counts, chooses or lacks something: Fluent takes ten times as long, and knows how.
    """
    if not isinstance(pattern, Pattern):  # pyright: ignore[reportUnnecessaryIsInstance]
        return None  # Typed as one, but what stands alone is compiled to its one element.
    parts: list[str] = []
    for element in pattern.elements:
        if isinstance(element, TextElement):
            parts.append(element.value)
            continue
        place = getattr(element, "expression", None)  # a literal is compiled to itself, too
        text = arguments.get(place.id.name) if isinstance(place, VariableReference) else None
        if not isinstance(text, str) or len(text) > _LONGEST_PART:
            return None
        parts.append(text)
    return "".join(parts)


def _cut(whole: str, *, where: str) -> Iterator[tuple[str, str]]:
    key, lines = "", list[str]()
    for line in whole.splitlines(keepends=True):
        if begins := _BEGIN.match(line):
            if key:
                yield key, "".join(lines)
            key, lines = begins[1], [line]
        elif line.isspace() or (line.startswith((" ", "}")) and key):
            lines.append(line)
        elif not line.startswith("#"):
            raise _no_message(where, line)
    if key:
        yield key, "".join(lines)


def _no_message(where: str, text: str) -> PhraseError:
    return PhraseError(f"{where}: no message: {text[:_SHOWN]!r}")
