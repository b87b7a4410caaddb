"""Discord's time stamps: each reader sees them in their own zone and language."""

from datetime import datetime


def full(instant: datetime) -> str:
    """Return `<t:…:F>`: weekday, date and time."""
    return _stamp(instant, "F")


def short(instant: datetime) -> str:
    """Return `<t:…:f>`: date and time."""
    return _stamp(instant, "f")


def clock(instant: datetime) -> str:
    """Return `<t:…:t>`: the time of day."""
    return _stamp(instant, "t")


def relative(instant: datetime) -> str:
    """Return `<t:…:R>`: "in 6 hours", counting by itself."""
    return _stamp(instant, "R")


def _stamp(instant: datetime, style: str) -> str:
    return f"<t:{int(instant.timestamp())}:{style}>"
