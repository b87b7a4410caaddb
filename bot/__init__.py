"""GPU Scout: what the bot knows and does. What a Discord user touches lives in `cogs`."""
