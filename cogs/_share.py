"""The Share button: posts an answer that one person sees for the whole channel.

In one line: `await privately(interaction, shareable(view, words))`. The button needs no state: what
is posted is the message that it stands below, as Discord hands it back with the click.
"""

import re
from collections.abc import Callable
from typing import Any, Final, cast, final

import discord
from discord import File, Interaction, ui

from bot.discord.people import People
from bot.speech.neutral import neutral
from bot.speech.phrasebook import Words
from cogs._finished import Finished
from cogs._places import may_write

Component = dict[str, Any]

SHARE: Final = "share"
SHARE_TEMPLATE: Final = re.escape(SHARE)
SHARED: Final = "share:done"
"""A button that can't be pressed any more; nothing listens to it."""
LONGEST_NAME: Final = 32

_CONTAINER: Final = discord.ComponentType.container.value
_ROW: Final = discord.ComponentType.action_row.value
_BUTTON: Final = discord.ComponentType.button.value
_GALLERY: Final = discord.ComponentType.media_gallery.value
_BUTTONS_IN_A_ROW: Final = 5


def shareable(view: ui.LayoutView, words: Words) -> ui.LayoutView:
    """Return the layout with a Share button in its last row of buttons, or in a row of its own.

    The view itself stays as it is, so that a finished one serves public answers too.
    """
    share = ui.Button[ui.LayoutView](label=words("share-button"), custom_id=SHARE, emoji="📣")
    return Finished(_with_button(view.to_components(), _as_sent(share)))


@final
class Sharing:
    """What the Share button does."""

    def __init__(self, *, people: People) -> None:
        self._people = people
        self._underway: set[int] = set()

    async def share(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Post the message below which the button stands, and say below it that this was done.

        The button is turned off first: whoever presses twice shares once.
        """
        words = (await self._people.behind(interaction)).words
        message = interaction.message
        if message is None:
            return
        refusal = "share-underway" if message.id in self._underway else _refusal(interaction)
        if refusal is not None:
            await interaction.response.send_message(words(refusal), ephemeral=True)
            return
        self._underway.add(message.id)
        try:
            await self._post(interaction, message, words)
        finally:
            self._underway.discard(message.id)

    async def _post(
        self, interaction: Interaction[Any], message: discord.Message, words: Words
    ) -> None:
        components = [cast("Component", each.to_dict()) for each in message.components]
        done = ui.Button[ui.LayoutView](label=words("share-done"), custom_id=SHARED, disabled=True)
        off = _each(components, lambda each: _as_sent(done) if _is_share(each) else each)
        await interaction.response.edit_message(view=Finished(off))
        try:
            files = [await each.to_file() for each in message.attachments]
            await self._follow_up(interaction, components, files, words)
        except Exception:
            await interaction.edit_original_response(view=Finished(components))
            raise

    async def _follow_up(
        self,
        interaction: Interaction[Any],
        components: list[Component],
        files: list[File],
        words: Words,
    ) -> None:
        name = neutral(interaction.user.display_name, most=LONGEST_NAME)
        by = ui.TextDisplay[ui.LayoutView](words("share-by", name=name))
        shown = _each(components, lambda each: None if _is_share(each) else _uploaded(each, files))
        sent = await interaction.followup.send(
            view=Finished([_as_sent(by), *shown]),
            files=files,
            allowed_mentions=discord.AllowedMentions.none(),
            wait=True,
        )
        if sent.flags.ephemeral:
            await interaction.followup.send(words("share-hidden"), ephemeral=True)


def _refusal(interaction: Interaction[Any]) -> str | None:
    """Return the key of the sentence that says why nothing can be posted here.

    Discord lets an app answer for everybody whoever gave the command. Someone who was muted must
    not speak through the bot all the same.
    """
    if interaction.guild_id is None:
        return None
    if not may_write(interaction, interaction.permissions):
        return "share-not-you"
    return None


def _as_sent(item: ui.Item[ui.LayoutView]) -> Component:
    return item.to_component_dict()


def _is_share(component: Component) -> bool:
    return component.get("custom_id") == SHARE


def _uploaded(component: Component, files: list[File]) -> Component:
    """Let pictures of a gallery be those that are sent along.

    The address of a private message's file ends with it.
    """
    if component["type"] != _GALLERY:
        return component
    names = iter(file.filename for file in files)
    items = [
        {**item, "media": {"url": f"attachment://{next(names)}"}} for item in component["items"]
    ]
    return {**component, "items": items}


def _with_button(components: list[Component], button: Component) -> list[Component]:
    *before, last = components
    if last["type"] == _CONTAINER:
        inner = _with_button(last["components"], button)
        return [*before, {**last, "components": inner}]
    if last["type"] == _ROW:
        buttons = last["components"]
        if buttons[0]["type"] == _BUTTON and len(buttons) < _BUTTONS_IN_A_ROW:
            return [*before, {**last, "components": [*buttons, button]}]
    row = {"type": _ROW, "components": [button]}
    return [*components, row]


def _each(
    components: list[Component], change: Callable[[Component], Component | None]
) -> list[Component]:
    """Return the components, each changed; without those that are None and rows left empty."""
    kept: list[Component] = []
    for component in components:
        changed = change(component)
        if changed is None:
            continue
        inner: list[Component] | None = changed.get("components")
        if inner is not None:
            changed = {**changed, "components": _each(inner, change)}
            if not changed["components"]:
                continue
        kept.append(changed)
    return kept
