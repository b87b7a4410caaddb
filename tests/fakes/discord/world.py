"""Who and what exists: users, guilds, members, roles, channels, and what they may do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tests.fakes.discord.snowflake import Snowflakes
from tests.fakes.discord.wire import (
    ALL_PERMISSIONS,
    DEFAULT_PERMISSIONS,
    ChannelType,
    Permission,
)

BOT_PERMISSIONS: Final = DEFAULT_PERMISSIONS


@dataclass(kw_only=True, eq=False)
class User:
    """A person, or a bot. Attributes may be changed at any time; they hold from then on."""

    id: int
    name: str
    locale: str = "en-US"
    bot: bool = False
    dm_closed: bool = False
    """Direct messages from the bot are refused with 50007."""
    installed_app: bool = False
    """Added the app to the own account (user install)."""

    @property
    def mention(self) -> str:
        """How a message names this user."""
        return f"<@{self.id}>"


@dataclass(kw_only=True, eq=False)
class Role:
    """A role of one guild; the one with the guild's id is @everyone."""

    id: int
    name: str
    permissions: int = 0


@dataclass(kw_only=True, eq=False)
class Member:
    """A user in one guild."""

    user: User
    joined_at: float
    role_ids: set[int] = field(default_factory=set[int])
    timed_out_until: float | None = None
    """Until when a moderator took the right to speak from them."""


@dataclass(kw_only=True, eq=False)
class Overwrite:
    """What a channel allows and denies to one role or one member."""

    allow: int = 0
    deny: int = 0


@dataclass(kw_only=True, eq=False)
class Channel:
    """A text channel, a thread, or a direct message channel."""

    id: int
    type: ChannelType
    name: str = ""
    guild: Guild | None = None
    parent: Channel | None = None
    recipients: tuple[User, ...] = ()
    overwrites: dict[int, Overwrite] = field(default_factory=dict[int, Overwrite])
    archived: bool = False
    locked: bool = False
    deleted: bool = False
    position: int = 0
    member_ids: set[int] = field(default_factory=set[int])
    """Who was added to a private thread; nobody else sees it, but for who manages threads."""

    @property
    def is_thread(self) -> bool:
        """True for threads, whose permissions are those of the parent."""
        return self.type in {ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD}

    @property
    def mention(self) -> str:
        """How a message names this channel."""
        return f"<#{self.id}>"


@dataclass(kw_only=True, eq=False)
class Guild:
    """A server."""

    id: int
    name: str
    owner: User
    locale: str = "en-US"
    has_bot: bool = True
    roles: dict[int, Role] = field(default_factory=dict[int, Role])
    members: dict[int, Member] = field(default_factory=dict[int, Member])
    channels: dict[int, Channel] = field(default_factory=dict[int, Channel])
    banned: set[int] = field(default_factory=set[int])

    @property
    def everyone(self) -> Role:
        """The role that each member has."""
        return self.roles[self.id]


@dataclass(frozen=True, slots=True)
class Change:
    """Something in the world changed that Discord tells bots about.

    `kind` is the gateway event's name; `thing` is what changed.
    """

    kind: str
    guild: Guild
    thing: Channel | Member | Guild


