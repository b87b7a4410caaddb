"""Interactions and their life: one answer within 3 seconds, follow-ups for 15 minutes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Final

from tests.fakes.discord import payloads
from tests.fakes.discord.errors import ApiError, InvalidFormError, Problem
from tests.fakes.discord.messages import Message, Messages
from tests.fakes.discord.signals import Signal
from tests.fakes.discord.snowflake import Snowflakes
from tests.fakes.discord.wire import (
    CallbackType,
    InteractionType,
    MessageFlag,
    Payload,
)
from tests.fakes.discord.world import Channel, User, World

CALLBACK_TIMEOUT_S: Final = 3.0
TOKEN_LIFETIME_S: Final = 900.0
_ANSWERS_TO: Final = {
    InteractionType.COMMAND: {
        CallbackType.MESSAGE,
        CallbackType.DEFERRED_MESSAGE,
        CallbackType.MODAL,
    },
    InteractionType.COMPONENT: {
        CallbackType.MESSAGE,
        CallbackType.DEFERRED_MESSAGE,
        CallbackType.DEFERRED_UPDATE,
        CallbackType.UPDATE,
        CallbackType.MODAL,
    },
    InteractionType.AUTOCOMPLETE: {CallbackType.CHOICES},
    InteractionType.MODAL_SUBMIT: {
        CallbackType.MESSAGE,
        CallbackType.DEFERRED_MESSAGE,
        CallbackType.DEFERRED_UPDATE,
        CallbackType.UPDATE,
    },
}


@dataclass(kw_only=True, eq=False)
class Interaction:
    """One act of a user and what became of it."""

    id: int
    token: str
    type: InteractionType
    name: str
    """The command's full name, or the custom id."""
    user: User
    channel: Channel
    created: float
    owners: dict[str, str]
    source: Message | None = None
    """The message whose component was used, also for the modal that came of it."""
    trigger: Interaction | None = None
    """Of a submitted modal: the interaction that opened it."""
    started: float = field(default_factory=time.perf_counter)
    delivered_to: int = 0
    """To how many gateway sessions it was sent."""
    callback: CallbackType | None = None
    latency: float | None = None
    """Seconds until the first answer."""
    response: Message | None = None
    """The message that `@original` means."""
    ephemeral: bool = False
    choices: list[Payload] = field(default_factory=list[Payload])
    modal: Payload | None = None
    followups: list[Message] = field(default_factory=list[Message])
    changed: Signal[Interaction] = field(default_factory=lambda: Signal[Interaction]("answer"))

    @property
    def loading(self) -> bool:
        """True while the user sees "thinking"."""
        return self.response is not None and bool(self.response.flags & MessageFlag.LOADING)

    def metadata(self) -> Payload:
        """Write what a message says about the interaction that it came of."""
        written: Payload = {
            "id": str(self.id),
            "type": int(self.type),
            "user": payloads.user(self.user),
            "authorizing_integration_owners": self.owners,
        }
        if self.type is InteractionType.COMMAND:
            written["name"] = self.name
        elif self.type is InteractionType.COMPONENT and self.source is not None:
            written["interacted_message_id"] = str(self.source.id)
        elif self.trigger is not None:
            written["triggering_interaction_metadata"] = self.trigger.metadata()
        return written


