"""A small bot with one of each thing that a user can touch, for the fake's own tests.

`python -m tests.fakes.sample_bot` runs it as a process of its own: it sends one direct message,
with the nonce that it is given, to a user, and stays connected until it is killed.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

import discord
import yarl
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes.fixtures import unprivileged_intents


class NoteModal(ui.Modal, title="A note"):
    note = ui.Label[Any](text="Note", component=ui.TextInput[Any](max_length=20))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        field = self.note.component
        assert isinstance(field, ui.TextInput)
        await interaction.response.send_message(f"noted: {field.value}", ephemeral=True)


class Buttons(ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Again", custom_id="again")
    async def again(self, interaction: discord.Interaction, _button: ui.Button[Any]) -> None:
        await interaction.response.edit_message(content="pressed")

    @ui.button(label="Note", custom_id="note")
    async def note(self, interaction: discord.Interaction, _button: ui.Button[Any]) -> None:
        await interaction.response.send_modal(NoteModal())

    @ui.select(custom_id="pick", options=[discord.SelectOption(label="T4", value="t4")])
    async def pick(self, interaction: discord.Interaction, menu: ui.Select[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(f"picked {menu.values[0]}")


async def offer_choices(
    _interaction: discord.Interaction, current: str
) -> list[app_commands.Choice[str]]:
    names = ("Kaggle", "Colab", "Modal")
    return [app_commands.Choice(name=n, value=n.lower()) for n in names if current in n.lower()]


def add_commands(tree: app_commands.CommandTree) -> None:
    gpu = app_commands.Group(name="gpu", description="GPUs")
    tree.add_command(gpu)

    @gpu.command()
    @app_commands.autocomplete(offer=offer_choices)
    async def info(
        interaction: discord.Interaction, offer: str, count: app_commands.Range[int, 1, 5] = 1
    ) -> None:
        """One offer."""
        await interaction.response.send_message(f"{offer} x{count}", view=Buttons())

    @gpu.command()
    async def layout(interaction: discord.Interaction) -> None:
        """A layout."""
        view = ui.LayoutView(timeout=None)
        button: ui.Button[Any] = ui.Button(label="Start", custom_id="start")
        section: ui.Section[Any] = ui.Section("**Kaggle** 30 h a week", accessory=button)
        view.add_item(ui.Container(section, ui.Separator(), ui.TextDisplay("sources: 3")))
        await interaction.response.send_message(view=view)

    @tree.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def whoami(interaction: discord.Interaction) -> None:
        """Who and where."""
        context = interaction.context
        place = "guild" if context.guild else "dm" if context.dm_channel else "private"
        by_guild, by_user = interaction.is_guild_integration(), interaction.is_user_integration()
        owners = "guild" * by_guild + "user" * by_user
        await interaction.response.send_message(
            f"{interaction.user.name} {interaction.locale.value} {place} {owners}"
        )

    @tree.context_menu(name="Remind")
    async def remind(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"about: {message.content}", ephemeral=True)


class SampleBot(discord.Client):
    """A bot with one of each thing that a user can touch."""

    def __init__(self) -> None:
        super().__init__(intents=unprivileged_intents())
        self.tree = app_commands.CommandTree(self)
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()
        add_commands(self.tree)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify again at once; discord.py would wait 5 s."""

    async def setup_hook(self) -> None:
        self.add_view(Buttons())
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            await self.heard.put(message)


async def _run(user_id: int, nonce: str) -> None:
    Route.BASE = os.environ["DISCORD_API_BASE"]
    async with SampleBot() as bot:
        await bot.login(os.environ["DISCORD_TOKEN"])
        url = (await bot.http.get_bot_gateway())[1]
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        channel = await bot.create_dm(discord.Object(user_id))
        await channel.send("due", nonce=nonce)
        await bot.connect()


if __name__ == "__main__":
    asyncio.run(_run(int(sys.argv[1]), sys.argv[2]))
