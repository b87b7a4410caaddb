"""A question in words, read: names, numbers and ideas, then intent and attribute by evidence.

The intent also by what its words lean to, as they were counted in other questions.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter
from typing import Final

from bot.ask.constraints import Asked, constraints_of, query_of
from bot.ask.found import Found, find
from bot.ask.lexicon import Lexicon
from bot.ask.names import Named
from bot.ask.reading import ABOUT_ONE, ALIKE, Clarify, ConstraintValue, Intent, Reading
from bot.ask.reminder import Wanted, wanted
from bot.ask.seen import ideas_of
from bot.ask.session import SessionAsked, is_unsure, lead_in, session_of
from bot.ask.sought import card_wanted

MOST_ATTRIBUTES: Final = 2
MOST_ALSO: Final = 3
LEAST_WEIGHT: Final = 1.2
"""Of an attribute: less is a guess."""
STRONG_WEIGHT: Final = 2.4
INTENT_LEANING: Final = 1.0
ATTRIBUTE_LEANING: Final = 0.7
"""What the words lean to counts so much beside the rules."""
CLOSE: Final = 2.0
"""An intent that weighs so little less than the heaviest is meant about one time in four."""
_NEVER_RATHER: Final = frozenset({Intent.REMINDER, Intent.OUT_OF_SCOPE})
_SECOND: Final = 0.5
"""The second attribute is named where it weighs at least so much of the first."""
_TPU_OFFERS: Final = {
    "google-colab-free": "google-colab-free-tpu",
    "kaggle-notebooks-gpu": "kaggle-notebooks-tpu",
}
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
    "background_execution": "session_limit",
    "datasets": "persistent_storage",
    "system_ram": "vram",
}
"""Values that askers take for each other: the other one answers as often."""
USUALLY: Final[Mapping[Intent, tuple[str, ...]]] = {
    Intent.QUOTA_WHEN: ("quota_reset", "weekly_quota"),
    Intent.RECOMMEND: ("vram", "gpu_model"),
    Intent.FILTER_LIST: ("vram", "gpu_model"),
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
    found = find(text, lexicon)
    ideas = ideas_of(found, lexicon)
    attributes = lexicon.attributes.weigh(ideas)
    ideas |= _aspects(attributes, ideas)
    leaning = lexicon.intents_seen.weigh(found.tokens)
    weights = _together(lexicon.intents.weigh(ideas), leaning, share=INTENT_LEANING)
    leaning = lexicon.attributes_seen.weigh(found.tokens)
    seen = _Seen(
        text=text,
        found=found,
        ideas=ideas,
        weights=weights,
        attributes=_together(attributes, leaning, share=ATTRIBUTE_LEANING),
    )
    reading = _reading(Intent(next(iter(weights))), seen, lexicon, now)
    if (rather := _rather(weights)) is None:
        return reading
    return replace(reading, rather=_reading(rather, seen, lexicon, now))


def _rather(weights: Mapping[str, float]) -> Intent | None:
    """Return what may be meant as well as the heaviest; None where nothing weighs about as much.

    Not a reminder, for nobody wants one by mistake, and not that it is none of the bot's business.
    """
    (first, most), *others = weights.items()
    if first == Intent.REMINDER:
        return None
    kind = ALIKE.get(Intent(first), Intent(first))
    for name, weight in others:
        if most - weight > CLOSE:
            return None
        other = Intent(name)
        if ALIKE.get(other, other) is not kind and other not in _NEVER_RATHER:
            return other
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What one text shows, whatever it is taken to ask."""

    text: str
    found: Found
    ideas: set[str]
    weights: Mapping[str, float]
    attributes: Mapping[str, float]
    """Their weights, the heaviest first."""