class World:
    """All that exists. Changes are told to `on_change`, which the gateway turns into events."""

    def __init__(self, *, now: Callable[[], float], snowflakes: Snowflakes) -> None:
        self._now = now
        self._snowflakes = snowflakes
        self.on_change: Callable[[Change], None] = lambda _change: None
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self._dms: dict[int, Channel] = {}
        self.bot = self.add_user("scout", bot=True)
        self.owner = self.add_user("operator")

    def add_user(
        self,
        name: str,
        *,
        locale: str = "en-US",
        dm_closed: bool = False,
        installed_app: bool = False,
        bot: bool = False,
        user_id: int | None = None,
    ) -> User:
        """Add a person who is in no guild yet."""
        user = User(
            id=user_id or self._snowflakes.next(),
            name=name,
            locale=locale,
            bot=bot,
            dm_closed=dm_closed,
            installed_app=installed_app,
        )
        self.users[user.id] = user
        return user

    def add_guild(
        self,
        name: str = "Guild",
        *,
        owner: User | None = None,
        members: Iterable[User] = (),
        locale: str = "en-US",
        has_bot: bool = True,
        bot_permissions: int = BOT_PERMISSIONS,
        guild_id: int | None = None,
    ) -> Guild:
        """Add a server; the bot is in it with a role of its own unless `has_bot` is False."""
        guild = Guild(
            id=guild_id or self._snowflakes.next_millisecond(),
            name=name,
            owner=owner or self.owner,
            locale=locale,
            has_bot=has_bot,
        )
        self.guilds[guild.id] = guild
        guild.roles[guild.id] = Role(
            id=guild.id, name="@everyone", permissions=int(DEFAULT_PERMISSIONS)
        )
        for user in (guild.owner, *members):
            self.add_member(guild, user)
        if has_bot:
            role = self.add_role(guild, self.bot.name, permissions=bot_permissions)
            self.add_member(guild, self.bot, roles=(role,))
            self.on_change(Change("GUILD_CREATE", guild, guild))
        return guild

    def add_role(self, guild: Guild, name: str, *, permissions: int = 0) -> Role:
        """Add a role that nobody has yet."""
        role = Role(id=self._snowflakes.next(), name=name, permissions=int(permissions))
        guild.roles[role.id] = role
        return role

    def add_member(self, guild: Guild, user: User, *, roles: Iterable[Role] = ()) -> Member:
        """Let a user join; whoever is a member already gets the roles on top."""
        member = guild.members.get(user.id)
        if member is None:
            member = guild.members[user.id] = Member(user=user, joined_at=self._now())
            guild.banned.discard(user.id)
            self.on_change(Change("GUILD_MEMBER_ADD", guild, member))
        member.role_ids.update(role.id for role in roles)
        return member

    def remove_member(self, guild: Guild, user: User, *, ban: bool = False) -> None:
        """Let a user leave, or ban the user. For the bot: it is removed from the guild."""
        member = guild.members.pop(user.id, None)
        if ban:
            guild.banned.add(user.id)
        if user is self.bot:
            guild.has_bot = False
            self.on_change(Change("GUILD_DELETE", guild, guild))
        elif member is not None:
            self.on_change(Change("GUILD_MEMBER_REMOVE", guild, member))

    def add_channel(
        self, guild: Guild, name: str = "general", *, kind: ChannelType = ChannelType.TEXT
    ) -> Channel:
        """Add a text channel, or one of another kind."""
        channel = Channel(
            id=self._snowflakes.next(),
            type=kind,
            name=name,
            guild=guild,
            position=len(guild.channels),
        )
        self.channels[channel.id] = guild.channels[channel.id] = channel
        self.on_change(Change("CHANNEL_CREATE", guild, channel))
        return channel

    def add_thread(
        self,
        parent: Channel,
        name: str = "thread",
        *,
        archived: bool = False,
        locked: bool = False,
        private_to: Iterable[User] | None = None,
    ) -> Channel:
        """Add a public thread, or one that is private to some users.

        A send un-archives it unless it is locked too (then 50083).
        """
        guild = parent.guild
        if guild is None:
            raise ValueError("a thread needs a parent in a guild")
        thread = Channel(
            id=self._snowflakes.next(),
            type=ChannelType.PUBLIC_THREAD if private_to is None else ChannelType.PRIVATE_THREAD,
            name=name,
            guild=guild,
            parent=parent,
            archived=archived,
            locked=locked,
            member_ids={user.id for user in private_to or ()},
        )
        self.channels[thread.id] = guild.channels[thread.id] = thread
        if not archived and self.permissions(self.bot, thread):
            self.on_change(Change("THREAD_CREATE", guild, thread))
        return thread

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel and its threads; later requests for them get 10003."""
        guild = channel.guild
        if guild is None:
            raise ValueError("only a guild's channels can be deleted")
        for thread in [c for c in guild.channels.values() if c.parent is channel]:
            self.delete_channel(thread)
        channel.deleted = True
        del guild.channels[channel.id]
        self.on_change(
            Change("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", guild, channel)
        )

    def overwrite(
        self, channel: Channel, target: User | Role, *, allow: int = 0, deny: int = 0
    ) -> None:
        """Set what a channel allows and denies to a role or a member."""
        channel.overwrites[target.id] = Overwrite(allow=int(allow), deny=int(deny))
        if channel.guild is not None:
            self.on_change(Change("CHANNEL_UPDATE", channel.guild, channel))

    def dm(self, user: User) -> Channel:
        """Return the one DM channel between the bot and a user."""
        channel = self._dms.get(user.id)
        if channel is None:
            channel = Channel(
                id=self._snowflakes.next(), type=ChannelType.DM, recipients=(user, self.bot)
            )
            self._dms[user.id] = self.channels[channel.id] = channel
        return channel

    def private_channel(self, *users: User) -> Channel:
        """Return a DM or group DM between users, where the bot is not (user install only)."""
        kind = ChannelType.DM if len(users) == 2 else ChannelType.GROUP_DM
        channel = Channel(id=self._snowflakes.next(), type=kind, recipients=users)
        self.channels[channel.id] = channel
        return channel

    def find_channel(self, channel_id: int) -> Channel | None:
        """Return a channel that exists and was not deleted."""
        channel = self.channels.get(channel_id)
        return None if channel is None or channel.deleted else channel

    def mutual_guilds(self, user: User) -> Iterator[Guild]:
        """Yield the guilds that the bot and the user share."""
        return (g for g in self.guilds.values() if g.has_bot and user.id in g.members)

    def permissions(self, user: User, channel: Channel) -> int:
        """Return the permission bits of a user in a channel, 0 where the user is not in it.

        The order is Discord's: @everyone, roles, owner and administrator, then the channel's
        overwrites for @everyone, for all roles together, for the member.
        """
        guild = channel.guild
        if guild is None:
            return ALL_PERMISSIONS if user in channel.recipients else 0
        member = guild.members.get(user.id)
        if member is None:
            return 0
        granted = guild.everyone.permissions
        for role_id in member.role_ids:
            granted |= guild.roles[role_id].permissions
        if user is guild.owner or granted & Permission.ADMINISTRATOR:
            return ALL_PERMISSIONS
        overwrites = (channel.parent or channel).overwrites
        if everyone := overwrites.get(guild.id):
            granted = (granted & ~everyone.deny) | everyone.allow
        of_roles = [overwrites[r] for r in member.role_ids if r in overwrites]
        deny = allow = 0
        for overwrite in of_roles:
            deny |= overwrite.deny
            allow |= overwrite.allow
        granted = (granted & ~deny) | allow
        if own := overwrites.get(user.id):
            granted = (granted & ~own.deny) | own.allow
        if channel.type is ChannelType.PRIVATE_THREAD and not (
            user.id in channel.member_ids or granted & Permission.MANAGE_THREADS
        ):
            return 0
        return granted if granted & Permission.VIEW_CHANNEL else 0
