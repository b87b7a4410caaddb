"""What the admins of servers chose."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, final

from sqlalchemy import Connection, Row, Select, bindparam, delete, select

from bot.reminders.models import ChannelPolicy, GuildSettings
from bot.store.statements import among, upsert
from bot.store.store import Store
from bot.store.tables import guilds

# Built once: almost every answer asks for a language, and building it costs more than running it.
_SELECT = select(guilds).where(guilds.c.guild_id == bindparam("guild"))
_DELETE = delete(guilds).where(guilds.c.guild_id == bindparam("guild"))


@cache
def _select_each(dialect: str) -> Select[Any]:
    return select(guilds).where(among(guilds.c.guild_id, "guilds", dialect))


@final
class GuildRepository:
    """Keeps the settings of servers. Each method changes one choice and leaves the others."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def get(self, guild_id: int) -> GuildSettings:
        """Return the server's settings; the defaults for one that is unknown."""

        def work(connection: Connection) -> GuildSettings:
            return _get(connection, guild_id)

        return await self._store.read(work)

    async def set_policy(
        self, guild_id: int, policy: ChannelPolicy, channel_ids: Sequence[int] = ()
    ) -> GuildSettings:
        """Set where reminders may be delivered; the channels count for `LISTED` alone."""
        return await self._set(guild_id, policy=policy.value, channel_ids=list(channel_ids))

    async def set_locale(self, guild_id: int, locale: str | None) -> GuildSettings:
        """Set the language of what everybody in the server sees."""
        return await self._set(guild_id, locale=locale)

    async def set_answers(self, guild_id: int, *, answers: bool) -> GuildSettings:
        """Set whether the bot answers questions where it is mentioned."""
        return await self._set(guild_id, answers=answers)

    async def forget(self, guild_id: int) -> None:
        """Delete what was chosen, such as when the bot was removed from the server."""

        def work(connection: Connection) -> None:
            connection.execute(_DELETE, {"guild": guild_id})

        await self._store.write(work)

    async def _set(self, guild_id: int, **choice: object) -> GuildSettings:
        now = self._store.clock.now()
        defaults: dict[str, object] = {
            "policy": ChannelPolicy.ANYWHERE.value,
            "channel_ids": [],
            "answers": True,
        }
        missing = {name: value for name, value in defaults.items() if name not in choice}

        def work(connection: Connection) -> GuildSettings:
            upsert(
                connection,
                guilds,
                key={"guild_id": guild_id},
                values={**choice, "updated_at": now},
                first={"created_at": now, **missing},
            )
            return _get(connection, guild_id)

        return await self._store.write(work)


def settings_of(
    connection: Connection, guild_ids: Collection[int]
) -> dict[int | None, GuildSettings]:
    """Return the settings of each of the servers; the defaults for those that are unknown."""
    settings: dict[int | None, GuildSettings] = {
        guild_id: GuildSettings(guild_id=guild_id) for guild_id in guild_ids
    }
    if guild_ids:
        found = connection.execute(
            _select_each(connection.dialect.name), {"guilds": json.dumps(list(guild_ids))}
        )
        settings.update((row.guild_id, _settings(row)) for row in found)
    return settings


def _get(connection: Connection, guild_id: int) -> GuildSettings:
    row = connection.execute(_SELECT, {"guild": guild_id}).one_or_none()
    return GuildSettings(guild_id=guild_id) if row is None else _settings(row)


def _settings(row: Row[Any]) -> GuildSettings:
    return GuildSettings(
        guild_id=row.guild_id,
        policy=ChannelPolicy(row.policy),
        channel_ids=tuple(row.channel_ids),
        locale=row.locale,
        answers=row.answers,
    )
