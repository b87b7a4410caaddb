"""Line numbers of a TOML file, for error messages.

The parser of the standard library keeps no positions. This one keeps nothing else: it expects a
text that has been parsed already, so that it need not recognise errors, and runs only where a value
is wrong.
"""

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\r\n]*")
# Longest first: three quotes open a text that may run over lines (and may end in up to five).
_TEXT = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)


def locate(text: str, path: Path) -> int:
    """Return the line (from 1) of the value at `path`, or of the nearest table that holds it."""
    lines = _Scanner(text).lines
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scanner:
    """Walks once over a valid TOML text; `lines` then has the line of each key, table and item."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._items: dict[Path, int] = {}
        """How many tables each [[array]] has so far."""
        table: Path = ()
        self._skip(_BLANK)
        while self._at < len(text):
            if text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self) -> Path:
        line, double = self._line(), self._text.startswith("[[", self._at)
        self._at += 2 if double else 1
        keys = self._keys()
        self._at += 2 if double else 1
        table: Path = ()
        for key in keys[:-1]:
            table = self._current((*table, key))
        table = (*table, keys[-1])
        if double:
            self._items[table] = self._items.get(table, 0) + 1
            self.lines.setdefault(table, line)
            table = (*table, self._items[table] - 1)
        self.lines[table] = line
        return table

    def _current(self, table: Path) -> Path:
        """Return the last item of an [[array]] so far, or a plain table as it is."""
        return (*table, self._items[table] - 1) if table in self._items else table

    def _pair(self, table: Path) -> None:
        line = self._line()
        for key in self._keys():
            table = (*table, key)
            self.lines.setdefault(table, line)
        self._at += 1  # the "="
        self._skip(_SPACE)
        self._value(table)

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            quoted = self._text[self._at] in "\"'"
            key = self._skip(_TEXT if quoted else _BARE)
            keys.append(tomllib.loads(f"key = {key}")["key"] if quoted else key)
            self._skip(_SPACE)
            if self._text[self._at] != ".":
                return keys
            self._at += 1

    def _value(self, path: Path) -> None:
        match self._text[self._at]:
            case "[":
                self._array(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._skip(_TEXT)
            case _:
                self._skip(_SCALAR)

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        while self._next_is_not("]"):
            item: Path = (*path, index)
            self.lines[item] = self._line()
            self._value(item)
            index += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while self._next_is_not("}"):
            self._pair(path)

    def _next_is_not(self, end: str) -> bool:
        """Move to the next item, or past `end` where there is none."""
        self._skip(_BLANK)
        if self._text[self._at] == ",":
            self._at += 1
            self._skip(_BLANK)
        if self._text[self._at] != end:
            return True
        self._at += 1
        return False

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:  # not TOML: stop at the end instead of going round for ever
            self._at = len(self._text)
            return ""
        self._at = match.end()
        return match.group()

    def _line(self) -> int:
        return bisect_right(self._breaks, self._at - 1) + 1
