"""A question in words, read: names, numbers and ideas, then intent and attribute by evidence."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.ask.amounts import Amount, Role, amounts_of
from bot.ask.constraints import Asked, constraints_of, query_of
from bot.ask.lexicon import Lexicon
from bot.ask.names import Card, Named, Place
from bot.ask.phrases import Walk
from bot.ask.reading import ABOUT_ONE, Clarify, ConstraintValue, Intent, Reading
from bot.ask.reminder import Wanted, wanted
from bot.ask.session import SessionAsked, is_unsure, session_of
from bot.ask.text import normalise, tokens_of

MOST_ATTRIBUTES: Final = 2
LEAST_WEIGHT: Final = 1.2
"""Of an attribute: less is a guess."""
STRONG_WEIGHT: Final = 2.4
_SECOND: Final = 0.5
"""The second attribute is named where it weighs at least so much of the first."""
_SEARCHED: Final = 700
"""Characters in which the expressions look: each of them costs something at every place."""
_SHORT: Final = 6
_BEFORE: Final = 3
"""Tokens between a negation and the name that it denies."""
_CLOSE: Final = frozenset({"no", "not", "without"})
"""Negations that deny only what stands right behind them: "no free Colab GPU" denies the GPU."""
_BREAKS: Final = frozenset(".,?!;:")
_ON: Final = frozenset({"on", "in", "with", "using", "via", "for", "into"})
_DOING: Final = (
    "run", "train", "work", "tri", "try", "infer", "deploy", "test", "finetun", "use", "using",
    "host", "execut",
)  # fmt: skip
"""How words begin that say what is done with a card."""
_AT: Final = frozenset("在用到")
_DONE: Final = frozenset("跑训推部运完")
_WITH: Final = frozenset(
    {"with", "get", "need", "want", "offer", "offers", "find", "rent", "带", "开", "租"}
)
_OR: Final = frozenset({"or", "vs", "/", "还", "是", "和", "跟", "与"})
_TPU_OFFERS: Final = {
    "google-colab-free": "google-colab-free-tpu",
    "kaggle-notebooks-gpu": "kaggle-notebooks-tpu",
}
_LIMITS: Final = frozenset(
    {
        *((name, False) for name in ("card", "phone", "id_check", "waitlist")),
        ("academic_email", True),
    }
)
"""Wishes that only somebody who searches has: what they cannot give, or have and others lack."""
_RUNS: Final = frozenset({"workload", "model-size", "enough", "train", "local-lack", "instead"})
"""Ideas of something that is to run, on a card that is named for it."""
_OF_CARD: Final = frozenset({"compute-capability", "speed", "specs"})
"""Ideas that speak of a card itself, whoever offers it."""
_NEIGHBOURS: Final[Mapping[str, str]] = {
    "session_limit": "idle_timeout",
    "idle_timeout": "session_limit",
    "weekly_quota": "quota_reset",
    "quota_reset": "weekly_quota",
    "gpu_model": "vram",
    "vram": "gpu_model",
    "ephemeral_disk": "persistent_storage",
    "persistent_storage": "ephemeral_disk",
    "multi_gpu": "gpu_model",
    "tpu": "gpu_model",
    "credit_card": "price_upgrade",
}
"""Values that askers take for each other: the other one answers as often."""
USUALLY: Final[Mapping[Intent, tuple[str, ...]]] = {
    Intent.QUOTA_WHEN: ("quota_reset", "weekly_quota"),
    Intent.RECOMMEND: ("vram",),
    Intent.FILTER_LIST: ("vram",),
    Intent.COMPARE: ("gpu_model", "price_upgrade"),
    Intent.STATUS_ALIVE: ("gpu_model",),
    Intent.FACT: ("weekly_quota", "gpu_model"),
}
"""What the answer to each intent goes by where nothing else is said."""


def read(text: str, lexicon: Lexicon, *, now: datetime) -> Reading:
    """Read one question. Never raises, whatever the text; work is bounded.

    Args:
        text: as typed.
        lexicon: the words and names.
        now: aware; what a time in a reminder is tried at.
    """
    plain = normalise(text)
    tokens = tokens_of(plain)
    walk = lexicon.trie.walk(tokens)
    providers = lexicon.providers.find(tokens, walk)
    cards = lexicon.cards.find(walk)
    amounts = amounts_of(plain)
    denials = [hit.end for hit in lexicon.negations.longest(walk)]
    excluded = frozenset(named.name for named in _denied(tokens, providers, denials))
    wishes = [hit.means for hit in lexicon.wishes.longest(walk)]
    ideas = _ideas(walk, lexicon)
    ideas |= set(lexicon.patterns.ideas_of(plain[:_SEARCHED], tokens))
    ideas |= _seen(tokens, list(providers), list(cards), amounts, excluded=bool(excluded))
    if _used_on(tokens, [*providers.values(), *cards.values()]):
        ideas.add("used-on")
    if _begins_with_two(tokens, [*providers.values()]):
        ideas.add("pair-first")
    if _set_aside(tokens, cards, denials):
        ideas.add("card-set-aside")
    if not _LIMITS.isdisjoint(wishes):
        ideas.add("wished")
    if ideas & _OF_CARD and not providers and _in_table(cards, lexicon):
        ideas.add("of-card")
    attributes = lexicon.attributes.weigh(ideas)
    ideas |= _aspects(attributes, ideas)
    weights = lexicon.intents.weigh(ideas)
    intent = Intent(next(iter(weights)))
    asked = _asked(attributes, intent)
    parts = Asked(
        walk=walk,
        amounts=amounts,
        cards=tuple(cards),
        wishes=dict(wishes),
        region=next((hit.means for hit in lexicon.regions.longest(walk)), None),
        intent=intent,
        card_wanted=_card_wanted(intent, ideas, got=_got(tokens, cards)),
    )
    constraints = constraints_of(parts, lexicon)
    reminder = wanted(text, lexicon, now=now) if intent is Intent.REMINDER else None
    several = len({named.offer for named in providers}) > 1
    lengths = lexicon.lengths
    session = (
        None
        if reminder is None
        else session_of(text, reminder, ideas, lengths, several=several, now=now)
    )
    timed = reminder if session is None else None
    if timed is not None and is_unsure(timed, text, lengths):
        timed = replace(timed, when=None, either=(), doubt=None)
    constraints.update(_promised(timed, session))
    if excluded:
        constraints["exclude"] = ", ".join(sorted(excluded))
    return Reading(
        text=plain,
        intent=intent,
        weights=weights,
        ideas=frozenset(ideas),
        providers=_for_tpu(providers, cards, lexicon),
        excluded=excluded,
        cards=tuple(cards),
        amounts=amounts,
        attributes=asked,
        constraints=constraints,
        query=query_of(parts, lexicon),
        when=None if timed is None else timed.when,
        about=None if reminder is None else reminder.about,
        every=None if reminder is None else reminder.every,
        clarify=_clarify(
            intent,
            known=bool(providers) or "of-card" in ideas,
            reminder=timed,
        ),
        either=() if timed is None else timed.either,
        doubt=None if timed is None else timed.doubt,
        session=session,
    )


def _promised(
    timed: Wanted | None, session: SessionAsked | None
) -> Iterator[tuple[str, ConstraintValue]]:
    """Return what a reminder is to be given, by the names of the options."""
    if session is not None:
        told = {"duration": session.duration, "started": session.started, "leads": session.lead}
        yield from ((name, value) for name, value in told.items() if value is not None)
    elif timed is not None:
        if (when := timed.recurring or timed.when) is not None:
            yield "when", when
        if timed.recurring is not None:
            yield "recurring", True


def _card_wanted(intent: Intent, ideas: AbstractSet[str], *, got: bool) -> bool:
    """Say whether a card is looked for: "a free V100", but not "is a free V100 enough"."""
    if intent is Intent.RECOMMEND:
        return "free" in ideas and not ideas & _RUNS
    if intent is Intent.ALTERNATIVE:
        return got and "card-set-aside" not in ideas
    return intent is Intent.FILTER_LIST


def _got(tokens: Sequence[str], cards: Mapping[Card, Place]) -> bool:
    """Say whether a card is what somebody wants to get: "something with a T4"."""
    return any(_WITH.intersection(tokens[max(at.start - 2, 0) : at.start]) for at in cards.values())


def _in_table(cards: Mapping[Card, Place], lexicon: Lexicon) -> bool:
    """Say whether the hardware table has figures of a card that is named."""
    return any(lexicon.catalog.gpu_names.rows(card.name) for card in cards)


def _ideas(walk: Walk, lexicon: Lexicon) -> set[str]:
    """Return what the phrases tell; "out of memory" of an error message does not ask for memory."""
    hits = lexicon.ideas.all(walk)
    inside: set[int] = set()
    for hit in hits:
        if hit.means in lexicon.foreign:
            inside.update(range(hit.start + 1, hit.end))
    return {hit.means for hit in hits if hit.start not in inside}


def _seen(
    tokens: Sequence[str],
    providers: list[Named],
    cards: list[Card],
    amounts: Sequence[Amount],
    *,
    excluded: bool,
) -> set[str]:
    roles = {amount.role for amount in amounts}
    names = {named.name for named in providers}
    real = [card for card in cards if card.name not in {"TPU", "AMD"}]
    flags = {
        "named": bool(providers),
        "two-named": len(providers) >= 2,
        "pro-named": bool(names & {"Google Colab Pro", "Google Colab Pro+"}),
        "gpu-named": bool(real),
        "two-gpus": len(real) >= 2,
        "desk-gpu": any(card.desk for card in real),
        "tpu-named": any(card.name.startswith("TPU") for card in cards),
        "amd-named": any(card.name == "AMD" for card in cards),
        "model-size": Role.MODEL in roles,
        "amount-hours": bool(roles & {Role.SESSION, Role.WEEKLY, Role.MONTHLY}),
        "amount-minutes": bool(roles & {Role.MINUTES, Role.IDLE}),
        "amount-gb": bool(roles & {Role.SIZE, Role.RAM, Role.STORAGE, Role.DISK}),
        "amount-vram": Role.VRAM in roles,
        "short": len(tokens) <= _SHORT,
        "excluded": excluded,
    }
    return {name for name, holds in flags.items() if holds}


def _used_on(tokens: Sequence[str], places: Sequence[Place]) -> bool:
    """Say whether something is run on what is named: "working on Kaggle", "在 Colab 上跑"."""
    for place in places:
        near = tokens[max(place.start - 4, 0) : place.start]
        before = tokens[max(place.start - 10, 0) : place.start]
        if _ON.intersection(near) and any(word.startswith(_DOING) for word in before):
            return True
        after = tokens[place.end : place.end + 10]
        if _AT.intersection(near[-3:]) and _DONE.intersection(after):
            return True
    return False


def _denied(
    tokens: Sequence[str], providers: Mapping[Named, Place], denials: Sequence[int]
) -> list[Named]:
    """Return the providers behind a negation: "not Colab", "除了 Kaggle"; not "why not Colab".

    `denials` are where the negations end.
    """
    return [
        named
        for named, place in providers.items()
        if any(
            0 <= place.start - end < (1 if tokens[end - 1] in _CLOSE else _BEFORE)
            and not _BREAKS.intersection(tokens[end : place.start])
            and "why" not in tokens[max(end - 3, 0) : end]
            for end in denials
        )
    ]


def _begins_with_two(tokens: Sequence[str], places: Sequence[Place]) -> bool:
    """Say whether a question begins with two names: "Colab or Kaggle for a beginner"."""
    if len(places) != 2 or places[0].start > 1:
        return False
    between = tokens[places[0].end : places[1].start]
    return 0 < len(between) <= 2 and _OR.issuperset(between)


def _set_aside(tokens: Sequence[str], cards: Mapping[Card, Place], denials: Sequence[int]) -> bool:
    """Say whether other cards than one are asked about: "besides the T4", "除了 T4", "T4 以外"."""
    return any(
        any(0 <= place.start - end < _BEFORE and tokens[end - 1] not in _CLOSE for end in denials)
        or tokens[place.end : place.end + 2] in {("以", "外"), ("之", "外")}
        for place in cards.values()
    )


def _aspects(attributes: Mapping[str, float], ideas: set[str]) -> set[str]:
    """Say whether a value is asked for; memory of which nobody spoke is a way to put "enough"."""
    weights = [
        weight for name, weight in attributes.items() if name != "vram" or ideas & {"vram", "ram"}
    ]
    best = max(weights)
    flags = {"aspect": LEAST_WEIGHT, "strong-aspect": STRONG_WEIGHT}
    return {name for name, least in flags.items() if best >= least}


def _asked(weights: Mapping[str, float], intent: Intent) -> tuple[str, ...]:
    if intent is Intent.OUT_OF_SCOPE:
        return ()
    heavy = [(name, weight) for name, weight in weights.items() if weight >= LEAST_WEIGHT]
    if not heavy:
        return USUALLY.get(intent, ())
    top = heavy[0][1]
    found = [name for name, weight in heavy[:MOST_ATTRIBUTES] if weight >= _SECOND * top]
    if len(found) < MOST_ATTRIBUTES and (near := _NEIGHBOURS.get(found[0])) is not None:
        found.append(near)
    return tuple(found)


def _for_tpu(
    providers: Mapping[Named, Place], cards: Mapping[Card, Place], lexicon: Lexicon
) -> tuple[Named, ...]:
    """Return the providers; with the TPU's own offer where a TPU is asked about alone."""
    if not any(card.name.startswith("TPU") for card in cards):
        return tuple(providers)
    offers = lexicon.catalog.offers
    found: list[Named] = []
    for named in providers:
        instead = _TPU_OFFERS.get(named.offer or "")
        plain = named.name in {"Google Colab", "Kaggle"}
        found.append(Named(named.name, instead) if plain and instead in offers else named)
    return tuple(found)


def _clarify(intent: Intent, *, known: bool, reminder: Wanted | None) -> Clarify | None:
    """Return what has to be asked back; `known` says whether it is known what is asked about."""
    if intent in ABOUT_ONE and not known:
        return Clarify.PROVIDER
    if reminder is None:
        return None
    if reminder.when is None or reminder.doubt is not None:
        return Clarify.WHEN
    return Clarify.HOUR if reminder.either else None
