"""How much of an offer a user gets, and when it comes back: the six kinds of quota."""

import datetime as dt
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.catalog.facts import UNKNOWN, Amount, Citations, Fact, Flag, Model, Note, Text, Words

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def _clock_time(text: str) -> str:
    if not _CLOCK.fullmatch(text):
        raise PydanticCustomError("clock_time", 'a time of day from "00:00" to "23:59" is needed')
    return text


ClockTime = Annotated[str, AfterValidator(_clock_time)]


class _Rule(Model):
    note: Text | None = None
    sources: Citations = ()


class FixedWeekly(_Rule):
    """Renewed at one moment of the week, the same for every user (Kaggle)."""

    kind: Literal["fixed-weekly"]
    weekday: Weekday
    time: ClockTime
    zone: Words
    """IANA name of the zone that `time` is in."""

    @property
    def clock(self) -> dt.time:
        """The time of day of the renewal, in `zone`."""
        return dt.time.fromisoformat(self.time)


class RollingWindow(_Rule):
    """At any moment, what was used in the last `hours` counts (Studio Lab)."""

    kind: Literal["rolling-window"]
    hours: Amount


class Monthly(_Rule):
    """Renewed once a month; on which day is unknown where `anchor` is absent (Modal)."""

    kind: Literal["monthly"]
    anchor: Literal["calendar-month", "sign-up-day", "billing-day"] | None = None


class AfterFirstUse(_Rule):
    """The first use opens a window of `hours`; the quota is whole again at its end (ZeroGPU)."""

    kind: Literal["after-first-use"]
    hours: Amount


class OneOffCredits(_Rule):
    """Given once; what is spent does not come back (Lightning AI)."""

    kind: Literal["one-off-credits"]


class Unpublished(_Rule):
    """There is a limit, and the provider does not say which (Colab)."""

    kind: Literal["unpublished"]


class NoneStated(_Rule):
    """No source speaks of a limit over a session's length (Gradient)."""

    kind: Literal["none-stated"]


QuotaRule = Annotated[
    FixedWeekly
    | RollingWindow
    | Monthly
    | AfterFirstUse
    | OneOffCredits
    | Unpublished
    | NoneStated,
    Field(discriminator="kind"),
]


class Quota(Model):
    """An amount for each turn of a rule; the credits of an offer are in `Offer.credits`."""

    amount: Fact[Amount] = UNKNOWN
    unit: Literal["hours", "minutes"] | None = None
    """Unit of `amount`; there where the amount is."""
    bound: Literal["exact", "floor"] | None = None
    """"floor": `amount` is the least that users get (Kaggle gives 30 h or more)."""
    rule: QuotaRule | None = None
    counts: Note | None = None
    """What is counted, where it is not plainly the time that a session runs."""
    roll_over: Fact[Flag] = UNKNOWN
    """Whether what is left is kept for the next turn."""

    @model_validator(mode="after")
    def _has_a_unit(self) -> Self:
        if self.amount.value is not None and self.unit is None:
            raise PydanticCustomError("no_unit", "the amount has no unit (hours or minutes)")
        return self

    @property
    def hours(self) -> float | None:
        """The amount in hours, or None where it is unknown."""
        amount = self.amount.value
        return amount / 60 if amount is not None and self.unit == "minutes" else amount