def _reading(intent: Intent, seen: _Seen, lexicon: Lexicon, now: datetime) -> Reading:
    """Return what the text says to one intent."""
    found, ideas = seen.found, seen.ideas
    asked = _asked(seen.attributes, intent)
    parts = Asked(
        walk=found.walk,
        amounts=found.amounts,
        cards=tuple(found.cards),
        wishes=dict(found.wishes),
        region=next((hit.means for hit in lexicon.regions.longest(found.walk)), None),
        intent=intent,
        card_wanted=card_wanted(intent, ideas, found.tokens, found.cards),
    )
    constraints = constraints_of(parts, lexicon)
    reminder, session = None, None
    if intent is Intent.REMINDER:
        reminder, session = _reminder(seen.text, ideas, found, lexicon, now)
    timed = reminder if session is None else None
    constraints.update(_promised(timed, session))
    if found.excluded:
        constraints["exclude"] = ", ".join(sorted(found.excluded))
    return Reading(
        text=found.plain,
        intent=intent,
        weights=seen.weights,
        ideas=frozenset(ideas),
        providers=_for_tpu(found, lexicon),
        excluded=found.excluded,
        cards=parts.cards,
        amounts=found.amounts,
        attributes=asked,
        also=tuple(
            name
            for name, weight in seen.attributes.items()
            if weight >= STRONG_WEIGHT and name not in asked
        )[:MOST_ALSO],
        card_wanted=parts.card_wanted,
        constraints=constraints,
        query=query_of(parts, lexicon),
        when=None if timed is None else timed.when,
        about=None if reminder is None else reminder.about,
        every=None if timed is None else timed.every,
        clarify=_clarify(
            intent,
            known=bool(found.providers) or "of-card" in ideas,
            reminder=timed,
        ),
        either=() if timed is None else timed.either,
        doubt=None if timed is None else timed.doubt,
        unclear=None if timed is None else timed.unclear,
        no_new=None if reminder is None else reminder.no_new,
        lead=None if timed is None else lead_in(seen.text, lexicon.lengths),
        session=session,
    )


def _together(
    told: Mapping[str, float], leaning: Mapping[str, float], *, share: float
) -> dict[str, float]:
    """Return what rules and counted words come to, the heaviest first."""
    sums = {name: weight + share * leaning[name] for name, weight in told.items()}
    return dict(sorted(sums.items(), key=itemgetter(1), reverse=True))


def _reminder(
    text: str, ideas: AbstractSet[str], found: Found, lexicon: Lexicon, now: datetime
) -> tuple[Wanted, SessionAsked | None]:
    """Return the reminder that is wanted, and the session whose end it is for, if it is one's."""
    reminder = wanted(text, lexicon, now=now)
    lengths, session = lexicon.lengths, None
    if reminder.no_new is None:
        several = len({named.offer for named in found.providers}) > 1
        session = session_of(text, reminder, ideas, lengths, several=several, now=now)
    if session is None and (reminder.unclear or is_unsure(reminder, text, lengths)):
        reminder = replace(reminder, when=None, every=None, either=(), doubt=None)
    return reminder, session


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


def _for_tpu(found: Found, lexicon: Lexicon) -> tuple[Named, ...]:
    """Return the providers; with the TPU's own offer where a TPU is asked about alone."""
    providers = found.providers
    if not any(card.name.startswith("TPU") for card in found.cards):
        return tuple(providers)
    offers = lexicon.catalog.offers
    meant: list[Named] = []
    for named in providers:
        instead = _TPU_OFFERS.get(named.offer or "")
        plain = named.name in {"Google Colab", "Kaggle"}
        meant.append(Named(named.name, instead) if plain and instead in offers else named)
    return tuple(meant)


def _clarify(intent: Intent, *, known: bool, reminder: Wanted | None) -> Clarify | None:
    """Return what has to be asked back; `known` says whether it is known what is asked about."""
    if intent in ABOUT_ONE and not known:
        return Clarify.PROVIDER
    if reminder is None or reminder.no_new is not None:
        return None
    if reminder.when is None or reminder.doubt is not None:
        return Clarify.WHEN
    return Clarify.HOUR if reminder.either else None
