"""Figures of the bot: each a ratio, in one run, against a floor that has a name."""
