"""The session in a question that asks for a warning: how long, since when, how long before."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.ask.halves import problem_of
from bot.ask.reminder import LOOKED_AT, Wanted
from bot.ask.text import MOST_CHARACTERS
from bot.catalog.offer import Offer

_LENGTH: Final = (
    r"(?P<length>(?:\d+(?:\.\d+)?|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve)(?: and a half)?[ -]?(?:hours?|hrs?|h|minutes?|mins?|m)\b"
    r"(?:,? ?(?:and )?\d{1,2} ?(?:minutes?|mins?|m)\b)?"
    r"|(?:\d+(?:\.\d+)?|半|[一二两三四五六七八九十]{1,3})个?半?(?:小时|钟头|分钟)半?(?:\d{1,2}分钟?)?)"
)
"""Hours and minutes; whether it is a length is for the grammar of times to say."""
_ENDS: Final = (
    r"(?:ends?|ending|expires?|expiring|dies|die|closes?|over|up|stops?|terminates?|disconnects?"
    r"|(?:times?|runs?) out|shuts? (?:down|off)|gets? (?:killed|cut off))"
)
_IT_ENDS: Final = r"(?:结束|到期|断|关|超时|停|没了)"

_LEFT: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_ENDS} (?:in|after) (?:about )?{_LENGTH}",
        rf"\b{_LENGTH} (?:are |is )?(?:left|remaining)\b",
        rf"(?:还有|还剩|再过|只剩|剩下?)(?:大概|大约)?{_LENGTH}",
        rf"{_LENGTH}(?:之?后)?(?:就|会|要|自动|将){{0,3}}{_IT_ENDS}",
    )
)
_DURATIONS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:session|runtime) (?:(?:of|for|is|lasts?|runs?|about) ){{0,2}}{_LENGTH}",
        # Up to two words between them: the provider's name.
        rf"\b{_LENGTH}[ -](?:[a-z]+ ){{0,2}}(?:session|runtime)\b",
        rf"(?:会话|时长)(?:是|为|大概|大约)?{_LENGTH}",
        rf"{_LENGTH}的? ?(?:会话|session)",
    )
)
_STARTS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:started|opened|launched|began|begun) (?:about )?{_LENGTH} ago\b",
        rf"\b(?:been (?:running|up|on)|running|up) for (?:about )?{_LENGTH}",
        rf"(?:开|跑|用|连|启动|开始|运行)了(?:大概|大约)?{_LENGTH}",
        rf"{_LENGTH}之?前(?:开始|启动|开)",
    )
)
_LEADS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_LENGTH} (?:before|ahead|prior|in advance)\b",
        rf"提前{_LENGTH}",
        rf"{_LENGTH}前(?=提醒|通知|叫|告诉)",
    )
)
_OF_SESSION: Final = frozenset({"session", "disconnected", "remaining", "named"})
_OF_QUOTA: Final = frozenset({"quota", "reset"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionAsked:
    """What `/remind session` is to be given, each as it was typed."""

    duration: str | None
    """The whole length, from `started` on; None: as long as the provider lets it last."""
    started: str | None = None
    """How long ago it began: "2 hours"; None: now."""
    lead: str | None = None
    """How long before its end the warning is wanted."""


def session_of(
    original: str, reminder: Wanted, ideas: AbstractSet[str], *, now: datetime
) -> SessionAsked | None:
    """Return the session whose end somebody wants to be warned of; None where it is something else.

    Args:
        original: the question as typed.
        reminder: the time in it: "it ends in 6 hours" has one too, at which it is too late.
        ideas: what the question speaks of.
        now: aware.
    """
    if reminder.recurring is not None or ideas & _OF_QUOTA or not ideas & _OF_SESSION:
        return None
    asked = session_in(original, now=now)
    if asked is None or reminder.when is None:
        return asked
    lengths = (asked.duration, asked.started, asked.lead)
    return asked if any(each is not None and each in reminder.when for each in lengths) else None


def session_in(original: str, *, now: datetime) -> SessionAsked | None:
    """Return the session that a text speaks of; None where it tells no length of one."""
    text = " ".join(original[:MOST_CHARACTERS].split())[:LOOKED_AT]
    lead = _first(_LEADS, text, now)
    if (left := _first(_LEFT, text, now)) is not None:
        return SessionAsked(duration=left, lead=lead)
    duration, started = _first(_DURATIONS, text, now), _first(_STARTS, text, now)
    if duration is None and started is None:
        return None
    return SessionAsked(duration=duration, started=started, lead=lead)


def usual_length(offer: Offer) -> str | None:
    """Return how long a session of the offer lasts at most, as one types it."""
    limit = offer.session.limit_hours.value
    return None if limit is None else f"{limit:g}h"


def _first(patterns: tuple[re.Pattern[str], ...], text: str, now: datetime) -> str | None:
    for pattern in patterns:
        if (match := pattern.search(text)) is not None:
            length = match["length"].replace("-", " ")
            if problem_of(length, now) is None:
                return length
    return None
