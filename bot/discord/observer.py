"""Whoever watches interactions from outside, such as metrics."""

from __future__ import annotations

from enum import StrEnum
from time import perf_counter
from typing import Any, Final, Protocol, final

import discord
from discord import Interaction, app_commands
from typing_extensions import override

_BEGAN: Final = "began"
_OTHER: Final = "other"


class Kind(StrEnum):
    """What a user did."""

    COMMAND = "command"
    AUTOCOMPLETE = "autocomplete"
    COMPONENT = "component"
    FORM = "form"


class Failure(StrEnum):
    """Why there was no answer, or not the wanted one."""

    USER = "user"
    """Something that the user can put right."""
    FAULT = "fault"
    """A fault of the bot's, or something that is away, such as the database."""
    EXPIRED = "expired"
    """The answer came later than Discord takes one."""


class InteractionObserver(Protocol):
    """Is told of interactions, on the event loop: it must be quick, and never raise."""

    def answered(self, kind: Kind, command: str, *, seconds: float) -> None:
        """Take note of an interaction that was dealt with, whatever became of it.

        Args:
            kind: what the user did.
            command: a command's full name, never what a user typed; `other` for the rest.
            seconds: from its arrival until its handler was done.
        """
        ...

    def failed(self, kind: Kind, command: str, *, why: Failure) -> None:
        """Take note of a failure."""
        ...


@final
class Unobserved(InteractionObserver):
    """Nobody watches."""

    @override
    def answered(self, kind: Kind, command: str, *, seconds: float) -> None:
        """Take no note."""

    @override
    def failed(self, kind: Kind, command: str, *, why: Failure) -> None:
        """Take no note."""


def kind_of(interaction: Interaction[Any]) -> Kind:
    """Return what the user did."""
    match interaction.type:
        case discord.InteractionType.autocomplete:
            return Kind.AUTOCOMPLETE
        case discord.InteractionType.component:
            return Kind.COMPONENT
        case discord.InteractionType.modal_submit:
            return Kind.FORM
        case _:
            return Kind.COMMAND


def command_of(interaction: Interaction[Any]) -> str:
    """Return the full name of one of the bot's own commands; `other` for everything else."""
    command = interaction.command
    return _OTHER if command is None else command.qualified_name


@final
class ObservedTree(app_commands.CommandTree[Any]):
    """A command tree that notes when each interaction came in.

    discord.py tells the end of a command by the event `app_command_completion`, and its failure by
    `on_error`; its beginning is this check.
    """

    @override
    async def interaction_check(self, interaction: Interaction[Any], /) -> bool:
        """Let every interaction through."""
        interaction.extras[_BEGAN] = perf_counter()
        return True


def note_end(observer: InteractionObserver, interaction: Interaction[Any]) -> None:
    """Tell the observer that a command of an `ObservedTree` is done."""
    began = interaction.extras.get(_BEGAN)
    if began is not None:
        seconds = perf_counter() - began
        observer.answered(kind_of(interaction), command_of(interaction), seconds=seconds)