class Interactions:
    """All interactions, with Discord's rules about answering them."""

    def __init__(
        self,
        *,
        world: World,
        messages: Messages,
        snowflakes: Snowflakes,
        now: Callable[[], float],
    ) -> None:
        self._world = world
        self._messages = messages
        self._snowflakes = snowflakes
        self._now = now
        self.callback_timeout = CALLBACK_TIMEOUT_S
        self.token_lifetime = TOKEN_LIFETIME_S
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def __len__(self) -> int:
        """Return how many there were."""
        return len(self._by_id)

    def __iter__(self) -> Iterator[Interaction]:
        """Yield all that there ever were."""
        return iter(self._by_id.values())

    def get(self, interaction_id: int) -> Interaction | None:
        """Return an interaction by its id."""
        return self._by_id.get(interaction_id)

    def open(
        self,
        kind: InteractionType,
        *,
        name: str,
        user: User,
        channel: Channel,
        owners: dict[str, str],
        source: Message | None = None,
        trigger: Interaction | None = None,
    ) -> Interaction:
        """Register an act of a user; its three seconds begin."""
        interaction = Interaction(
            id=self._snowflakes.next(),
            token=token_urlsafe(120),
            type=kind,
            name=name,
            user=user,
            channel=channel,
            created=self._now(),
            owners=owners,
            source=source,
            trigger=trigger,
        )
        self._by_id[interaction.id] = self._by_token[interaction.token] = interaction
        return interaction

    def awaiting_answer(self, interaction_id: int, token: str) -> Interaction:
        """Find what a callback answers; 10062 where it is unknown or too late, 40060 if twice."""
        interaction = self._by_id.get(interaction_id)
        if interaction is None or interaction.token != token:
            raise ApiError(10062)
        if interaction.callback is not None:
            raise ApiError(40060)
        if self._now() - interaction.created > self.callback_timeout:
            raise ApiError(10062)
        return interaction

    def by_token(self, token: str) -> Interaction:
        """Find what a follow-up belongs to; 10015 before the first answer, 50027 when too old."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.callback is None:
            raise ApiError(10015)
        if self._now() - interaction.created > self.token_lifetime:
            raise ApiError(50027)
        return interaction

    def answer(
        self,
        interaction: Interaction,
        kind: CallbackType,
        data: Payload,
        attachments: Iterable[Payload],
    ) -> None:
        """Carry out the first answer."""
        allowed = _ANSWERS_TO[interaction.type]
        updates = {CallbackType.UPDATE, CallbackType.DEFERRED_UPDATE}
        if kind not in allowed or (kind in updates and interaction.source is None):
            problem = Problem(
                ("type",),
                "INTERACTION_CALLBACK_TYPE_INVALID",
                f"{kind.name} cannot answer {interaction.type.name}",
            )
            raise InvalidFormError([problem])
        interaction.callback = kind
        interaction.latency = time.perf_counter() - interaction.started
        match kind:
            case CallbackType.MESSAGE | CallbackType.DEFERRED_MESSAGE:
                interaction.ephemeral = _wants_ephemeral(data)
                if kind is CallbackType.DEFERRED_MESSAGE:
                    data = {"flags": int(data.get("flags") or 0) | MessageFlag.LOADING}
                interaction.response = self._create(
                    interaction, data, attachments, ephemeral=interaction.ephemeral
                )
            case CallbackType.UPDATE | CallbackType.DEFERRED_UPDATE:
                interaction.response = interaction.source
                if kind is CallbackType.UPDATE and interaction.source is not None:
                    new = list(attachments)
                    self._messages.edit(interaction.source, data, attachments=new or None)
            case CallbackType.CHOICES:
                interaction.choices = data.get("choices") or []
            case CallbackType.MODAL:
                interaction.modal = data
        interaction.changed.emit(interaction)

    def follow_up(
        self, interaction: Interaction, body: Payload, attachments: Iterable[Payload]
    ) -> Message:
        """Send another message; the first one after "thinking" takes its place."""
        if interaction.loading and interaction.response is not None:
            message = interaction.response
            self._messages.fill(message, body, attachments)
        else:
            message = self._create(interaction, body, attachments, ephemeral=_wants_ephemeral(body))
            interaction.followups.append(message)
        interaction.changed.emit(interaction)
        return message

    def edit(
        self,
        interaction: Interaction,
        message: Message,
        body: Payload,
        attachments: Iterable[Payload] | None,
    ) -> None:
        """Edit the first answer or a follow-up."""
        if message.flags & MessageFlag.LOADING:
            self._messages.fill(message, body, attachments or ())
        else:
            self._messages.edit(message, body, attachments=attachments)
        interaction.changed.emit(interaction)

    def message(self, interaction: Interaction, which: str) -> Message:
        """Return `@original` or one of the follow-ups by id; 10008 if it is not there."""
        if which == "@original":
            found = interaction.response
        else:
            mine = [*interaction.followups, interaction.response]
            found = next((m for m in mine if m is not None and str(m.id) == which), None)
        if found is None or found.deleted:
            raise ApiError(10008)
        return found

    def _create(
        self,
        interaction: Interaction,
        body: Payload,
        attachments: Iterable[Payload],
        *,
        ephemeral: bool,
    ) -> Message:
        return self._messages.create(
            interaction.channel,
            self._world.bot,
            body,
            attachments=attachments,
            interaction=interaction.metadata(),
            ephemeral_for=interaction.user if ephemeral else None,
        )


def _wants_ephemeral(body: Payload) -> bool:
    return bool(int(body.get("flags") or 0) & MessageFlag.EPHEMERAL)
