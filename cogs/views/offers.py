"""How offers are shown: side by side, and one whole."""

import discord

ACCENT = discord.Colour(0x3BA55D)
MOST_TEXT = 4000  # characters of all text in one message of components
