"""Text that somebody typed, made harmless for a message of the bot's."""

import re
import unicodedata

# What Discord gives a meaning anywhere in a line: emphasis, code, spoilers, masked links, and
# everything in pointed brackets (mentions, emoji, time stamps, commands).
_ANYWHERE = re.compile(r"([\\*_~|`\[\]<>])")
# An address is shown as it is: Discord finds nothing in one, and a backslash would break it.
_ADDRESS = re.compile(r"(https?://[^\s\\*~|`\[\]<>]+)")
# Of a heading, a list, small print. A digit can't be escaped, the full stop behind it can.
_LINE_START = re.compile(r"^(\d*)([#\-+.])")
_EVERYONE = re.compile(r"@(?=everyone|here)")
# Format characters turn the direction of text (U+202E) or hide in it (U+200B); a zero-width joiner
# alone holds emoji and some scripts together.
_KEPT_FORMAT = {"\u200d"}


def neutral(text: str, *, most: int) -> str:
    """Return one line that shows what was typed, and does nothing else.

    Args:
        text: as the user typed it.
        most: characters at most, before escaping; what is cut off is marked by `…`.
    """
    line = in_one_line(text)
    if len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    parts = _ADDRESS.split(line)
    parts[::2] = [_ANYWHERE.sub(r"\\\1", words) for words in parts[::2]]
    line = _LINE_START.sub(r"\1\\\2", "".join(parts))
    return _EVERYONE.sub("@\u200b", line)


def in_one_line(text: str) -> str:
    """Return what of the text can be seen, in one line; for where markdown has no meaning."""
    seen = "".join(char for char in text if char in _KEPT_FORMAT or _visible(char))
    return " ".join(seen.split())


def _visible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
