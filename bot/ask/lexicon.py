"""All words that a question is read with: data, indexed once for one catalog."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Final, cast

from bot.ask.evidence import Scale
from bot.ask.leanings import Leanings
from bot.ask.lengths import Lengths
from bot.ask.names import (
    Card,
    CardNames,
    Company,
    Named,
    ProviderEntry,
    ProviderNames,
    plain_card_name,
    provider_entries,
)
from bot.ask.patterns import Patterns
from bot.ask.phrases import Phrases, Trie
from bot.ask.text import normalise, tokens_of
from bot.ask.timewords import TimeWords
from bot.catalog.catalog import Catalog
from bot.when import zones

SEEN: Final = frozenset(
    {
        "named", "two-named", "pro-named", "gpu-named", "two-gpus", "desk-gpu", "tpu-named",
        "amd-named", "model-size", "amount-hours", "amount-minutes", "amount-gb", "amount-vram",
        "short", "excluded", "aspect", "strong-aspect", "used-on", "wished", "of-card",
        "card-set-aside", "pair-first", "run-named", "none-wanted", "or",
    }
)  # fmt: skip
"""Ideas that no phrase tells, but the reading of names and numbers."""

Table = Mapping[str, Any]
WishValue = bool | str | tuple[str, ...]
Wish = tuple[str, WishValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What `read` needs; the same catalog and the same files give the same readings."""

    catalog: Catalog
    providers: ProviderNames
    cards: CardNames
    makers: Mapping[str, tuple[str, ...]]
    """Models that a maker's name stands for where one of its cards is looked for."""
    trie: Trie
    """Of all names and phrases but those of a reminder."""
    ideas: Phrases[str]
    foreign: frozenset[str]
    """Ideas of what is none of the bot's business; a phrase of theirs has no other ideas in it."""
    intents: Scale
    attributes: Scale
    intents_seen: Leanings
    attributes_seen: Leanings
    wishes: Phrases[Wish]
    refusals: frozenset[Wish]
    """Wishes that refuse a thing: "no card"."""
    refusable: Phrases[Wish]
    """The things alone, by the wish that each is refused with: "card"."""
    regions: Phrases[str]
    methods: Phrases[str]
    models: Phrases[str]
    patterns: Patterns
    negations: Phrases[bool]
    commands: Phrases[bool]
    recurring: Phrases[bool]
    lengths: Lengths
    times: TimeWords
    zones: frozenset[str]
    """What time zones are called."""


def load_lexicon(catalog: Catalog) -> Lexicon:
    """Index the words of `data/ask` and the names of the catalog.

    Raises:
        EvidenceError: a rule speaks of an idea that no phrase tells.
    """
    tables = dict(_table("words"))
    patterns = cast("dict[str, list[str]]", tables.pop("pattern"))
    words = {
        idea: cast("list[str]", phrases)
        for table in tables.values()
        for idea, phrases in table.items()
    }
    evidence, wishes = _table("evidence"), _table("wishes")
    refusable = _refusable(wishes["wish"])
    known = SEEN.union(words)
    trie = Trie()
    ideas = Phrases(words, trie=trie)
    vocabulary = trie.words()  # before there are names in it
    return Lexicon(
        catalog=catalog,
        providers=ProviderNames(
            _providers(catalog),
            ordinary=vocabulary.union(_table("providers")["ordinary"]),
            company=_company(_table("providers")["company"]),
            trie=trie,
        ),
        cards=CardNames(_cards(catalog), trie=trie),
        makers={
            each["name"]: tuple(each["searched_as"])
            for each in _table("gpus")["gpu"]
            if "searched_as" in each
        },
        trie=trie,
        ideas=ideas,
        foreign=frozenset(tables["out"]),
        intents=Scale.parse(evidence["intent"], known=known),
        attributes=Scale.parse(evidence["attribute"], known=known),
        intents_seen=Leanings.parse(_text("intents.tsv")),
        attributes_seen=Leanings.parse(_text("attributes.tsv")),
        wishes=Phrases(_wishes(wishes["wish"], refusals=wishes["refusal"]["before"]), trie=trie),
        refusals=frozenset(refusable),
        refusable=Phrases(refusable, trie=trie),
        regions=Phrases({each["code"]: each["phrases"] for each in wishes["region"]}, trie=trie),
        methods=Phrases(wishes["methods"], trie=trie),
        models=Phrases(wishes["models"], trie=trie),
        patterns=Patterns(patterns),
        negations=Phrases({True: wishes["negation"]["before"]}, trie=trie),
        commands=Phrases({True: wishes["command"]["phrases"]}),
        recurring=Phrases({True: wishes["command"]["recurring"]}),
        lengths=Lengths(),
        times=TimeWords(),
        zones=zones.called(),
    )


