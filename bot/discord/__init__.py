"""The only room of `bot` that knows discord.py."""
