"""Time zones by city, country, short form or offset, for autocomplete."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final, cast
from zoneinfo import ZoneInfo, available_timezones

from bot.when.text import plain_characters

_OFFSET: Final = re.compile(
    r"(?:utc|gmt)?\s*(?P<sign>[+-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?", re.ASCII
)
_MAX_QUERY: Final = 50


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    """A zone that can be chosen."""

    name: str
    """IANA name: area and city, or UTC."""
    offset: timedelta
    """What its clocks are ahead of UTC at present."""
    local: datetime
    """The present there."""

    @property
    def offset_text(self) -> str:
        """The offset as UTC+5:30 or UTC-8; UTC alone for none."""
        minutes = round(self.offset.total_seconds() / 60)
        hours, rest = divmod(abs(minutes), 60)
        if not minutes:
            return "UTC"
        return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    names: tuple[str, ...]
    """The zones that are offered, popular ones first."""
    titles: dict[str, tuple[str, ...]]
    """Zone -> what it is called, best first: city, area and city, country."""
    aliases: dict[str, tuple[str, ...]]
    """Word in English or Chinese -> zones."""
    links: dict[str, str]
    """Old name -> the name that replaced it."""


class ZonesError(Exception):
    """The tables of time zones can't be used."""


def search(query: str, *, now: datetime, limit: int = 25) -> list[ZoneChoice]:
    """Return the zones that fit what was typed, the likeliest first; popular ones for nothing.

    Only area and city names and UTC are offered. A text longer than 50 characters fits nothing.
    The first search reads the tables, and the first one by offset every zone (some 60 ms).
    """
    text = _plain(query)
    names = _matches(text, now=now) if len(query) <= _MAX_QUERY else []
    return [_choice(name, now) for name in names[:limit]]


def read_tables() -> None:
    """Read what the first search would read.

    Raises:
        ZonesError: a table is missing or broken.
    """
    _read(_gazetteer)


def read_all(*, now: datetime) -> None:
    """Read the tables and every zone, as the first search by offset would.

    Raises:
        ZonesError: a table or a zone is missing or broken.
    """
    _read(lambda: search("+0", now=now))


def _read(read: Callable[[], object]) -> None:
    try:
        read()
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ZonesError(
            "The tables of time zones, data/when/zones.toml or tzdata's, are broken: "
            f"{type(error).__name__}: {error}"
        ) from error


def resolve(text: str) -> str | None:
    """Return the one zone that ``text`` names, or None where there is none or more than one.

    An IANA name in any case, a former one (Asia/Calcutta), a city, an alias; no bare offset, since
    an offset is no zone. A short form such as EST is what people mean by it, which is an alias; in
    the database it is a link to one zone that never changes its clocks (America/Panama).
    """
    plain = _plain(text)
    if len(text) > _MAX_QUERY or not plain:
        return None
    known = _gazetteer()
    if plain in known.aliases:
        zones = known.aliases[plain]
        return zones[0] if len(zones) == 1 else None
    if name := exact_name(text.strip()):
        name = name if name in known.titles else known.links.get(name, name)
        return name if name in known.titles else None
    called = [name for name, titles in known.titles.items() if plain in titles]
    return called[0] if len(called) == 1 else None


def meanings(text: str) -> tuple[str, ...]:
    """Return the zones that an alias can mean, the likeliest first; none for what is no alias."""
    return _gazetteer().aliases.get(_plain(text), ()) if len(text) <= _MAX_QUERY else ()


@cache
def called() -> frozenset[str]:
    """Return all that zones are called by, in lower case: cities, countries and short forms.

    The first call reads the tables.
    """
    known = _gazetteer()
    titles = (title for each in known.titles.values() for title in each)
    return frozenset((*known.aliases, *titles))


@cache
def _lower_case() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


def exact_name(text: str) -> str | None:
    """Return the IANA name, old ones included, that is written so in any case."""
    return _lower_case().get(text.lower())


def _plain(text: str) -> str:
    return " ".join(plain_characters(text).replace("_", " ").split())


@cache
def _zone(name: str) -> ZoneInfo:
    """Keep every zone that was loaded: ``ZoneInfo`` itself keeps eight."""
    return ZoneInfo(name)


def _choice(name: str, now: datetime) -> ZoneChoice:
    local = now.astimezone(_zone(name))
    return ZoneChoice(name=name, offset=local.utcoffset() or timedelta(), local=local)


def _matches(text: str, *, now: datetime) -> list[str]:
    known = _gazetteer()
    if not text:
        return list(known.names)
    if (offset := _offset(text)) is not None:
        return [name for name in known.names if _choice(name, now).offset == offset]
    ranks: dict[str, int] = {}
    for alias, zones in known.aliases.items():
        if (rank := _rank(text, alias)) is not None:
            for place, zone in enumerate(zones):
                ranks[zone] = min(rank + place, ranks.get(zone, 99))
    for name, titles in known.titles.items():
        for place, title in enumerate(titles):
            if (rank := _rank(text, title)) is not None:
                ranks[name] = min(rank + place, ranks.get(name, 99))
    order = {name: place for place, name in enumerate(known.names)}
    return sorted(ranks, key=lambda name: (ranks[name], order[name]))


def _rank(text: str, title: str) -> int | None:
    """Whole, from the start, from the start of a word, inside: 0, 10, 20, 30; None for nowhere."""
    if text == title:
        return 0
    if title.startswith(text):
        return 10
    if len(text) < 2 and text.isascii():
        return None
    if f" {text}" in title or f"/{text}" in title:
        return 20
    return 30 if text in title and (len(text) > 2 or not text.isascii()) else None


def _offset(text: str) -> timedelta | None:
    if text == "utc":
        return timedelta()
    found = _OFFSET.fullmatch(text)
    if found is None:
        return None
    ahead = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return -ahead if found["sign"] == "-" else ahead


@cache
def _gazetteer() -> _Gazetteer:
    """Read the tables of the time zone database and our own, once, at the first search."""
    database = files("tzdata") / "zoneinfo"
    words = tomllib.loads((files("data") / "when" / "zones.toml").read_text(encoding="utf-8"))
    countries = dict(_rows((database / "iso3166.tab").read_text(encoding="utf-8")))
    titles: dict[str, tuple[str, ...]] = {"UTC": ("utc",)}
    for line in _lines((database / "zone.tab").read_text(encoding="utf-8")):
        country, _, name, *_ = line.split("\t")
        if exact_name(name):
            city = name.rpartition("/")[2]
            titles[name] = tuple(map(_plain, (city, name, countries[country])))
    popular = cast("list[str]", words["popular"])
    aliases = {
        _plain(alias): tuple(zones)
        for table in ("english", "chinese")
        for alias, zones in cast("dict[str, list[str]]", words[table]).items()
    }
    rest = sorted(set(titles) - set(popular))
    return _Gazetteer(
        names=(*popular, *rest),
        titles=titles,
        aliases=aliases,
        links=_links((database / "tzdata.zi").read_text(encoding="utf-8")),
    )


def _lines(table: str) -> list[str]:
    return [line for line in table.splitlines() if line and not line.startswith("#")]


def _rows(table: str) -> list[tuple[str, str]]:
    return [(line.split("\t")[0], line.split("\t")[1]) for line in _lines(table)]


def _links(source: str) -> dict[str, str]:
    rows = (line.split() for line in source.splitlines() if line.startswith("L "))
    return {alias: target for _, target, alias in rows}
