"""The selects that change a request: how they look, and what a choice in one means."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

import discord
from discord import ui

from bot.advice.query import HAVES, Aim, Query
from bot.speech.phrasebook import Words
from bot.speech.wishes import figure, wish_name

MEMORIES: Final = (8, 13, 22, 38, 44, 80)
"""GiB: what cards of 8, 16, 24, 40, 48 and 80 GB leave to a program, rounded down."""
SESSIONS: Final = (1, 4, 6, 9, 12, 24)
"""Hours."""
NEEDS: Final = ("bf16", "background", "internet", "custom_containers", "commercial_use")
ALL: Final = ("memory", "session", "bring", "needs", "aim")
"""Every select by name; a name that was given once never gets another meaning."""
ANY_OF_THEM: Final = f"(?P<what>{'|'.join(ALL)})"

_AMOUNTS: Final[Mapping[str, tuple[str, Sequence[float]]]] = {
    "memory": ("min_vram_gib", MEMORIES),
    "session": ("min_session_hours", SESSIONS),
}
_SEVERAL: Final[Mapping[str, Sequence[str]]] = {"bring": HAVES, "needs": NEEDS}
_ANY: Final = "0"


def pick(
    name: str, query: Query, words: Words, custom_id: Callable[[str], str]
) -> ui.Select[ui.LayoutView]:
    """Return the select of a name, which shows what the request has.

    Args:
        name: of `ALL`.
        query: the request that it changes.
        words: the reader's.
        custom_id: gives the id of a name.
    """
    several = _SEVERAL.get(name)
    return ui.Select(
        custom_id=custom_id(name),
        placeholder=words(f"recommend-pick-{name}"),
        min_values=1 if several is None else 0,
        max_values=1 if several is None else len(several),
        options=list(_options(name, _value(name, query), words)),
    )


def picked(name: str, values: Sequence[str]) -> dict[str, object]:
    """Return the fields of a request that a choice sets."""
    if name in _AMOUNTS:
        amount = float(values[0]) if values else 0.0
        return {_AMOUNTS[name][0]: amount or None}
    if name in _SEVERAL:
        return {wish: wish in values for wish in _SEVERAL[name]}
    return {"optimise": Aim(values[0])}


def _value(name: str, query: Query) -> float | frozenset[str] | Aim | None:
    """Return what the request has of what a select changes."""
    if name in _AMOUNTS:
        amount: float | None = getattr(query, _AMOUNTS[name][0])
        return amount
    if name in _SEVERAL:
        return frozenset(wish for wish in _SEVERAL[name] if getattr(query, wish))
    return query.optimise


# Most requests differ in one wish, and of thirty options to build anew few are of that one.
@lru_cache(maxsize=1024)
def _options(
    name: str, now: float | frozenset[str] | Aim | None, words: Words
) -> tuple[discord.SelectOption, ...]:
    return tuple(
        discord.SelectOption(label=label, value=value, default=default)
        for label, value, default in _choices(name, now, words)
    )


def _choices(
    name: str, now: float | frozenset[str] | Aim | None, words: Words
) -> Iterator[tuple[str, str, bool]]:
    if name in _AMOUNTS:
        wish, usual = _AMOUNTS[name]
        yield words("pick-any"), _ANY, False
        for amount in sorted({*usual, *((now,) if isinstance(now, int | float) else ())}):
            label = words("pick-at-least", figure=figure(wish, amount, words))
            yield label, f"{amount:g}", amount == now
    elif isinstance(now, frozenset):
        for wish in _SEVERAL[name]:
            yield wish_name(wish, words), wish, wish in now
    else:
        for aim in Aim:
            yield words(f"aim-{aim}"), aim.value, aim is now
