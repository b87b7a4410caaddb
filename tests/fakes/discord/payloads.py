"""The world as JSON: users, members, roles, channels, guilds, the application."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from tests.fakes.discord.snowflake import created_at
from tests.fakes.discord.wire import ChannelType, Payload
from tests.fakes.discord.world import Channel, Guild, Member, Role, User, World

ATTACHMENT_SIZE_LIMIT: Final = 10 * 1024 * 1024


def timestamp(seconds: float) -> str:
    """Write a moment as Discord does: ISO 8601 with microseconds and an offset."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def user(person: User) -> Payload:
    """Write a user object."""
    return {
        "id": str(person.id),
        "username": person.name,
        "discriminator": "0",
        "global_name": person.name,
        "avatar": None,
        "bot": person.bot,
        "public_flags": 0,
    }


def member(of: Member, *, permissions: int | None = None, with_user: bool = True) -> Payload:
    """Write a member; in interactions it carries the permissions in the channel."""
    payload: Payload = {
        "roles": [str(role_id) for role_id in sorted(of.role_ids)],
        "nick": None,
        "avatar": None,
        "joined_at": timestamp(of.joined_at),
        "premium_since": None,
        "communication_disabled_until": (
            None if of.timed_out_until is None else timestamp(of.timed_out_until)
        ),
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    if with_user:
        payload["user"] = user(of.user)
    if permissions is not None:
        payload["permissions"] = str(permissions)
    return payload


def role(one: Role) -> Payload:
    """Write a role."""
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions),
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0 if one.name == "@everyone" else 1,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def channel(one: Channel, *, permissions: int | None = None) -> Payload:
    """Write a channel; in interactions it carries the user's permissions there."""
    payload: Payload = {
        "id": str(one.id),
        "type": int(one.type),
        "last_message_id": None,
        "flags": 0,
    }
    if permissions is not None:
        payload["permissions"] = str(permissions)
    if one.guild is None:
        # The bot's own view: the other side alone.
        payload["recipients"] = [user(person) for person in one.recipients if not person.bot]
        if one.type is ChannelType.GROUP_DM:
            payload |= {"name": one.name or None, "icon": None}
            payload["owner_id"] = str(one.recipients[0].id)
        return payload
    payload |= {
        "name": one.name,
        "guild_id": str(one.guild.id),
        "parent_id": str(one.parent.id) if one.parent else None,
        "rate_limit_per_user": 0,
    }
    if one.is_thread:
        payload |= {
            "owner_id": str(one.guild.owner.id),
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "thread_metadata": {
                "archived": one.archived,
                "locked": one.locked,
                "auto_archive_duration": 1440,
                "archive_timestamp": created_at(one.id).isoformat(),
                "create_timestamp": created_at(one.id).isoformat(),
            },
        }
        return payload
    return payload | {
        "position": one.position,
        "topic": None,
        "nsfw": False,
        "permission_overwrites": [
            {
                "id": str(target),
                "type": 0 if target in one.guild.roles else 1,
                "allow": str(overwrite.allow),
                "deny": str(overwrite.deny),
            }
            for target, overwrite in one.overwrites.items()
        ],
    }


def thread_member(one: Channel, person: User) -> Payload:
    """Write that a user is in a thread."""
    return {
        "id": str(one.id),
        "user_id": str(person.id),
        "join_timestamp": created_at(one.id).isoformat(),
        "flags": 0,
    }


def guild(one: Guild) -> Payload:
    """Write a guild as REST answers it."""
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "description": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "owner_id": str(one.owner.id),
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [role(r) for r in one.roles.values()],
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": one.locale,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "vanity_url_code": None,
        "max_members": 500_000,
        "max_presences": None,
        "premium_progress_bar_enabled": False,
        "application_id": None,
    }


def partial_guild(one: Guild, member: User) -> Payload:
    """Write a guild as the list of a member's guilds has it: permissions without overwrites."""
    granted = one.everyone.permissions
    for role_id in one.members[member.id].role_ids:
        granted |= one.roles[role_id].permissions
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "banner": None,
        "owner": one.owner is member,
        "permissions": str(int(granted)),
        "features": [],
    }


def guild_create(one: Guild, world: World) -> Payload:
    """Write a guild as the gateway tells it: with channels, active threads and the bot itself."""
    me = one.members.get(world.bot.id)
    return guild(one) | {
        "joined_at": timestamp(me.joined_at) if me else None,
        "large": len(one.members) >= 250,
        "unavailable": False,
        "member_count": len(one.members),
        "members": [member(me)] if me else [],
        "channels": [channel(c) for c in one.channels.values() if not c.is_thread],
        "threads": [
            channel(c)
            for c in one.channels.values()
            if c.is_thread and not c.archived and world.permissions(world.bot, c)
        ],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def application(application_id: int, world: World) -> Payload:
    """Write the bot's application."""
    return {
        "id": str(application_id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot": user(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 1 << 23,
        "owner": user(world.owner),
        "team": None,
        "tags": [],
        "hook": True,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": sum(g.has_bot for g in world.guilds.values()),
        "approximate_user_install_count": sum(u.installed_app for u in world.users.values()),
        "integration_types_config": {"0": {}, "1": {}},
    }
