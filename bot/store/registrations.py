"""Which commands Discord was last told of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

from sqlalchemy import Connection, delete, select

from bot.store.statements import upsert
from bot.store.store import Store
from bot.store.tables import command_registrations


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What was registered for one application at one API base."""

    hash: str
    """Of the definitions; commands are registered again when it changed."""
    ids: Mapping[str, int]
    """The id of each command by its name, for clickable mentions."""


@final
class RegistrationRepository:
    """Keeps registrations by application id and by where: the API base, or a server's below it."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def get(self, application_id: int, api_base: str) -> Registration | None:
        """Return what was last registered, if anything was."""

        def work(connection: Connection) -> Registration | None:
            found = connection.execute(
                select(command_registrations).where(
                    command_registrations.c.application_id == application_id,
                    command_registrations.c.api_base == api_base,
                )
            )
            row = found.one_or_none()
            return None if row is None else Registration(hash=row.hash, ids=row.ids)

        return await self._store.read(work)

    async def save(self, application_id: int, api_base: str, registration: Registration) -> None:
        """Note what was registered."""
        now = self._store.clock.now()

        def work(connection: Connection) -> None:
            upsert(
                connection,
                command_registrations,
                key={"application_id": application_id, "api_base": api_base},
                values={
                    "hash": registration.hash,
                    "ids": dict(registration.ids),
                    "registered_at": now,
                },
            )

        await self._store.write(work)

    async def below(self, application_id: int, prefix: str) -> list[str]:
        """Return where else something was registered: all that begins with `prefix`."""

        def work(connection: Connection) -> list[str]:
            found = connection.execute(
                select(command_registrations.c.api_base).where(
                    command_registrations.c.application_id == application_id,
                    command_registrations.c.api_base.startswith(prefix, autoescape=True),
                )
            )
            return list(found.scalars())

        return await self._store.read(work)

    async def forget(self, application_id: int, api_base: str) -> None:
        """Note that nothing is registered there any more."""

        def work(connection: Connection) -> None:
            connection.execute(
                delete(command_registrations).where(
                    command_registrations.c.application_id == application_id,
                    command_registrations.c.api_base == api_base,
                )
            )

        await self._store.write(work)
