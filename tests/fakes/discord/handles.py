"""What a user holds after doing something: wait for the answer, then look at it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Self

from tests.fakes.discord import components
from tests.fakes.discord.components import Button, Field, SelectMenu
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message
from tests.fakes.discord.wire import CallbackType, Payload

_PATIENCE_S = 10.0


class ApplicationDidNotRespondError(TimeoutError):
    """What a user reads in red when no answer came in time."""


class InteractionHandle:
    """An interaction from the user's side. Awaiting it waits for the first answer."""

    def __init__(self, interaction: Interaction, *, callback_timeout: float) -> None:
        self.interaction = interaction
        self._callback_timeout = callback_timeout

    def __await__(self) -> Generator[Any, None, Self]:
        """Wait for the first answer and return the handle itself."""
        return self.answered().__await__()

    async def answered(self) -> Self:
        """Wait for the first answer; ApplicationDidNotRespondError after Discord's 3 seconds."""
        record = self.interaction
        try:
            await record.changed.wait_for(
                lambda one: one.callback is not None,
                already=[record],
                timeout=self._callback_timeout,
            )
        except TimeoutError:
            raise ApplicationDidNotRespondError(
                f"{record.type.name} {record.name!r} of {record.user.name} got no answer in "
                f"{self._callback_timeout:g} s (sent to {record.delivered_to} gateway sessions)"
            ) from None
        return self

    async def message(self, *, within: float = _PATIENCE_S) -> Message:
        """Wait until the answer is a message to read and no longer "thinking"."""
        await self.answered()
        record = self.interaction
        await record.changed.wait_for(
            lambda one: one.response is not None and not one.loading,
            already=[record],
            timeout=within,
        )
        if record.response is None:
            raise LookupError("the answer has no message")
        return record.response

    async def followup(self, index: int = 0, *, within: float = _PATIENCE_S) -> Message:
        """Wait for a follow-up message, the first by default."""
        record = self.interaction
        await record.changed.wait_for(
            lambda one: len(one.followups) > index,
            already=[record],
            timeout=within,
        )
        return record.followups[index]

    async def edited(self, *, times: int = 1, within: float = _PATIENCE_S) -> Message:
        """Wait until the answer's message was edited so many times."""
        record = self.interaction
        await record.changed.wait_for(
            lambda one: one.response is not None and len(one.response.versions) >= times,
            already=[record],
            timeout=within,
        )
        if record.response is None:
            raise LookupError("the answer has no message")
        return record.response

    @property
    def type(self) -> CallbackType | None:
        """How the bot answered first; None before."""
        return self.interaction.callback

    @property
    def ephemeral(self) -> bool:
        """True if only this user sees the answer."""
        return self.interaction.ephemeral

    @property
    def latency(self) -> float | None:
        """Seconds from the act to the first answer."""
        return self.interaction.latency

    @property
    def response(self) -> Message:
        """The answer's message as it stands now."""
        if self.interaction.response is None:
            raise LookupError(f"the answer is {self.type}, which has no message")
        return self.interaction.response

    @property
    def content(self) -> str:
        """The answer's `content`, empty in Components V2."""
        return self.response.content

    @property
    def text(self) -> str:
        """All that the user reads: of a message or of a modal."""
        modal = self.interaction.modal
        if modal is not None:
            return "\n".join([str(modal["title"]), components.render(modal["components"])])
        return self.response.text

    @property
    def buttons(self) -> list[Button]:
        """The answer's buttons."""
        return self.response.buttons

    @property
    def select_menus(self) -> list[SelectMenu]:
        """The answer's select menus."""
        return self.response.select_menus

    @property
    def choices(self) -> dict[str, Any]:
        """What autocomplete offers: shown name -> value."""
        return {choice["name"]: choice["value"] for choice in self.interaction.choices}

    @property
    def modal(self) -> Payload:
        """The modal that opened."""
        if self.interaction.modal is None:
            raise LookupError(f"the answer is {self.type}, which is no modal")
        return self.interaction.modal

    @property
    def fields(self) -> list[Field]:
        """The inputs of the modal that opened."""
        return components.fields(self.modal["components"])

    @property
    def followups(self) -> list[Message]:
        """Follow-up messages so far."""
        return self.interaction.followups
