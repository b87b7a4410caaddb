"""The floor of the reminders: a bot that sends each row when it is due, and then deletes it.

As most bots do it, with nothing kept about what was sent. It reads DISCORD_TOKEN, DISCORD_API_BASE
and DATABASE (a path; rows are put in `due` by whoever measures), and knows nothing of GPU Scout.
"""

from __future__ import annotations

import asyncio
import os
import time

import aiosqlite
import discord
from discord.ext import commands
from discord.http import Route
from typing_extensions import override

CREATE = "CREATE TABLE IF NOT EXISTS due (id INTEGER PRIMARY KEY, channel INTEGER, at REAL)"


class BareReminders(commands.AutoShardedBot):
    """One connection to Discord and one to SQLite."""

    database: aiosqlite.Connection

    @override
    async def setup_hook(self) -> None:
        self.database = await aiosqlite.connect(os.environ["DATABASE"])
        await self.database.execute("PRAGMA journal_mode = WAL")
        await self.database.execute("PRAGMA synchronous = FULL")
        await self.database.execute(CREATE)
        await self.database.commit()
        self.deliveries = asyncio.create_task(self.deliver())
        await self.tree.sync()

    async def deliver(self) -> None:
        """Look for what is due next, and wait for it."""
        waiting: set[int] = set()
        tasks: set[asyncio.Task[None]] = set()
        while True:
            rows = await self.database.execute_fetchall(
                "SELECT id, channel, at FROM due WHERE at < ? ORDER BY at", (time.time() + 1,)
            )
            for number, channel, at in rows:
                if number not in waiting:
                    waiting.add(number)
                    task = asyncio.create_task(self.remind(number, channel, at))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
            await asyncio.sleep(0.25)

    async def remind(self, number: int, channel: int, at: float) -> None:
        """Send one in time, and forget it."""
        await asyncio.sleep(at - time.time())
        await self.get_partial_messageable(channel).send(f"bench-{number}")
        await self.database.execute("DELETE FROM due WHERE id = ?", (number,))
        await self.database.commit()


bot = BareReminders(
    command_prefix=commands.when_mentioned,
    help_command=None,
    intents=discord.Intents(guilds=True, messages=True),
)


@bot.tree.command(description="A text that never changes")
async def constant(interaction: discord.Interaction) -> None:
    """Answer."""
    await interaction.response.send_message("There are free GPUs.")


if __name__ == "__main__":
    Route.BASE = os.environ["DISCORD_API_BASE"]
    bot.run(os.environ["DISCORD_TOKEN"])
