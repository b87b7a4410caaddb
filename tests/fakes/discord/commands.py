"""The application commands that the bot registered, globally and per guild."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.fakes.discord.signals import Signal
from tests.fakes.discord.snowflake import Snowflakes
from tests.fakes.discord.wire import CommandType, OptionType, Payload


@dataclass(frozen=True, slots=True)
class ResolvedCommand:
    """A command as a user picks it: the registered root and the path below it."""

    root: Payload
    path: tuple[Payload, ...]
    """Sub-command group and sub-command, as far as there are such."""

    @property
    def options(self) -> list[Payload]:
        """The options that take values."""
        return (self.path[-1] if self.path else self.root).get("options") or []

    @property
    def full_name(self) -> str:
        """E.g. `remind session`."""
        return " ".join(str(part["name"]) for part in (self.root, *self.path))


class Commands:
    """Registered commands by scope: None is global, else a guild id."""

    def __init__(self, *, application_id: int, snowflakes: Snowflakes) -> None:
        self._application_id = application_id
        self._snowflakes = snowflakes
        self._scopes: dict[int | None, list[Payload]] = {}
        self.overwrites = 0
        """How often a whole scope was written."""
        self.registered: Signal[int | None] = Signal("registered commands")

    def scope(self, guild_id: int | None = None) -> list[Payload]:
        """Return the commands of one scope."""
        return self._scopes.get(guild_id, [])

    def overwrite(self, guild_id: int | None, bodies: list[Payload]) -> list[Payload]:
        """Replace a scope; what keeps its type and name keeps its id."""
        old = {(c["type"], c["name"]): c for c in self.scope(guild_id)}
        self._scopes[guild_id] = [self._stored(guild_id, body, old) for body in bodies]
        self.overwrites += 1
        self.registered.emit(guild_id)
        return self.scope(guild_id)

    def upsert(self, guild_id: int | None, body: Payload) -> Payload:
        """Add one command, or replace the one with its type and name."""
        old = {(c["type"], c["name"]): c for c in self.scope(guild_id)}
        stored = self._stored(guild_id, body, old)
        kept = [c for c in self.scope(guild_id) if c["id"] != stored["id"]]
        self._scopes[guild_id] = [*kept, stored]
        self.registered.emit(guild_id)
        return stored

    def remove(self, guild_id: int | None, command_id: str) -> bool:
        """Remove one command; False if it is not there."""
        before = self.scope(guild_id)
        self._scopes[guild_id] = [c for c in before if c["id"] != command_id]
        return len(before) != len(self._scopes[guild_id])

    def visible(self, guild_id: int | None) -> Iterator[Payload]:
        """Yield what a user can pick there: the guild's own commands first, then the global."""
        if guild_id is not None:
            yield from self.scope(guild_id)
        yield from self.scope(None)

    def resolve(
        self, full_name: str, *, guild_id: int | None, kind: CommandType = CommandType.CHAT_INPUT
    ) -> ResolvedCommand:
        """Find a command by what a user types, e.g. `gpu compare`; LookupError if there is none."""
        for root in self.visible(guild_id):
            if root["type"] == kind:
                for found in _descend(ResolvedCommand(root, ())):
                    if found.full_name == full_name.removeprefix("/"):
                        return found
        known = ", ".join(sorted(self.names(guild_id, kind)))
        raise LookupError(f"no command {full_name!r} is registered; there are: {known or 'none'}")

    def names(
        self, guild_id: int | None = None, kind: CommandType = CommandType.CHAT_INPUT
    ) -> list[str]:
        """Return the full names of all commands of a kind."""
        return [
            found.full_name
            for root in self.visible(guild_id)
            if root["type"] == kind
            for found in _descend(ResolvedCommand(root, ()))
        ]

    def _stored(
        self, guild_id: int | None, body: Payload, old: dict[tuple[int, str], Payload]
    ) -> Payload:
        kind = int(body.get("type") or CommandType.CHAT_INPUT)
        previous = old.get((kind, body["name"]))
        stored: Payload = {
            "id": previous["id"] if previous else str(self._snowflakes.next()),
            "application_id": str(self._application_id),
            "version": str(self._snowflakes.next()),
            "default_member_permissions": None,
            "description": "",
            "nsfw": False,
            "integration_types": [0],
            "contexts": None,
            **{key: value for key, value in body.items() if value is not None},
            "type": kind,
        }
        permissions = stored["default_member_permissions"]
        stored["default_member_permissions"] = None if permissions is None else str(permissions)
        if guild_id is not None:
            stored["guild_id"] = str(guild_id)
        return stored


def _descend(command: ResolvedCommand) -> Iterator[ResolvedCommand]:
    nested = [
        option
        for option in command.options
        if option["type"] in {OptionType.SUBCOMMAND, OptionType.SUBCOMMAND_GROUP}
    ]
    if not nested:
        yield command
    for option in nested:
        yield from _descend(ResolvedCommand(command.root, (*command.path, option)))