def _words(phrase: str) -> tuple[str, ...]:
    return tokens_of(normalise(phrase))


def _value(value: object) -> WishValue:
    if isinstance(value, list):
        return tuple(cast("list[str]", value))
    return cast("bool | str", value)


def _wishes(table: list[dict[str, Any]], *, refusals: list[str]) -> dict[Wish, list[str]]:
    found: dict[Wish, list[str]] = {}
    for each in table:
        phrases = found.setdefault((each["field"], _value(each["value"])), [])
        phrases += each["phrases"]
        phrases += [f"{before} {thing}" for thing in each.get("things", ()) for before in refusals]
    return found


def _refusable(table: list[dict[str, Any]]) -> dict[Wish, list[str]]:
    return {
        (each["field"], _value(each["value"])): each["things"] for each in table if "things" in each
    }


def _providers(catalog: Catalog) -> list[ProviderEntry]:
    table = _table("providers")
    own = [
        ProviderEntry(
            named=Named(each["name"], _known(catalog, each.get("offer"))),
            names=tuple(each["names"]),
            typos=each.get("typos", True),
            short=tuple(each.get("short", ())),
            beside=each.get("beside"),
            next_to=tuple(each.get("next_to", ())),
            unsure=tuple(each.get("unsure", ())),
            terms=tuple(each.get("terms", ())),
            things=tuple(each.get("things", ())),
        )
        for each in table["provider"]
    ]
    labels = {each["provider"]: each["name"] for each in table["provider"] if "provider" in each}
    others = provider_entries(
        catalog, labels=labels, everyday=table["everyday"], next_to=table["next_to_another"]
    )
    return [*own, *others]


def _company(table: Mapping[str, list[str]]) -> Company:
    return Company(**{name: frozenset(words) for name, words in table.items()})


def _known(catalog: Catalog, offer_id: str | None) -> str | None:
    """Return the id where the catalog at hand has it: an operator's may have other offers."""
    return offer_id if offer_id in catalog.offers else None


def _cards(catalog: Catalog) -> dict[Card, list[str]]:
    table = _table("gpus")
    names: dict[Card, list[str]] = {}
    for family in table["desk"]:
        for card, written in _desk_cards(family):
            names[card] = [*names.get(card, ()), *written]
    # These are thousands, and written as they are read.
    taken = {name.replace(" ", "") for written in names.values() for name in written}
    for each in table["gpu"]:
        names[Card(each["name"])] = list(each["names"])
        taken.update("".join(_words(name)) for name in each["names"])
    for name in catalog.gpu_names.all_names():
        key = "".join(_words(name))
        rows = catalog.gpu_names.rows(name)
        if key and key not in taken and rows:
            names.setdefault(Card(plain_card_name(rows[0].name)), []).append(name)
    return names


def _desk_cards(family: Table) -> Iterator[tuple[Card, list[str]]]:
    """Yield the cards of a family and what they are called: "gtx 1080 ti", "1080ti"."""
    endings = {"": "", **family.get("endings", {})}
    for number, (ending, printed) in product(family["numbers"], endings.items()):
        name = (family["family"], str(number).upper(), printed)
        forms = {f"{number} {ending}".strip(), f"{number}{ending}".replace(" ", "")}
        gaps = ("", " ")
        named = {word + gap + form for word in family["written"] for gap in gaps for form in forms}
        enough = number >= family["alone"] if "alone" in family else False
        if enough or ending in family.get("alone_with", ()):
            named |= forms
        yield Card(" ".join(filter(None, name)), desk=True), sorted(named)


@cache
def _table(name: str) -> Table:
    return tomllib.loads(_text(f"{name}.toml"))


def _text(name: str) -> str:
    return files("data").joinpath("ask", name).read_text(encoding="utf-8")
