"""What users do: commands, autocomplete, buttons, selects, modals, context menus, messages."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fakes.discord import components, options, payloads
from tests.fakes.discord.commands import ResolvedCommand
from tests.fakes.discord.handles import InteractionHandle
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message
from tests.fakes.discord.modals import submission
from tests.fakes.discord.state import State
from tests.fakes.discord.wire import (
    DEFAULT_PERMISSIONS,
    PRIVATE_PERMISSIONS,
    CommandType,
    ComponentType,
    InstallType,
    InteractionContext,
    InteractionType,
    Payload,
    Permission,
    child,
)
from tests.fakes.discord.world import Channel, User


class NotOfferedError(LookupError):
    """Discord's client would not let this user do that there."""


class Actions:
    """Acts of users. Each returns a handle at once; awaiting it waits for the bot's answer."""

    def __init__(self, state: State) -> None:
        self._state = state

    def slash(
        self,
        user: User,
        channel: Channel,
        command: str,
        values: Mapping[str, object] | None = None,
        /,
        **more: object,
    ) -> InteractionHandle:
        """Run e.g. `slash(user, channel, "gpu info", offer="kaggle")`.

        Options are written as they are registered; names that are no Python names go into `values`.
        Raises LookupError where the command is not registered or not offered there, ValueError for
        option values that Discord's client refuses.
        """
        return self._command(
            InteractionType.COMMAND, user, channel, command, {**(values or {}), **more}
        )

    def autocomplete(
        self,
        user: User,
        channel: Channel,
        command: str,
        focused: str,
        typed: str = "",
        /,
        **others: object,
    ) -> InteractionHandle:
        """Type into an option: `autocomplete(user, channel, "gpu info", "offer", "kag")`."""
        values = {**others, focused: typed}
        return self._command(
            InteractionType.AUTOCOMPLETE, user, channel, command, values, focused=focused
        )

    def message_command(self, user: User, message: Message, name: str) -> InteractionHandle:
        """Use an entry of a message's context menu."""
        target = {"target_id": str(message.id)}
        resolved: Payload = {"messages": {str(message.id): message.payload()}}
        return self._context_menu(
            CommandType.MESSAGE, user, message.channel, name, target, resolved
        )

    def user_command(
        self, user: User, channel: Channel, target: User, name: str
    ) -> InteractionHandle:
        """Use an entry of a user's context menu."""
        resolver = options.Resolver(self._state.world, channel.guild)
        data = {"target_id": resolver.reference(target)}
        return self._context_menu(CommandType.USER, user, channel, name, data, resolver.resolved)

    def click(self, user: User, message: Message, button: str) -> InteractionHandle:
        """Press a button, named by custom id or label."""
        found = [
            c
            for _, c in components.walk(message.components)
            if c.get("type") == ComponentType.BUTTON
            and button in (c.get("custom_id"), c.get("label"), child(c, "emoji").get("name"))
        ]
        if len(found) != 1:
            labels = [b.label or b.custom_id for b in message.buttons]
            raise NotOfferedError(f"{len(found)} buttons are {button!r}; there are {labels}")
        if found[0].get("url"):
            raise NotOfferedError(f"{button!r} is a link")
        return self._component(user, message, found[0])

    def select(
        self, user: User, message: Message, menu: str | None, *picked: object
    ) -> InteractionHandle:
        """Pick from a menu, named by custom id or placeholder (None: the only one).

        Strings are labels or values; other menus take users, roles or channels.
        """
        found = [
            (components.select_menu(c), c)
            for _, c in components.walk(message.components)
            if c.get("type") in components.SELECTS
        ]
        if menu is not None:
            found = [one for one in found if menu in (one[0].custom_id, one[0].placeholder)]
        if len(found) != 1:
            raise NotOfferedError(f"{len(found)} select menus are {menu!r}")
        view, component = found[0]
        if not view.min_values <= len(picked) <= view.max_values:
            raise NotOfferedError(f"pick {view.min_values} to {view.max_values}, not {len(picked)}")
        resolver = options.Resolver(self._state.world, message.channel.guild)
        data: Payload = {"values": [_picked(view, resolver, one) for one in picked]}
        if resolver.resolved:
            data["resolved"] = resolver.resolved
        return self._component(user, message, component, data)

    def submit_modal(
        self,
        opened: InteractionHandle,
        values: Mapping[str, object] | None = None,
        /,
        **more: object,
    ) -> InteractionHandle:
        """Send the modal that an interaction opened; inputs are named by custom id or label.

        What is not named keeps its preset. Raises ValueError for what Discord's client refuses.
        """
        data = submission(opened.modal, {**(values or {}), **more})
        before = opened.interaction
        interaction = self._state.interactions.open(
            InteractionType.MODAL_SUBMIT,
            name=str(opened.modal["custom_id"]),
            user=before.user,
            channel=before.channel,
            owners=before.owners,
            source=before.source,
            trigger=before,
        )
        return self._send(interaction, data)

    def say(self, user: User, channel: Channel, content: str) -> Message:
        """Send a message as a user; the bot reads the content only where Discord lets it."""
        granted = self._state.world.permissions(user, channel)
        needed = (
            Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
        )
        if not granted & needed:
            raise NotOfferedError(f"{user.name} may not write there")
        return self._state.messages.create(channel, user, {"content": content})

    # -- how an act becomes an interaction

    def _command(
        self,
        kind: InteractionType,
        user: User,
        channel: Channel,
        name: str,
        values: Mapping[str, object],
        *,
        focused: str | None = None,
    ) -> InteractionHandle:
        guild = channel.guild
        found = self._state.commands.resolve(name, guild_id=guild.id if guild else None)
        owners = self._owners(found, user, channel)
        resolver = options.Resolver(self._state.world, guild)
        data: Payload = {
            "id": found.root["id"],
            "name": found.root["name"],
            "type": int(CommandType.CHAT_INPUT),
            "options": options.fill(found, values, resolver, focused=focused),
        }
        if resolver.resolved:
            data["resolved"] = resolver.resolved
        if "guild_id" in found.root:
            data["guild_id"] = found.root["guild_id"]
        interaction = self._state.interactions.open(
            kind, name=found.full_name, user=user, channel=channel, owners=owners
        )
        return self._send(interaction, data)

    def _context_menu(
        self,
        kind: CommandType,
        user: User,
        channel: Channel,
        name: str,
        target: Payload,
        resolved: Payload,
    ) -> InteractionHandle:
        guild = channel.guild
        found = self._state.commands.resolve(name, guild_id=guild.id if guild else None, kind=kind)
        interaction = self._state.interactions.open(
            InteractionType.COMMAND,
            name=found.full_name,
            user=user,
            channel=channel,
            owners=self._owners(found, user, channel),
        )
        data: Payload = {"id": found.root["id"], "name": found.root["name"], "type": int(kind)}
        return self._send(interaction, data | target | {"resolved": resolved})

    def _component(
        self, user: User, message: Message, component: Payload, extra: Payload | None = None
    ) -> InteractionHandle:
        if message.deleted:
            raise NotOfferedError("the message was deleted")
        if message.ephemeral_for not in {None, user}:
            raise NotOfferedError(f"{user.name} does not see this message")
        if component.get("disabled"):
            raise NotOfferedError(f"{component.get('label')!r} is disabled")
        channel = message.channel
        self._see(user, channel)
        made_by = (message.interaction or {}).get("authorizing_integration_owners")
        interaction = self._state.interactions.open(
            InteractionType.COMPONENT,
            name=str(component["custom_id"]),
            user=user,
            channel=channel,
            owners=made_by or {"0": str(channel.guild.id) if channel.guild else "0"},
            source=message,
        )
        data: Payload = {
            "custom_id": component["custom_id"],
            "component_type": component["type"],
            "id": component["id"],
        }
        return self._send(interaction, data | (extra or {}))

    def _see(self, user: User, channel: Channel) -> int:
        granted = self._state.world.permissions(user, channel)
        if channel.deleted or not granted:
            raise NotOfferedError(f"{user.name} does not see that channel")
        return granted

    def _owners(self, command: ResolvedCommand, user: User, channel: Channel) -> dict[str, str]:
        """Find by which installation a user gets a command there; NotOfferedError if by none."""
        granted, guild, root = self._see(user, channel), channel.guild, command.root
        context = self._context(channel)
        if root.get("contexts") is not None and context not in root["contexts"]:
            raise NotOfferedError(f"/{command.full_name} is not offered in {context.name}")
        if guild is not None:
            needed = root.get("default_member_permissions")
            allowed = granted & Permission.ADMINISTRATOR or (
                needed is None or (needed != "0" and int(needed) & ~granted == 0)
            )
            if not allowed or not granted & Permission.USE_APPLICATION_COMMANDS:
                raise NotOfferedError(f"{user.name} lacks the permission for /{command.full_name}")
        owners: dict[str, str] = {}
        kinds: set[int] = set(root.get("integration_types") or [InstallType.GUILD])
        reachable = guild.has_bot if guild else context is InteractionContext.BOT_DM
        if InstallType.GUILD in kinds and reachable:
            owners["0"] = str(guild.id) if guild else "0"
        if InstallType.USER in kinds and user.installed_app:
            owners["1"] = str(user.id)
        if not owners:
            raise NotOfferedError(f"the app of /{command.full_name} is not installed there")
        return owners

    def _context(self, channel: Channel) -> InteractionContext:
        if channel.guild is not None:
            return InteractionContext.GUILD
        if self._state.world.bot in channel.recipients:
            return InteractionContext.BOT_DM
        return InteractionContext.PRIVATE_CHANNEL

    def _app_permissions(self, channel: Channel) -> int:
        """Return what the app may do there, with its answers at least."""
        world, guild = self._state.world, channel.guild
        if guild is None:
            private = self._context(channel) is InteractionContext.PRIVATE_CHANNEL
            return PRIVATE_PERMISSIONS | (0 if private else Permission.USE_EXTERNAL_EMOJIS)
        if not guild.has_bot:
            # No member, so these say nothing about messages that are no answers.
            return DEFAULT_PERMISSIONS
        # A thread has those of its channel: whether the bot is in a private one isn't among them.
        return world.permissions(world.bot, channel.parent or channel)

    def _send(self, interaction: Interaction, data: Payload) -> InteractionHandle:
        state, user, channel = self._state, interaction.user, interaction.channel
        world, guild = state.world, interaction.channel.guild
        granted = world.permissions(user, channel)
        payload: Payload = {
            "id": str(interaction.id),
            "application_id": str(state.application_id),
            "type": int(interaction.type),
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "channel": payloads.channel(channel, permissions=granted),
            "locale": user.locale,
            "app_permissions": str(int(self._app_permissions(channel))),
            "authorizing_integration_owners": interaction.owners,
            "context": int(self._context(channel)),
            "entitlements": [],
            "attachment_size_limit": payloads.ATTACHMENT_SIZE_LIMIT,
        }
        if guild is None:
            payload["user"] = payloads.user(user)
        else:
            payload |= {
                "guild_id": str(guild.id),
                "guild_locale": guild.locale,
                "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
                "member": payloads.member(guild.members[user.id], permissions=granted),
            }
        if interaction.source is not None:
            payload["message"] = interaction.source.payload()
        interaction.delivered_to = state.gateway.dispatch(
            "INTERACTION_CREATE", payload, guild_id=guild.id if guild else None
        )
        return InteractionHandle(interaction, callback_timeout=state.interactions.callback_timeout)


def _picked(view: components.SelectMenu, resolver: options.Resolver, one: object) -> str:
    if view.type is not ComponentType.STRING_SELECT:
        return resolver.reference(one)
    value = view.options.get(str(one), str(one))
    if value not in view.options.values():
        raise NotOfferedError(f"{one!r} is none of {list(view.options)}")
    return value
