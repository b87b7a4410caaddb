"""Lengths of time as people say them: `1 h 30 min`."""

from datetime import timedelta

from bot.speech.phrasebook import Words

_UNITS = (("span-days", 86_400), ("span-hours", 3_600), ("span-minutes", 60), ("span-seconds", 1))


def span(length: timedelta, words: Words) -> str:
    """Return the two greatest units of a length; below a minute, seconds."""
    seconds = max(0, round(length.total_seconds()))
    said: list[str] = []
    for index, (key, size) in enumerate(_UNITS):
        count, seconds = divmod(seconds, size)
        if count:
            said.append(words(key, n=str(count)))
        if said and (len(said) == 2 or index == len(_UNITS) - 2):
            break
    return words("span-join").join(said) if said else words("span-seconds", n="0")
