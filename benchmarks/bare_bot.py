"""The floor: what a bot with nothing in it costs, written as discord.py's own guide would.

`/constant` answers a text that never changes; `/insert` commits one row and then answers the same.
It reads DISCORD_TOKEN, DISCORD_API_BASE and DATABASE (a path), and knows nothing of GPU Scout.
"""

import os
from typing import Final

import aiosqlite
import discord
from discord.ext import commands
from discord.http import Route
from typing_extensions import override

ANSWER: Final = "There are free GPUs."


class BareBot(commands.AutoShardedBot):
    """One connection to Discord and one to SQLite."""

    database: aiosqlite.Connection

    @override
    async def setup_hook(self) -> None:
        self.database = await aiosqlite.connect(os.environ["DATABASE"])
        await self.database.execute("PRAGMA journal_mode = WAL")
        await self.database.execute("PRAGMA synchronous = FULL")
        await self.database.execute(
            "CREATE TABLE reminders "
            "(id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, ends_at TEXT NOT NULL, note TEXT)"
        )
        await self.database.commit()
        await self.tree.sync()


bot = BareBot(
    command_prefix=commands.when_mentioned,
    help_command=None,
    intents=discord.Intents(guilds=True, messages=True),
)


@bot.tree.command(description="A text that never changes")
async def constant(interaction: discord.Interaction) -> None:
    """Answer."""
    await interaction.response.send_message(ANSWER)


@bot.tree.command(description="One row")
async def insert(interaction: discord.Interaction) -> None:
    """Commit one row, then answer."""
    await bot.database.execute(
        "INSERT INTO reminders (owner, ends_at, note) VALUES (?, ?, ?)",
        (interaction.user.id, interaction.created_at.isoformat(), None),
    )
    await bot.database.commit()
    await interaction.response.send_message(ANSWER, ephemeral=True)


if __name__ == "__main__":
    Route.BASE = os.environ["DISCORD_API_BASE"]
    bot.run(os.environ["DISCORD_TOKEN"])
