"""Usual wishes of one user: what they saved counts unless a request says otherwise.

They are kept as JSON, by the fields of `Query`. What another version of the bot saved and this one
can't read is left out and counted, so that the user can be told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Self, cast, final

from pydantic import ValidationError

from bot.advice.query import HAVES, Query

_ASKS_NOTHING: Final = Query()


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
        saved = {name: getattr(self.query, name) for name in self.query.model_fields_set}
        return Query.model_validate({**saved, **given})

    def kept_in(self, query: Query) -> tuple[str, ...]:
        """Return the saved fields that a request has as they were saved, in the order of `Query`.

        A button carries a request without where its wishes come from, so this is what can be said.
        """
        return tuple(
            name
            for name in Query.model_fields
            if name in self.query.model_fields_set
            and getattr(query, name) == getattr(self.query, name)
        )

    def part_in(self, query: Query, *, spoken: bool = False) -> "UsualPart":
        """Return what of this profile is in a request.

        Args:
            query: the request that is answered.
            spoken: whether what the user has is told even where it asks for nothing.
        """
        kept = self.kept_in(query)
        wished = any(asks(query, name) for name in Query.model_fields)
        return UsualPart(
            wishes=tuple(name for name in kept if asks(query, name) or (spoken and name in HAVES)),
            left_out=self.left_out,
            savable=wished and self.replaced_by(query).stored != self.stored,
        )

    def replaced_by(self, query: Query) -> Self:
        """Return what to save where a request is made the usual one.

        That is all that it asks for. A default asks for nothing, but of what the user spoke of
        having it is kept: `Query.empty_handed` takes silence for a no.
        """
        spoken = query.model_fields_set | self.query.model_fields_set
        return self._of(
            {
                name: getattr(query, name)
                for name in Query.model_fields
                if asks(query, name) or (name in HAVES and name in spoken)
            }
        )

    def changed(self, wishes: Mapping[str, object]) -> Self:
        """Return the profile with some fields set; a wish that asks for nothing is taken off."""
        saved = {name: getattr(self.query, name) for name in self.query.model_fields_set}
        query = Query.model_validate({**saved, **wishes})
        return self._of({name: getattr(query, name) for name in spoken_of(query)})

    def _of(self, fields: Mapping[str, object]) -> Self:
        return type(self)(Query.model_validate(fields))


def asks(query: Query, name: str) -> bool:
    """Tell whether a field of a request asks for anything."""
    return bool(getattr(query, name) != getattr(_ASKS_NOTHING, name))


def spoken_of(query: Query) -> tuple[str, ...]:
    """Return the fields that say something: that ask, or tell that the user has it."""
    return tuple(
        name
        for name in Query.model_fields
        if asks(query, name) or (name in HAVES and name in query.model_fields_set)
    )


def without(query: Query, names: Iterable[str], *, instead: Query = _ASKS_NOTHING) -> Query:
    """Return a request with some fields as they are in another one, by default in none."""
    return query.model_copy(update={name: getattr(instead, name) for name in names})


def _is_valid(name: str, value: object) -> bool:
    try:
        Query.model_validate({name: value})
    except ValidationError:
        return False
    return True
