"""Messages as they stand in channels, which outlive the bot's process."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tests.fakes.discord import components, payloads
from tests.fakes.discord.components import Button, SelectMenu
from tests.fakes.discord.signals import Signal
from tests.fakes.discord.snowflake import Snowflakes
from tests.fakes.discord.wire import MessageFlag, Payload, child, children
from tests.fakes.discord.world import Channel, User, World

_USER_MENTION: Final = re.compile(r"<@!?(\d+)>")
_ROLE_MENTION: Final = re.compile(r"<@&(\d+)>")
_EVERYONE: Final = re.compile(r"@(everyone|here)\b")
_CODE: Final = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_LISTS: Final = ("users", "roles")
_EDITABLE: Final = ("content", "embeds", "components", "attachments")


@dataclass(kw_only=True, eq=False)
class Message:
    """One message. It stays here after its deletion, with `deleted` set."""

    id: int
    channel: Channel
    author: User
    created: float
    content: str = ""
    embeds: list[Payload] = field(default_factory=list[Payload])
    components: list[Payload] = field(default_factory=list[Payload])
    attachments: list[Payload] = field(default_factory=list[Payload])
    flags: int = 0
    nonce: str | None = None
    edited: float | None = None
    deleted: bool = False
    mentioned_users: tuple[User, ...] = ()
    """Who was pinged: named in the text and allowed by `allowed_mentions`."""
    mentioned_roles: tuple[int, ...] = ()
    mentions_everyone: bool = False
    reply_to: int | None = None
    interaction: Payload | None = None
    ephemeral_for: User | None = None
    """The one user who sees it; it is in no channel's history."""
    versions: list[str] = field(default_factory=list[str])
    """`text` before each edit, oldest first."""

    @property
    def ephemeral(self) -> bool:
        """True if only one user sees it."""
        return self.ephemeral_for is not None

    @property
    def text(self) -> str:
        """All that a reader sees, as plain lines: content, embeds, components."""
        parts = [self.content]
        for embed in self.embeds:
            parts += [str(embed.get("title") or ""), str(embed.get("description") or "")]
            for one in children(embed, "fields"):
                parts += [str(one.get("name") or ""), str(one.get("value") or "")]
            parts.append(str(child(embed, "footer").get("text") or ""))
        parts.append(components.render(self.components))
        return "\n".join(part for part in parts if part)

    @property
    def buttons(self) -> list[Button]:
        """All its buttons."""
        return components.buttons(self.components)

    @property
    def select_menus(self) -> list[SelectMenu]:
        """All its select menus."""
        return components.select_menus(self.components)

    def payload(self) -> Payload:
        """Write the message as REST answers it."""
        payload: Payload = {
            "id": str(self.id),
            "channel_id": str(self.channel.id),
            "type": 20 if self.interaction else (19 if self.reply_to else 0),
            "author": payloads.user(self.author),
            "content": self.content,
            "timestamp": payloads.timestamp(self.created),
            "edited_timestamp": None if self.edited is None else payloads.timestamp(self.edited),
            "tts": False,
            "mention_everyone": self.mentions_everyone,
            "mentions": [payloads.user(user) for user in self.mentioned_users],
            "mention_roles": [str(role_id) for role_id in self.mentioned_roles],
            "attachments": self.attachments,
            "embeds": self.embeds,
            "components": self.components,
            "pinned": False,
            "flags": self.flags,
        }
        if self.nonce is not None:
            payload["nonce"] = self.nonce
        if self.reply_to is not None:
            payload["message_reference"] = {
                "type": 0,
                "message_id": str(self.reply_to),
                "channel_id": str(self.channel.id),
            }
        if self.interaction is not None:
            payload["interaction_metadata"] = self.interaction
            payload["application_id"] = payload["webhook_id"] = str(self.author.id)
        return payload


