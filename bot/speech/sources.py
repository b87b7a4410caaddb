"""How sources are named: the catalog says exactly where, an answer says briefly who."""

import re
from typing import Final
from urllib.parse import urlsplit

from bot.catalog.facts import Source

_ADDRESS: Final = re.compile(r"https?://[^\s;,)]+")
_COMMIT: Final = re.compile(r"[\s(]*\b(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}\b")
"""Of a commit, and what stands between it and the words before it."""


def source_label(source: Source) -> str | None:
    """Return the title of a source, or the hosts where it has none; None for none.

    Paths and the names of commits are for whoever checks the catalog, and are left out.
    """
    title = source.text or source.url
    if title is None:
        return None
    if _ADDRESS.match(title):
        return ", ".join(dict.fromkeys(_host(each) for each in _ADDRESS.findall(title)))
    commit = _COMMIT.search(title)
    return title if commit is None else title[: commit.start()] or title


def _host(address: str) -> str:
    return (urlsplit(address).hostname or address).removeprefix("www.")
