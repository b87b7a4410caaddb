"""Routes about channels and the messages in them, users, guilds and members."""

from __future__ import annotations

from typing import Final

from tests.fakes.discord import payloads, rules, uploads
from tests.fakes.discord.errors import ApiError, InvalidFormError
from tests.fakes.discord.messages import Message
from tests.fakes.discord.rest import Answer, Call, Route
from tests.fakes.discord.wire import ChannelType, MessageFlag, Payload, Permission
from tests.fakes.discord.world import Channel, Guild

_HISTORY_LIMIT: Final = 100
_KEPT_FLAGS: Final = (
    MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2
)


def routes() -> list[Route]:
    """Return this part's routes."""
    one = "/channels/{channel_id}"
    message = one + "/messages/{message_id}"
    return [
        Route("POST", "/users/@me/channels", _create_dm),
        Route("GET", "/users/@me/guilds", _my_guilds),
        Route("GET", "/users/{user_id}", _user),
        Route("GET", one, _channel),
        Route("POST", one + "/typing", _typing),
        Route("GET", one + "/messages", _history),
        Route("POST", one + "/messages", _create_message),
        Route("GET", message, _message),
        Route("GET", one + "/thread-members/{user_id}", _thread_member),
        Route("PATCH", message, _edit_message),
        Route("DELETE", message, _delete_message),
        Route("GET", "/guilds/{guild_id}", _guild),
        Route("GET", "/guilds/{guild_id}/channels", _guild_channels),
        Route("GET", "/guilds/{guild_id}/roles", _guild_roles),
        Route("GET", "/guilds/{guild_id}/members/{user_id}", _member),
    ]


# -- who and where


def _user(call: Call) -> Answer:
    user = call.state.world.users.get(call.number("user_id"))
    if user is None:
        raise ApiError(10013)
    return 200, payloads.user(user)


def _known_guild(call: Call) -> Guild:
    guild = call.state.world.guilds.get(call.number("guild_id"))
    if guild is None or not guild.has_bot:
        raise ApiError(10004)
    return guild


def _guild(call: Call) -> Answer:
    return 200, payloads.guild(_known_guild(call))


def _guild_channels(call: Call) -> Answer:
    channels = _known_guild(call).channels.values()
    return 200, [payloads.channel(channel) for channel in channels if not channel.is_thread]


def _guild_roles(call: Call) -> Answer:
    return 200, [payloads.role(role) for role in _known_guild(call).roles.values()]


def _my_guilds(call: Call) -> Answer:
    world = call.state.world
    limit = call.integer("limit", 200, low=1, high=200)
    after = int(call.query.get("after") or 0)
    mine = sorted((g for g in world.guilds.values() if g.has_bot and g.id > after), key=_id_of)
    return 200, [payloads.partial_guild(g, world.bot) for g in mine[:limit]]


def _id_of(guild: Guild) -> int:
    return guild.id


def _member(call: Call) -> Answer:
    guild = _known_guild(call)
    user_id = call.number("user_id")
    if user_id not in call.state.world.users:
        raise ApiError(10013)
    member = guild.members.get(user_id)
    if member is None:
        raise ApiError(10007)
    return 200, payloads.member(member)


def _create_dm(call: Call) -> Answer:
    recipient = str(call.form.get("recipient_id") or "")
    user = call.state.world.users.get(int(recipient)) if recipient.isdecimal() else None
    if user is None or user is call.state.world.bot:
        raise ApiError(50033)
    return 200, payloads.channel(call.state.world.dm(user))


def _channel(call: Call) -> Answer:
    channel = call.channel()
    _require(call, channel, Permission.VIEW_CHANNEL)
    return 200, payloads.channel(channel)


def _thread_member(call: Call) -> Answer:
    thread = call.channel()
    _require(call, thread, Permission.VIEW_CHANNEL)
    if call.number("user_id") not in thread.member_ids:
        raise ApiError(10007)
    return 200, payloads.thread_member(thread, call.state.world.users[call.number("user_id")])


def _typing(call: Call) -> Answer:
    _require_to_send(call, call.channel())
    return 204, None


# -- what the bot may do


