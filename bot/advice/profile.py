"""Usual wishes of one user: what they saved counts unless a request says otherwise.

They are kept as JSON, by the fields of `Query`. What another version of the bot saved and this one
can't read is left out and counted, so that the user can be told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Self, cast, final

from pydantic import ValidationError

from bot.advice.query import HAVES, Query

_NOTHING: Final = {name: field.default for name, field in Query.model_fields.items()}
"""Each field as it is where nothing is asked."""


class UsualPart(NamedTuple):
    """What the answer to a request says of the user's profile."""

    wishes: tuple[str, ...] = ()
    """The fields of the request that are as they were saved."""
    left_out: int = 0
    """How many saved values nobody can read."""
    savable: bool = False
    """Whether the request asks for something else than what is saved."""


@final
@dataclass(frozen=True, slots=True)
class Profile:
    """What one user saved."""

    query: Query = field(default_factory=Query)
    """Its `model_fields_set` names what was saved; a saved True of `HAVES` says "I have that"."""
    left_out: int = 0
    """How many saved values this version can't read."""

    @classmethod
    def read(cls, stored: object) -> Self:
        """Return what was stored by `stored`, by any version; None where nothing was."""
        if stored is None:
            return cls()
        if not isinstance(stored, Mapping):
            return cls(left_out=1)
        given = cast("Mapping[str, object]", stored)
        fields = {name: value for name, value in given.items() if _is_valid(name, value)}
        return cls(Query.model_validate(fields), len(given) - len(fields))

    @property
    def stored(self) -> dict[str, Any] | None:
        """The JSON to keep; None: nothing is saved."""
        return self.query.model_dump(mode="json", exclude_unset=True) or None

    def under(self, given: Mapping[str, object]) -> Query:
        """Return the request of what was given: it beats what is saved, and that the defaults.

        Raises:
            ValidationError: a value is none that a request can have.
        """
        return Query.model_validate({**_set_fields(self.query), **given})

    def part_in(self, query: Query, *, spoken: bool = False) -> "UsualPart":
        """Return what of this profile is in a request.

        A button carries a request without where its wishes come from, so what counts is whether a
        saved field is as it was saved.

        Args:
            query: the request that is answered.
            spoken: whether what the user has is told even where it asks for nothing.
        """
        saved = _set_fields(self.query)
        wished = [name for name in _NOTHING if asks(query, name)]
        wishes = tuple(
            name
            for name in _NOTHING
            if name in saved
            and saved[name] == getattr(query, name)
            and (name in wished or (spoken and name in HAVES))
        )
        return UsualPart(
            wishes=wishes,
            left_out=self.left_out,
            savable=bool(wished) and self._usual(query) != saved,
        )

    def replaced_by(self, query: Query) -> Self:
        """Return what to save where a request is made the usual one.

        That is all that it asks for. A default asks for nothing, but of what the user spoke of
        having it is kept: `Query.empty_handed` takes silence for a no.
        """
        return type(self)(Query.model_validate(self._usual(query)))

    def changed(self, wishes: Mapping[str, object]) -> Self:
        """Return the profile with some fields set; a wish that asks for nothing is taken off."""
        query = self.under(wishes)
        said = {name: getattr(query, name) for name in spoken_of(query)}
        return type(self)(Query.model_validate(said))

    def _usual(self, query: Query) -> dict[str, object]:
        spoken = query.model_fields_set | self.query.model_fields_set
        return {
            name: getattr(query, name)
            for name in _NOTHING
            if asks(query, name) or (name in HAVES and name in spoken)
        }


def asks(query: Query, name: str) -> bool:
    """Tell whether a field of a request asks for anything."""
    return bool(getattr(query, name) != _NOTHING[name])


def spoken_of(query: Query) -> tuple[str, ...]:
    """Return the fields that say something: that ask, or tell that the user has it."""
    return tuple(
        name
        for name in _NOTHING
        if asks(query, name) or (name in HAVES and name in query.model_fields_set)
    )


def without(query: Query, names: Iterable[str], *, instead: Query | None = None) -> Query:
    """Return a request with some fields as they are in another one, by default in none."""
    other = Query() if instead is None else instead
    return query.model_copy(update={name: getattr(other, name) for name in names})


def _set_fields(query: Query) -> dict[str, object]:
    return {name: getattr(query, name) for name in query.model_fields_set}


def _is_valid(name: str, value: object) -> bool:
    try:
        Query.model_validate({name: value})
    except ValidationError:
        return False
    return True
