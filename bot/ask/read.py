"""A question in words, read: names, numbers and ideas, then intent and attribute by evidence."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.ask.amounts import Amount, Role, amounts_of
from bot.ask.constraints import Asked, constraints_of, query_of
from bot.ask.lexicon import Lexicon, Wish
from bot.ask.names import Card, Named, Place
from bot.ask.phrases import Hit, Walk
from bot.ask.reading import (
    ABOUT_ONE,
    SEARCHES,
    Clarify,
    ConstraintValue,
    Intent,
    Reading,
)
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
_AND: Final = frozenset({"or", "nor", "and", "/", "和", "跟", "与", "或", "及"})
_TPU_OFFERS: Final = {
    "google-colab-free": "google-colab-free-tpu",
    "kaggle-notebooks-gpu": "kaggle-notebooks-tpu",
}
_JOINS: Final = frozenset({"or", "nor", "and", ",", "/", "和", "或", "与", "及", "跟"})
_ASIDE: Final = frozenset(
    {"a", "an", "any", "my", "the", "verification", "number", "check", "either", "者", "验", "证"}
)
"""What may stand beside a joining word between two things that are refused."""
_ANEW: Final = {("and", "a"), ("and", "an")}
"""What begins something else: "no phone and a card of 16 GB"."""
_BETWEEN_REFUSED: Final = 5
"""Tokens in which the next of them begins."""
_LIMITS: Final = frozenset(
    {
        *((name, False) for name in ("card", "phone", "id_check", "waitlist")),
        ("academic_email", True),
    }
)
"""Wishes that only somebody who searches has: what they cannot give, or have and others lack."""
_RUNS: Final = frozenset({"workload", "model-size", "enough", "train", "local-lack", "instead"})
"""Ideas of something that is to run, on a card that is named for it."""
_FREE: Final = (("free",), ("免", "费"), ("白", "嫖"))
"""What stands beside a card that is looked for as a gift: "a free V100"."""
_SEARCHING: Final = frozenset({"free", "gpu", "cloud", "suggest", "which-list"})
"""Ideas of somebody who looks for a card."""
_FILES: Final = frozenset({"disk", "storage", "ram", "dataset", "own-data", "session", "quota"})
"""Ideas by which gigabytes are of something else than a card."""
_MOST_VRAM: Final = 200
"""GB of the largest card that there is, roughly."""
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
    wishes = [*_wishes(tokens, walk, lexicon)]
    ideas = _ideas(walk, lexicon)
    ideas |= set(lexicon.patterns.ideas_of(plain[:_SEARCHED], tokens))
    sought = [named for named in providers if named.name not in excluded]
    if not sought and not ideas & _FILES and (wishes or ideas & _SEARCHING):
        amounts = tuple(map(_as_memory, amounts))
    ideas |= _seen(tokens, sought, list(cards), amounts, excluded=bool(excluded))
    if _names_a_run(walk, amounts, lexicon):
        ideas.add("run-named")
    if _used_on(tokens, [*providers.values(), *cards.values()]):
        ideas.add("used-on")
    if not excluded and _begins_with_two(tokens, [*providers.values()]):
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
        card_wanted=_card_wanted(intent, ideas, tokens, cards),
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
        card_wanted=parts.card_wanted,
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


def _card_wanted(
    intent: Intent, ideas: AbstractSet[str], tokens: Sequence[str], cards: Mapping[Card, Place]
) -> bool:
    """Say whether a card is looked for: "a free V100", but not "is a free V100 enough".

    A card that stands under desks is looked for only as a gift: it is the asker's own elsewhere.
    """
    if intent not in SEARCHES or not cards:
        return False
    if ideas.isdisjoint({"workload", "model-size"}) and _given_away(tokens, cards):
        return True
    if any(card.desk for card in cards):
        return False
    if intent is Intent.RECOMMEND:
        return "free" in ideas and not ideas & _RUNS
    if intent is Intent.ALTERNATIVE:
        return _got(tokens, cards) and "card-set-aside" not in ideas
    return True


def _given_away(tokens: Sequence[str], cards: Mapping[Card, Place]) -> bool:
    """Say whether "free" stands beside a card: "a free nvidia T4", "免费的T4", "4090 free"."""
    return any(
        tokens[start : start + len(free)] == free
        for free in _FREE
        for at in cards.values()
        for start in (*range(max(at.start - 3, 0), at.start), at.end)
    )


def _got(tokens: Sequence[str], cards: Mapping[Card, Place]) -> bool:
    """Say whether a card is what somebody wants to get: "something with a T4"."""
    return any(_WITH.intersection(tokens[max(at.start - 2, 0) : at.start]) for at in cards.values())


def _as_memory(amount: Amount) -> Amount:
    """Return bare gigabytes as what they are where a card is looked for: its memory."""
    if amount.role is Role.SIZE and amount.value <= _MOST_VRAM:
        return replace(amount, role=Role.VRAM)
    return amount


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
        "named": bool(providers) or excluded,
        "none-wanted": excluded and not providers,
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


def _wishes(tokens: Sequence[str], walk: Walk, lexicon: Lexicon) -> Iterator[Wish]:
    """Yield what is wished for; what is refused with others too: "no card or phone"."""
    things = {hit.start: hit for hit in lexicon.refusable.all(walk)}
    for wish in lexicon.wishes.longest(walk):
        yield wish.means
        at = wish.end if wish.means in lexicon.refusals else len(tokens)
        while (thing := _joined(tokens, at, things)) is not None:
            yield thing.means
            at = thing.end


def _joined(tokens: Sequence[str], at: int, things: Mapping[int, Hit[Wish]]) -> Hit[Wish] | None:
    """Return the thing that an "or" joins to what ends before `at`, if one does."""
    joined = False
    for place in range(at, min(at + _BETWEEN_REFUSED, len(tokens))):
        if joined and place in things:
            return things[place]
        if tokens[place] not in _JOINS | _ASIDE or tokens[place : place + 2] in _ANEW:
            return None
        joined = joined or tokens[place] in _JOINS
    return None


def _names_a_run(walk: Walk, amounts: Sequence[Amount], lexicon: Lexicon) -> bool:
    """Say whether a run is named as far as its memory can be told: "qlora 7b", "sdxl lora"."""
    size = any(amount.role is Role.MODEL for amount in amounts)
    model = any(True for _ in lexicon.models.longest(walk))
    method = any(True for _ in lexicon.methods.longest(walk))
    return size + model + method >= 2 and (size or model)


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
) -> Iterator[Named]:
    """Yield the providers behind a negation: "not Colab", "除了 Kaggle"; not "why not Colab".

    And those that are joined to them: "neither Colab nor Kaggle". `denials` are where the negations
    end.
    """
    denied_until = len(tokens)
    for named, place in sorted(providers.items(), key=lambda each: each[1].start):
        between = tokens[denied_until : place.start]
        joined = 0 < len(between) <= 2 and _AND.issuperset(between)
        if joined or any(
            0 <= place.start - end < (1 if tokens[end - 1] in _CLOSE else _BEFORE)
            and not _BREAKS.intersection(tokens[end : place.start])
            and "why" not in tokens[max(end - 3, 0) : end]
            for end in denials
        ):
            denied_until = place.end
            yield named


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
