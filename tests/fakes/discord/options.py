"""Values that a user fills in, as Discord's client would send them or refuse to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.discord import payloads
from tests.fakes.discord.commands import ResolvedCommand
from tests.fakes.discord.wire import OptionType, Payload
from tests.fakes.discord.world import Channel, Guild, Role, User, World


class Resolver:
    """Collects the objects behind ids, which an interaction carries under `resolved`."""

    def __init__(self, world: World, guild: Guild | None) -> None:
        self._world = world
        self._guild = guild
        self.resolved: Payload = {}

    def reference(self, value: object) -> str:
        """Return the id of a user, role or channel and note the object."""
        match value:
            case User():
                self._note("users", value.id, payloads.user(value))
                member = self._guild.members.get(value.id) if self._guild else None
                if member is not None:
                    written = payloads.member(member, permissions=0, with_user=False)
                    self._note("members", value.id, written)
            case Role():
                self._note("roles", value.id, payloads.role(value))
            case Channel():
                permissions = self._world.permissions(self._world.bot, value)
                self._note("channels", value.id, payloads.channel(value, permissions=permissions))
            case _:
                raise TypeError(f"a user, role or channel is needed, not {value!r}")
        return str(value.id)

    def _note(self, kind: str, of: int, written: Payload) -> None:
        self.resolved.setdefault(kind, {})[str(of)] = written


def fill(
    command: ResolvedCommand,
    values: Mapping[str, object],
    resolver: Resolver,
    *,
    focused: str | None = None,
) -> list[Payload]:
    """Write a command's options, nested below its sub-commands.

    With `focused` (autocomplete) required options may still be empty and nothing is checked.
    Raises ValueError for what Discord's client would not let a user send.
    """
    known = {str(option["name"]): option for option in command.options}
    unknown = values.keys() - known.keys()
    if unknown:
        raise ValueError(
            f"/{command.full_name} has no option {sorted(unknown)}; there are {sorted(known)}"
        )
    missing = [n for n, option in known.items() if option.get("required") and n not in values]
    if missing and focused is None:
        raise ValueError(f"/{command.full_name} needs {missing}")
    written: list[Payload] = []
    for name, value in values.items():
        one: Payload = {"name": name, "type": known[name]["type"]}
        if name == focused:
            if not known[name].get("autocomplete"):
                raise ValueError(f"option {name!r} of /{command.full_name} has no autocomplete")
            one |= {"value": value, "focused": True}
        else:
            one["value"] = _value(known[name], value, resolver)
        written.append(one)
    for part in reversed(command.path):
        written = [{"name": part["name"], "type": part["type"], "options": written}]
    return written


def _value(option: Payload, value: object, resolver: Resolver) -> object:
    kind = OptionType(option["type"])
    if problem := next(_refusals(option, kind, value), None):
        raise ValueError(f"option {option['name']!r}: {problem}")
    choices: list[Payload] = option.get("choices") or []
    if choices:
        by_name = {choice["name"]: choice["value"] for choice in choices}
        return by_name.get(value, value)
    if kind in {OptionType.USER, OptionType.CHANNEL, OptionType.ROLE, OptionType.MENTIONABLE}:
        return resolver.reference(value)
    return value


def _refusals(option: Payload, kind: OptionType, value: Any) -> Iterator[str]:
    choices: list[Payload] = option.get("choices") or []
    if choices and not any(value in (choice["name"], choice["value"]) for choice in choices):
        yield f"{value!r} is none of its choices {[choice['name'] for choice in choices]}"
    match kind:
        case OptionType.STRING:
            yield from _text_refusals(option, value)
        case OptionType.INTEGER:
            yield from _number_refusals(option, value, int)
        case OptionType.NUMBER:
            yield from _number_refusals(option, value, (int, float))
        case OptionType.BOOLEAN if not isinstance(value, bool):
            yield f"true or false is needed, not {value!r}"
        case OptionType.ATTACHMENT:
            yield "attachments are not part of this world"
        case _:
            pass


def _text_refusals(option: Payload, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"a string is needed, not {value!r}"
    elif not value:
        yield "an empty string cannot be sent"
    elif not option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000):
        yield f"{len(value)} characters are too few or too many"


def _number_refusals(
    option: Payload, value: Any, wanted: type[int] | tuple[type[int], type[float]]
) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, wanted):
        yield f"a number is needed, not {value!r}"
    elif not option.get("min_value", value) <= value <= option.get("max_value", value):
        yield f"{value!r} is out of range"
