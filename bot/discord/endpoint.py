"""Which Discord the process talks to: Discord's own, or another API base."""

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route

from bot.settings import Settings


def use_api_base(settings: Settings) -> None:
    """Point discord.py's routes at the API base of the settings.

    discord.py keeps the base on a class, so this holds for the whole process: it is called once,
    by the command that starts it.
    """
    Route.BASE = settings.discord_api_base.rstrip("/")


async def use_gateway(settings: Settings, http: HTTPClient) -> None:
    """Ask the API base for its gateway where it is not Discord's own.

    With the number of shards given, discord.py connects to its built-in address and never asks.
    """
    if not settings.is_discord_itself:
        _, address, _ = await http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)
