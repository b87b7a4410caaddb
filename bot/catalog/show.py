"""One offer, whole, in plain English: what `gpu-scout catalog show` prints for operators."""

from collections.abc import Iterable, Iterator
from typing import cast

from bot.catalog.catalog import Catalog
from bot.catalog.conflicts import Conflict, ConflictingValue, OlderValue
from bot.catalog.facts import Citations, Fact, Model, Note, Source, Text, cited_sources
from bot.catalog.offer import Offer, OfferedGpu, OfferedTpu, Rate

_LABEL_WIDTH = 20
_SHOWN_APART = frozenset({"id", "name", "short", "aliases", "url", "conflicts", "history"})


def show(catalog: Catalog, offer: Offer) -> str:
    """Return every statement of `offer` with the numbers of its sources, and these at the end.

    What is unknown is named in each part, since it is as much a result as a value.
    """
    writer = _Writer(cited_sources(offer))
    provider = catalog.provider_of(offer)
    lines = [
        f"{offer.id}: {offer.name.en}",
        f"by {provider.name} (operator: {provider.operator})",
        *([offer.url] if offer.url else []),
        "also called: " + ", ".join((offer.short, offer.name.zh, *offer.aliases)),
        "",
        *writer.part(offer, skip=_SHOWN_APART),
    ]
    if offer.conflicts:
        lines += ["", "conflicts", *map(writer.conflict, offer.conflicts)]
    if offer.history:
        lines += ["", "history", *map(writer.older, offer.history)]
    return "\n".join([*lines, "", "sources", *writer.sources()])


def show_source(source: Source) -> str:
    """Return a source as one line: where, when, and how far it is trusted."""
    text = f"{source.label or 'nothing found'} ({source.as_of}, {source.confidence or 'unrated'})"
    return f"{text}: {source.note.en}" if source.note else text


class _Writer:
    """Writes parts of an offer, citing sources by number."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._numbers = {source: number for number, source in enumerate(sources, start=1)}

    def sources(self) -> list[str]:
        return [f"  [{number}] {show_source(each)}" for each, number in self._numbers.items()]

    def part(self, part: Model, prefix: str = "", skip: Iterable[str] = ()) -> Iterator[str]:
        """Yield the lines of a table: its values, what is unknown, then the tables in it."""
        unknown: list[str] = []
        inner: list[tuple[str, Model]] = []
        for name in (each for each in type(part).model_fields if each not in {*skip, "sources"}):
            value: object = getattr(part, name)
            if _is_section(value):
                inner.append((name, cast("Model", value)))
            elif value == () or getattr(value, "value", value) is None:
                unknown.append(name + self._cite(getattr(value, "sources", ())))
            else:
                yield from self._entry(name, value)
        if unknown:
            yield _line("unknown", ", ".join(unknown))
        for name, section in inner:
            cited = self._cite(getattr(section, "sources", ()))
            yield from ("", prefix + name + cited, *self.part(section, f"{prefix}{name}."))

    def conflict(self, conflict: Conflict) -> str:
        values = "; ".join(self._claim(each) for each in conflict.values)
        return _line(_topic(conflict), values)

    def older(self, older: OlderValue) -> str:
        return _line(
            _topic(older), f"{older.date}: {_plain(older.value)}{self._cite((older.source,))}"
        )

    def _claim(self, claim: ConflictingValue) -> str:
        return _plain(claim.value) + self._cite((claim.source,))

    def _entry(self, name: str, value: object) -> Iterator[str]:
        """Yield the line of a value, or one line for each item of a list of tables."""
        items = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
        if any(isinstance(each, Model) for each in items):
            yield from (_line(name, self._value(each)) for each in items)
        else:
            yield _line(name, self._value(cast("object", value)))

    def _value(self, value: object) -> str:
        match value:
            case Fact():
                fact = cast("Fact[object]", value)
                return _plain(fact.value) + self._cite(fact.sources)
            case Note():
                return value.en + self._cite(value.sources)
            case OfferedGpu() | OfferedTpu() | Rate():
                told = value.model_dump(exclude={"sources", "note"}, exclude_none=True)
                words = ", ".join(f"{name} {_plain(each)}" for name, each in told.items())
                note = getattr(value, "note", None)
                return words + (f" ({note})" if note else "") + self._cite(value.sources)
            case _:
                return _plain(value)

    def _cite(self, sources: Citations) -> str:
        return "".join(f" [{self._numbers[each]}]" for each in sources)


def _is_section(value: object) -> bool:
    return isinstance(value, Model) and not isinstance(value, Fact | Text)


def _plain(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.10g}"
        case tuple():
            return ", ".join(map(str, cast("tuple[object, ...]", value)))
        case _:
            return str(value)


def _topic(topic: Conflict | OlderValue) -> str:
    return str(topic.about or topic.field)


def _line(label: str, text: str) -> str:
    return f"  {label:<{_LABEL_WIDTH}} {text}"
