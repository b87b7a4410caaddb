"""Why a recommended offer stands where it stands, and what speaks against it, in words."""

from math import inf
from typing import Final

from bot.advice.bounds import Bounds
from bot.advice.query import Aim
from bot.advice.reasons import Against, Drawback, Merit, Reason
from bot.speech.figures import plain
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from bot.speech.wishes import UNITS

_AIM_UNITS: Final = {
    Aim.WORK: "figure-work",
    Aim.SESSION: "fact-hours",
    Aim.START: "figure-start",
    Aim.MEMORY: "fact-gib",
}


def reason_said(reason: Reason, words: Words) -> str:
    """Return why a result stands in its place."""
    if reason.merit is Merit.FITS:
        return words("merit-fits")
    figure = bounds_said(reason.respect, reason.figure, words)
    if reason.merit is Merit.LEADS:
        is_aim = reason.respect in set(Aim)
        return words(f"leads-{reason.respect}" if is_aim else "leads-other", figure=figure)
    key = "merit-most" if reason.merit is Merit.MOST else "merit-next"
    return words(key, aim=words(f"aim-{reason.respect}"), figure=figure)


def against_said(against: Against, *, speech: OfferSpeech, words: Words) -> str:
    """Return what speaks against a result."""
    if against.drawback is Drawback.BEATEN:
        by = speech.name(against.by) if against.by is not None else None
        return words("drawback-beaten", by=by or words("unknown"))
    return words(f"drawback-{against.drawback}")


def bounds_said(respect: str, figure: Bounds, words: Words) -> str:
    """Return a figure that is known, or what is certain of it."""
    if figure.known:
        return _with_unit(respect, figure.lo, words)
    if figure.hi == inf:
        return words("figure-from", low=_with_unit(respect, figure.lo, words))
    high = _with_unit(respect, figure.hi, words)
    return words("figure-between", low=_shown(respect, figure.lo), high=high)


def work_said(work: float, words: Words) -> str:
    """Return an amount of certain work per week, in hours of one T4."""
    return _with_unit(Aim.WORK, work, words)


def _with_unit(respect: str, value: float, words: Words) -> str:
    key = _AIM_UNITS[Aim(respect)] if respect in set(Aim) else UNITS.get(respect, "figure-count")
    return words(key, n=_steps(value) if respect == Aim.START else _shown(respect, value))


def _shown(respect: str, value: float) -> str:
    if respect == Aim.START:
        return str(_steps(value))
    # More digits than three would promise what data sheets do not hold.
    return plain(float(f"{value:.3g}"))


def _steps(effort: float) -> int:
    """Count waits and steps alike; see `effort_of`, where waits are tens."""
    return int(effort // 10 + effort % 10)
