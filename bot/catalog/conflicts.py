"""Where sources disagree, and what was true before."""

from typing import Annotated, Self

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from bot.catalog.facts import Amount, Citation, Flag, Model, PlainDate, PlainOrText, Text, Words


def _value_kind(value: object) -> str | None:
    match value:
        case bool():
            return "flag"
        case int() | float():
            return "amount"
        case dict() | Text():
            return "text"
        case _:
            return None


Value = Annotated[
    Annotated[Flag, Tag("flag")] | Annotated[Amount, Tag("amount")] | Annotated[Text, Tag("text")],
    Discriminator(
        _value_kind,
        custom_error_type="value",
        custom_error_message="true, false, a number or a text with en and zh is needed",
    ),
]
"""A value as one source gives it: typed where the field is, else in words."""


Moment = Annotated[
    Annotated[PlainDate, Tag("plain")] | Annotated[Text, Tag("text")],
    PlainOrText,
]
"""When a value was true: a date, or words where no date says it ("until 2026-07-30")."""


class _Topic(Model):
    """What a conflict or an older value is about: a field of the offer, words, or both."""

    field: Words | None = None
    """Dotted name of a field of `Offer`, such as `session.idle_minutes`."""
    about: Text | None = None
    """Where no field says it, or it is about a part of one."""

    @model_validator(mode="after")
    def _has_a_topic(self) -> Self:
        if self.field is None and self.about is None:
            raise PydanticCustomError("topic", "a field or about = { en, zh } is needed")
        return self


class ConflictingValue(Model):
    """What one of the sources that disagree says."""

    value: Value
    source: Citation


class Conflict(_Topic):
    """Sources that disagree; the offer itself holds the careful value."""

    values: Annotated[tuple[ConflictingValue, ...], Field(min_length=2)]


class OlderValue(_Topic):
    """What was true once, such as the values of the 2020 article."""

    value: Value
    date: Moment
    source: Citation
