"""What every statement of the catalog is made of: a value or unknown, and who says so."""

from datetime import date
from typing import Annotated, Any, Final, Generic, Literal, TypeVar, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from bot.catalog.dates import latest_day

T = TypeVar("T")

Count = Annotated[int, Field(strict=True, ge=0)]
"""A whole number of things."""

Amount = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
"""A quantity; the unit is the last part of the field's name."""

Flag = StrictBool
"""True or false; a fact that nobody stated is absent and not false."""

# fluent.runtime takes at most 2,500 characters in one place.
Words = Annotated[str, Field(min_length=1, max_length=2000)]
"""Words of one language, or a name that is the same in all."""

Address = Annotated[str, Field(pattern=r"^https?://\S+$")]
"""A web address."""

PlainDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?(\.\.\d{4}(-\d{2}){0,2})?$")]
"""A day, a month, a year or a range of them, as its source gives it."""

Confidence = Literal["high", "medium", "low"]


class Model(BaseModel):
    """A part of the catalog: immutable, and refusing keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
    """One text in both languages of the house."""

    en: Words
    zh: Words

    def __str__(self) -> str:
        """Return the English text, for operators."""
        return self.en


def plain_or_text(value: object) -> str:
    """Tell a text in two languages from a plain value, for a union of both."""
    return "text" if isinstance(value, dict | Text) else "plain"


PlainOrText = Discriminator(plain_or_text)
"""Marks a union of a plain value, tagged "plain", and a `Text`, tagged "text"."""


def _a_date_or_unknown(written: str) -> str:
    if latest_day(written) is None and not written.startswith("unknown"):
        raise PydanticCustomError(
            "as_of", 'a day, a month, a year, a range of them or "unknown" is needed'
        )
    return written


class Source(Model):
    """Who says so: where, when, and how far that can be trusted.

    `url` is one address that can be opened; `text` names a source that has none, or says more than
    the address does (a file in a repository, two pages that agree). One with neither records
    that somebody searched and found nothing.
    """

    url: Address | None = None
    text: Words | None = None
    as_of: Annotated[Words, AfterValidator(_a_date_or_unknown)]
    confidence: Confidence | None = None
    note: Text | None = None

    @property
    def label(self) -> str | None:
        """What to show for the source: its text, or its address where that says it all."""
        return self.text or self.url

    @property
    def as_of_date(self) -> date | None:
        """The last day `as_of` can mean, or None where it is unknown."""
        return latest_day(self.as_of)


def _cited(citation: object, info: ValidationInfo) -> object:
    """Replace the key of a source by the source, from the `sources` of the validation context."""
    if not isinstance(citation, str):
        return citation
    sources = cast("dict[str, Source]", info.context["sources"]) if info.context else {}
    if citation not in sources:
        raise PydanticCustomError(
            "unknown_source", "no such source", {"allowed": sorted(sources), "what": "source"}
        )
    return sources[citation]


Citation = Annotated[Source, BeforeValidator(_cited, json_schema_input_type=str)]
"""In a file: the key of a source of the same file. In the catalog: that source."""

Citations = tuple[Citation, ...]


class Note(Text):
    """A text that users read, with what it rests on."""

    sources: Citations = ()


class Fact(Model, Generic[T]):
    """A value and its sources; a value of None is unknown: not false, and not zero.

    An unknown value may still have sources: those that were read and do not say it.
    """

    value: T | None = None
    sources: Citations = ()

    @property
    def as_of_date(self) -> date | None:
        """The day of the newest dated source, when the value was last confirmed."""
        return newest_day(self.sources)


UNKNOWN: Final[Fact[Any]] = Fact[Any]()
"""What a fact is where a file leaves it out."""


def newest_day(sources: Citations) -> date | None:
    """Return the latest day of `sources`, or None where none of them is dated."""
    return max((day for source in sources if (day := source.as_of_date)), default=None)


def cited_sources(part: object) -> tuple[Source, ...]:
    """Return each source that `part` (a model, a tuple or a value) cites, once, in order."""
    found: dict[Source, None] = {}

    def collect(value: object) -> None:
        if isinstance(value, Source):
            found[value] = None
        elif isinstance(value, Model):
            for field in type(value).model_fields:
                collect(getattr(value, field))
        elif isinstance(value, tuple):
            for item in cast("tuple[Any, ...]", value):
                collect(item)

    collect(part)
    return tuple(found)