class Messages:
    """All messages, by id and by channel; each creation, edit and deletion is told."""

    def __init__(self, *, world: World, snowflakes: Snowflakes, now: Callable[[], float]) -> None:
        self._world = world
        self._snowflakes = snowflakes
        self._now = now
        self._by_id: dict[int, Message] = {}
        self._history: dict[int, list[int]] = {}
        self.on_event: Callable[[str, Message], None] = lambda _name, _message: None
        """Told of each change by the name of its gateway event."""
        self.changed: Signal[Message] = Signal("message")

    def __iter__(self) -> Iterator[Message]:
        """Iterate over what stands now, ephemeral messages included, oldest first."""
        return (message for message in self._by_id.values() if not message.deleted)

    def ever(self) -> Iterator[Message]:
        """Iterate over all that was ever sent, deleted messages included, oldest first."""
        return iter(self._by_id.values())

    def in_channel(self, channel: Channel) -> list[Message]:
        """Return what any reader of a channel sees, oldest first."""
        ids = self._history.get(channel.id, ())
        return [m for m in map(self._by_id.__getitem__, ids) if not m.deleted]

    def from_bot(self, channel: Channel | None = None) -> list[Message]:
        """Return the bot's standing messages, of one channel or of all, ephemeral ones aside."""
        return [
            m
            for m in (self if channel is None else self.in_channel(channel))
            if m.author is self._world.bot and not m.ephemeral
        ]

    def get(self, message_id: int, channel: Channel | None = None) -> Message | None:
        """Return a standing message, if it is in that channel."""
        message = self._by_id.get(message_id)
        if message is None or message.deleted or channel not in {None, message.channel}:
            return None
        return message

    def page(
        self,
        channel: Channel,
        *,
        limit: int,
        before: int | None = None,
        after: int | None = None,
        around: int | None = None,
    ) -> list[Message]:
        """Return a page of the history as Discord does: newest first, whatever was asked."""
        standing = [m.id for m in self.in_channel(channel)]
        if around is not None:
            middle = bisect_left(standing, around)
            start = max(0, middle - limit // 2)
            chosen = standing[start : start + limit]
        elif after is not None:
            start = bisect_right(standing, after)
            chosen = standing[start : start + limit]
        else:
            end = len(standing) if before is None else bisect_left(standing, before)
            chosen = standing[max(0, end - limit) : end]
        return [self._by_id[message_id] for message_id in reversed(chosen)]

    def create(
        self,
        channel: Channel,
        author: User,
        body: Payload,
        *,
        attachments: Iterable[Payload] = (),
        interaction: Payload | None = None,
        ephemeral_for: User | None = None,
    ) -> Message:
        """Store a message from a request body that was found valid."""
        nonce = body.get("nonce")
        message = Message(
            id=self._snowflakes.next(),
            channel=channel,
            author=author,
            created=self._now(),
            flags=int(body.get("flags") or 0),
            nonce=None if nonce is None else str(nonce),
            reply_to=int(child(body, "message_reference").get("message_id") or 0) or None,
            interaction=interaction,
            ephemeral_for=ephemeral_for,
        )
        if ephemeral_for is not None:
            message.flags |= MessageFlag.EPHEMERAL
        self._write(message, body | {"attachments": list(attachments)})
        self._by_id[message.id] = message
        if not message.ephemeral:
            self._history.setdefault(channel.id, []).append(message.id)
        self._tell("MESSAGE_CREATE", message)
        return message

    def edit(
        self, message: Message, body: Payload, *, attachments: Iterable[Payload] | None = None
    ) -> None:
        """Change what the body names and leave the rest."""
        message.versions.append(message.text)
        message.edited = self._now()
        if body.get("flags") is not None:
            message.flags = int(body["flags"]) | (
                message.flags & (MessageFlag.EPHEMERAL | MessageFlag.COMPONENTS_V2)
            )
        kept = {} if attachments is None else {"attachments": list(attachments)}
        self._write(message, {k: v for k, v in body.items() if k != "attachments"} | kept)
        self._tell("MESSAGE_UPDATE", message)

    def fill(self, message: Message, body: Payload, attachments: Iterable[Payload]) -> None:
        """Put the first content into a deferred answer that only said "thinking" so far."""
        message.flags = (message.flags & ~MessageFlag.LOADING) | int(body.get("flags") or 0)
        if not message.ephemeral:
            message.flags &= ~MessageFlag.EPHEMERAL
        self._write(message, body | {"attachments": list(attachments)})
        self._tell("MESSAGE_UPDATE", message)

    def delete(self, message: Message) -> None:
        """Take a message from its readers."""
        message.deleted = True
        self._tell("MESSAGE_DELETE", message)

    def _tell(self, name: str, message: Message) -> None:
        self.on_event(name, message)
        self.changed.emit(message)

    def _write(self, message: Message, body: Payload) -> None:
        for key in _EDITABLE:
            if key in body:
                setattr(message, key, body[key] or ("" if key == "content" else []))
        if "components" in body:
            message.components = components.numbered(message.components)
        if {"content", "components"} & body.keys():
            self._mention(message, body.get("allowed_mentions"))

    def _mention(self, message: Message, allowed: Payload | None) -> None:
        text = _CODE.sub("", message.content)
        for _, component in components.walk(message.components):
            text += "\n" + _CODE.sub("", str(component.get("content") or ""))
        kinds = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse", ()))
        listed = {key: {int(one) for one in (allowed or {}).get(key) or ()} for key in _LISTS}
        users = dict.fromkeys(map(int, _USER_MENTION.findall(text)))
        roles = dict.fromkeys(map(int, _ROLE_MENTION.findall(text)))
        message.mentioned_users = tuple(
            self._world.users[one]
            for one in users
            if one in self._world.users and ("users" in kinds or one in listed["users"])
        )
        message.mentioned_roles = tuple(
            one for one in roles if "roles" in kinds or one in listed["roles"]
        )
        message.mentions_everyone = bool("everyone" in kinds and _EVERYONE.search(text))
