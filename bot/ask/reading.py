"""How a question was read: plain data that can be shown, and corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.advice.query import Query
from bot.ask.amounts import Amount
from bot.ask.existing import NoNew
from bot.ask.leftover import Unclear
from bot.ask.names import Card, Named
from bot.ask.session import SessionAsked
from bot.when import Problem

ConstraintValue = bool | int | float | str


class Intent(StrEnum):
    """What is asked."""

    FACT = "fact"
    QUOTA_WHEN = "quota_when"
    COMPARE = "compare"
    RECOMMEND = "recommend"
    FILTER_LIST = "filter_list"
    ALTERNATIVE = "alternative"
    STATUS_ALIVE = "status_alive"
    REMINDER = "reminder"
    OUT_OF_SCOPE = "out_of_scope"


class Clarify(StrEnum):
    """What has to be asked back."""

    PROVIDER = "provider"
    WHEN = "when"
    HOUR = "hour"
    PURPOSE = "purpose"


SEARCHES: Final = frozenset({Intent.RECOMMEND, Intent.FILTER_LIST, Intent.ALTERNATIVE})
"""Intents whose answer is a search."""
ABOUT_ONE: Final = frozenset({Intent.FACT, Intent.QUOTA_WHEN, Intent.STATUS_ALIVE})
"""Intents whose answer is about a provider that has to be known."""
ALIKE: Final[Mapping[Intent, Intent]] = {
    Intent.QUOTA_WHEN: Intent.FACT,
    Intent.FILTER_LIST: Intent.RECOMMEND,
}
"""Intents that people take for each other; their answers say much the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One question."""

    text: str
    """Normalised."""
    intent: Intent
    weights: Mapping[str, float]
    """Of each intent, the heaviest first."""
    ideas: frozenset[str]
    """What the weights rest on."""
    providers: tuple[Named, ...]
    """In the order of the text; those that are not wanted too."""
    excluded: frozenset[str]
    """Names of providers that are not wanted: "not Colab"."""
    cards: tuple[Card, ...]
    amounts: tuple[Amount, ...]
    attributes: tuple[str, ...]
    """The most likely first, at most two."""
    constraints: Mapping[str, ConstraintValue]
    query: Query
    """The same as a request, as far as a request can say it."""
    when: str | None
    """Of a reminder: the time as it was typed; of one that comes again the first time."""
    about: str | None
    """Of a reminder: what for; the user's own words, not neutralised."""
    every: str | None
    """Of a reminder that comes again: how often, as the option `every:` takes it."""
    clarify: Clarify | None
    either: tuple[str, ...] = ()
    """Of a reminder whose hour may be of the morning or of the evening: both, as one types them."""
    doubt: Problem | None = None
    """Of a reminder: why its time would be refused, or why there is none."""
    also: tuple[str, ...] = ()
    """Attributes beside those that are asked for as plainly: "how long, how much, and a phone?"."""
    card_wanted: bool = False
    """Whether the cards are what is looked for, and not what something is to run on."""
    unclear: Unclear | None = None
    """Of a reminder: why a time that stands in it is not relied on."""
    no_new: NoNew | None = None
    """Of a reminder: why none is to be made."""
    lead: str | None = None
    """How long before something a warning is wanted, where that is no session."""
    session: SessionAsked | None = None
    """Of a reminder before the end of a session: what is told of it."""
    rather: "Reading | None" = None
    """What else may have been meant, where that is nearly as likely."""

    @classmethod
    def corrected(
        cls,
        intent: Intent,
        providers: tuple[Named, ...],
        attributes: tuple[str, ...],
        run: str = "",
        query: Query | None = None,
    ) -> "Reading":
        """Return what the user says was meant, in place of what was read.

        `run` is what is to be run, in words; `query` what a search has to meet.
        """
        clarify = Clarify.PROVIDER if intent in ABOUT_ONE and not providers else None
        return cls(
            text=run,
            intent=intent,
            weights={intent.value: 0.0},
            ideas=frozenset(),
            providers=providers,
            excluded=frozenset(),
            cards=(),
            amounts=(),
            attributes=attributes,
            constraints={"workload": run} if run else {},
            query=query or Query(),
            when=None,
            about=None,
            every=None,
            clarify=clarify,
        )

    @property
    def offers(self) -> tuple[str, ...]:
        """The ids of the offers that are named."""
        ids = [named.offer for named in self.providers if named.offer is not None]
        return tuple(dict.fromkeys(ids))

    @property
    def of_card(self) -> bool:
        """Whether a card itself is asked about, and not who offers it."""
        return "of-card" in self.ideas and self.intent is Intent.FACT

    @property
    def of_changes(self) -> bool:
        """Whether it is asked what an offer was, beside what it is."""
        return "changes" in self.ideas and self.intent is Intent.FACT

    @property
    def friendly(self) -> bool:
        """Whether it is a greeting, thanks, or the question what can be asked; or nothing."""
        return self.intent is Intent.OUT_OF_SCOPE and ("greeting" in self.ideas or not self.text)

    @property
    def watches(self) -> bool:
        """Whether it is a quota that is to be told of, whenever there is something to tell."""
        quota = self.ideas & {"quota", "reset"}
        plain = self.when is None and self.session is None and "recurring" not in self.constraints
        sure = self.unclear is None and self.doubt is None and self.no_new is None
        return self.intent is Intent.REMINDER and bool(quota) and plain and sure

    @property
    def evades(self) -> bool:
        """Whether the question is how to get around a limit."""
        return "evade" in self.ideas and self.intent is not Intent.OUT_OF_SCOPE