def _require(call: Call, channel: Channel, needed: Permission) -> None:
    """Raise 50001 where the bot cannot see the channel, 50013 where it may not do this."""
    granted = call.state.world.permissions(call.state.world.bot, channel)
    if not granted:
        raise ApiError(50001)
    if needed & ~granted:
        raise ApiError(50013)


def _require_to_send(call: Call, channel: Channel) -> None:
    if channel.type is ChannelType.DM:
        _require(call, channel, Permission.VIEW_CHANNEL)
        user = next(person for person in channel.recipients if not person.bot)
        if user.dm_closed:
            raise ApiError(50007)
        reachable = user.installed_app or any(call.state.world.mutual_guilds(user))
        if not reachable:
            raise ApiError(50278)
        return
    if channel.is_thread:
        _require(call, channel, Permission.SEND_MESSAGES_IN_THREADS)
        if channel.locked and channel.archived:
            raise ApiError(50083)
    else:
        _require(call, channel, Permission.SEND_MESSAGES)
    if call.uploads:
        _require(call, channel, Permission.ATTACH_FILES)


# -- messages


def _found(call: Call, channel: Channel) -> Message:
    message = call.state.messages.get(call.number("message_id"), channel)
    if message is None or message.ephemeral:
        raise ApiError(10008)
    return message


def _history(call: Call) -> Answer:
    channel = call.channel()
    _require(call, channel, Permission.VIEW_CHANNEL)
    limit = call.integer("limit", 50, low=1, high=_HISTORY_LIMIT)
    granted = call.state.world.permissions(call.state.world.bot, channel)
    if not granted & Permission.READ_MESSAGE_HISTORY:
        return 200, []
    anchors = {k: call.number(k) for k in ("before", "after", "around") if k in call.query}
    page = call.state.messages.page(channel, limit=limit, **anchors)
    return 200, [message.payload() for message in page]


def _message(call: Call) -> Answer:
    channel = call.channel()
    _require(call, channel, Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY)
    return 200, _found(call, channel).payload()


def check_message(call: Call, body: Payload, *, message: Message | None = None) -> None:
    """Raise what Discord has against a message as it would stand after this request."""
    merged = body
    if message is not None:
        merged = {
            "content": message.content,
            "embeds": message.embeds,
            "components": message.components,
            "attachments": message.attachments,
            **body,
            "flags": int(body.get("flags") or 0) | message.flags,
        }
    names = uploads.file_names(call, message)
    if problems := list(rules.message_problems(merged, file_names=names)):
        raise InvalidFormError(problems)
    if rules.is_empty(merged, files=len(call.uploads)):
        raise ApiError(50006)


def _create_message(call: Call) -> Answer:
    state, body = call.state, call.form
    channel = call.channel()
    check_message(call, body)
    _require_to_send(call, channel)
    author, nonce = state.world.bot, body.get("nonce")
    if nonce is not None and body.get("enforce_nonce"):
        existing_id = state.nonces.find(author.id, str(nonce))
        if existing_id is not None:
            existing = state.messages.get(existing_id)
            if existing is None:
                raise ApiError(10008)
            return 200, existing.payload()
    channel.archived = False
    message = state.messages.create(
        channel,
        author,
        body | {"flags": int(body.get("flags") or 0) & _KEPT_FLAGS},
        attachments=uploads.attachments(call, body, channel.id),
    )
    if nonce is not None:
        state.nonces.remember(author.id, str(nonce), message.id)
    return 200, message.payload()


def _edit_message(call: Call) -> Answer:
    channel = call.channel()
    _require(call, channel, Permission.VIEW_CHANNEL)
    message, body = _found(call, channel), call.form
    if message.author is not call.state.world.bot:
        raise ApiError(50005)
    check_message(call, body, message=message)
    kept = uploads.after_edit(call, body, message)
    call.state.messages.edit(message, body, attachments=kept)
    return 200, message.payload()


def _delete_message(call: Call) -> Answer:
    channel = call.channel()
    _require(call, channel, Permission.VIEW_CHANNEL)
    message = _found(call, channel)
    if message.author is not call.state.world.bot:
        if channel.guild is None:
            raise ApiError(50003, status=403, message="Cannot execute action on a DM channel")
        _require(call, channel, Permission.MANAGE_MESSAGES)
    call.state.messages.delete(message)
    return 204, None
