"""What people and servers chose, remembered for a minute: every answer asks for a language."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Final, Generic, TypeVar, final

from bot.clock import Clock
from bot.gathering import Gathering
from bot.reminders.models import ChannelPolicy, GuildSettings
from bot.speech.locales import Locale
from bot.store.guilds import GuildRepository
from bot.store.users import UserRepository, UserSettings, Wishes

# Another process may have changed them; an answer that is a minute behind does no harm.
REMEMBER: Final = timedelta(seconds=60)
MOST_REMEMBERED: Final = 4096

V = TypeVar("V")


@final
class Preferences:
    """Reads and changes choices. A change holds at once in this process."""

    def __init__(self, *, users: UserRepository, guilds: GuildRepository, clock: Clock) -> None:
        self._users = users
        self._guilds = guilds
        self._read_user = Gathering(one=users.get, many=users.get_all).get
        self._known_users = _Memory[UserSettings](clock)
        self._known_guilds = _Memory[GuildSettings](clock)

    async def user(self, user_id: int) -> UserSettings:
        """Return what the user chose, or the defaults."""
        known = self._known_users.get(user_id)
        if known is None:
            known = self._known_users.put(user_id, await self._read_user(user_id))
        return known

    async def guild(self, guild_id: int) -> GuildSettings:
        """Return what the server's admins chose, or the defaults."""
        known = self._known_guilds.get(guild_id)
        if known is None:
            known = self._known_guilds.put(guild_id, await self._guilds.get(guild_id))
        return known

    async def set_zone(self, user_id: int, zone: str) -> UserSettings:
        """Set the user's time zone, an IANA name."""
        return await self._user(self._users.set_zone(user_id, zone))

    async def set_locale(self, user_id: int, locale: Locale | None) -> UserSettings:
        """Set the user's language; None follows the server's, else Discord's, again."""
        return await self._user(self._users.set_locale(user_id, locale))

    async def set_delivery(self, user_id: int, *, here: bool) -> UserSettings:
        """Set where reminders come: in the channel where they are made, or by DM."""
        return await self._user(self._users.set_delivery(user_id, here=here))

    async def set_leads(self, user_id: int, leads: Sequence[timedelta]) -> UserSettings:
        """Set how long before the end of a session the user is warned."""
        return await self._user(self._users.set_leads(user_id, leads))

    async def change_wishes(
        self, user_id: int, change: Callable[[Wishes | None], Wishes | None]
    ) -> UserSettings:
        """Replace the user's usual wishes by what `change` makes of them as they are stored."""
        return await self._user(self._users.change_wishes(user_id, change))

    async def forget(self, user_id: int) -> None:
        """Erase all that the user chose."""
        await self._users.forget(user_id)
        self._known_users.put(user_id, UserSettings(user_id=user_id))

    async def set_quiet(self, user_id: int, hours: tuple[time, time] | None) -> UserSettings:
        """Set the user's quiet hours by the clocks of their zone; None for none."""
        return await self._user(self._users.set_quiet(user_id, hours))

    async def set_policy(
        self, guild_id: int, policy: ChannelPolicy, channel_ids: Sequence[int]
    ) -> GuildSettings:
        """Set where in the server reminders may be delivered."""
        return await self._guild(self._guilds.set_policy(guild_id, policy, channel_ids))

    async def set_server_locale(self, guild_id: int, locale: Locale | None) -> GuildSettings:
        """Set the language of members who chose none; None leaves it to their Discord."""
        return await self._guild(self._guilds.set_locale(guild_id, locale))

    async def set_answers(self, guild_id: int, *, answers: bool) -> GuildSettings:
        """Set whether the bot answers in the server where it is mentioned."""
        return await self._guild(self._guilds.set_answers(guild_id, answers=answers))

    def forget_user(self, user_id: int) -> None:
        """Look into the database again: what the user chose was erased there."""
        self._known_users.drop(user_id)

    async def forget_guild(self, guild_id: int) -> None:
        """Erase what the server's admins chose."""
        await self._guilds.forget(guild_id)
        self._known_guilds.drop(guild_id)

    async def _user(self, change: Awaitable[UserSettings]) -> UserSettings:
        settings = await change
        return self._known_users.put(settings.user_id, settings)

    async def _guild(self, change: Awaitable[GuildSettings]) -> GuildSettings:
        settings = await change
        return self._known_guilds.put(settings.guild_id, settings)


@final
class _Memory(Generic[V]):
    """The latest answers, each good for `REMEMBER`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: dict[int, tuple[datetime, V]] = {}

    def get(self, key: int) -> V | None:
        entry = self._entries.get(key)
        # A clock that was set back makes an entry look younger than it is: from the future, even.
        if entry is None or not timedelta() <= self._clock.now() - entry[0] < REMEMBER:
            return None
        return entry[1]

    def put(self, key: int, value: V) -> V:
        if len(self._entries) >= MOST_REMEMBERED:
            self._entries.clear()
        self._entries[key] = (self._clock.now(), value)
        return value

    def drop(self, key: int) -> None:
        self._entries.pop(key, None)
