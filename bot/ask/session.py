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

_NUMBER: Final = (
    r"(?:\d+(?:\.\d+)?|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_MINUTES: Final = r"(?:\d{1,2}|five|ten|fifteen|twenty|thirty|forty|fifty) ?(?:minutes?|mins?|m)\b"
_LENGTH: Final = (
    rf"(?P<length>(?<![\d.:]){_NUMBER}(?: and a half)?[ -]?(?:hours?|hrs?|h|minutes?|mins?|m)\b"
    rf"(?:,? ?(?:and )?{_MINUTES}| and a half\b)?"
    r"|(?:\d+(?:\.\d+)?|半|[一二两三四五六七八九十]{1,3})个?半?(?:小时|钟头|分钟)半?(?:\d{1,2}分钟?)?)"
)
"""Hours and minutes; whether it is a length is for the grammar of times to say."""
_ENDS: Final = (
    r"(?:ends?|ending|expires?|expiring|dies|die|closes?|over|up|stops?|terminates?|disconnects?"
    r"|(?:times?|runs?) out|shuts? (?:down|off)|gets? (?:killed|cut off))"
)
_IT_ENDS: Final = r"(?:结束|到期|断|关|超时|停|没了)"


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_ANY: Final = re.compile(_LENGTH, re.IGNORECASE)
_LEADS: Final = _patterns(
    rf"\b{_LENGTH} (?:before|b4|ahead|prior|in advance)\b",
    rf"\b(?:when|once) (?:[a-z'’]+ ){{0,6}}?{_LENGTH} (?:are |is )?(?:left|remain)",
    rf"提前 ?{_LENGTH}",
    rf"{_LENGTH}前(?=提醒|通知|叫|告诉)",
    rf"(?<!\d)前 ?{_LENGTH}",
    rf"剩{_LENGTH}的?时候?",
)
_LEFT: Final = _patterns(
    rf"\b{_ENDS} in (?:about )?{_LENGTH}",
    rf"\b{_LENGTH} (?:are |is )?(?:left|remaining)\b",
    rf"(?:还有|还剩|再过|只剩|剩下?)(?:大概|大约)? ?{_LENGTH}",
    rf"{_LENGTH}(?:之?后)? ?(?:就|会|要|自动|将){{0,3}}{_IT_ENDS}",
)
_STARTS: Final = _patterns(
    rf"\b{_LENGTH} ago\b",
    rf"\b(?:been (?:[a-z]+ ){{1,3}}|running |up )for (?:about )?{_LENGTH}",
    rf"\b{_LENGTH} (?:in(?=[,.]|$)|into|gone|passed|elapsed|old)\b",
    rf"\bused (?:up )?{_LENGTH}",
    rf"(?:开|跑|用|连|启动|开始|运行)了(?:大概|大约)? ?{_LENGTH}",
    rf"{_LENGTH}之?前(?:开始|启动|开)",
)
_DURATIONS: Final = _patterns(
    rf"\b(?:session|runtime) (?:(?:of|for|is|lasts?|runs?|about) ){{0,2}}{_LENGTH}",
    # Up to two words between them: the provider's name.
    rf"\b{_LENGTH}[ -](?:(?!(?:after|before|in|into|of|until|for|on)\b)[a-z]+ ){{0,2}}"
    r"(?:session|runtime|limit)\b",
    rf"\b{_ENDS} after (?:about )?{_LENGTH}",
    rf"(?:会话|时长|最多|最长)(?:是|为|大概|大约)?{_LENGTH}",
    rf"{_LENGTH}的? ?(?:会话|session)",
)
_DOUBTS: Final = _patterns(
    # Another number before a length: "5-6 hours", "30 and 10 min", "7 of 12 hours".
    rf"\d ?(?:of|out of|to|or|and|,|-|–|~|到|至|或|、) ?{_LENGTH}",
    # Another session than the one that runs now, or one that has not begun.
    r"\b(?:yesterday|tomorrow|last (?:session|time|night)|(?:will|'ll) (?:start|open|begin)"
    r"|(?:died|ended|crashed|stopped|disconnected) (?:\w+ ){0,3}(?:after|ago)"
    r"|(?:start|begin)s? (?:in|at|on))\b|昨天|明天|上次|等会",
    # By the clock, or by the week.
    r"\d[:：]\d\d|\d ?[ap]\.?m\b|\d ?点|[一二两三四五六七八九十]点",
    r"\b(?:this|per|a|each) week\b|\bweekly\b|本周|这周|每周|一周",
    r"\bidle\b|\binactiv|闲置|空闲|无操作",
    # How far in, and not how long before the end; or at most, or no wish at all.
    rf"\b(?:me|us|when) {_LENGTH} (?:in|into|of)\b",
    rf"\b(?:(?:less|more|fewer) than|under|at (?:most|least)) {_LENGTH}",
    r"\b(?:do ?n[o'’]?t|do not|never|cancel|delete|remove|stop|without) (?:\w+ ){0,2}"
    r"(?:warn|remind|ping|alert|notif|wake|tell)",
    r"(?:不要|不用|不必|取消|别(?!忘))[^，,]{0,10}(?:提醒|通知|叫)",
    r"^(?:does|do|did|will|would|is|are) (?!you\b)|\b(?:remind|tell) me (?:how|what|which|why)\b",
)
"""What says that lengths may not be those of the session that runs: it is asked back."""
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
    original: str, reminder: Wanted, ideas: AbstractSet[str], *, several: bool, now: datetime
) -> SessionAsked | None:
    """Return the session whose end somebody wants to be warned of; None where it is something else.

    Args:
        original: the question as typed.
        reminder: the time in it: "it ends in 6 hours" has one too, at which it is too late.
        ideas: what the question speaks of.
        several: whether more than one provider is named, each with its own session.
        now: aware.
    """
    if reminder.recurring is not None or reminder.directly or several:
        return None
    if ideas & _OF_QUOTA or not ideas & _OF_SESSION:
        return None
    asked = session_in(original, now=now)
    if asked is None or reminder.when is None:
        return asked
    lengths = (asked.duration, asked.started, asked.lead)
    return asked if any(each is not None and each in reminder.when for each in lengths) else None


def session_in(original: str, *, now: datetime) -> SessionAsked | None:
    """Return the session that a text speaks of; None where it tells no length of one.

    None too where a length in the text is of nothing known, or two are of the same: a guess
    would warn at a wrong time.
    """
    text = _looked_at(original)
    if any(pattern.search(text) for pattern in _DOUBTS):
        return None
    unclaimed = {match.start(): match["length"] for match in _ANY.finditer(text)}
    claims = [_claimed(role, text, unclaimed) for role in (_LEADS, _LEFT, _STARTS, _DURATIONS)]
    if unclaimed or any(len(each) > 1 for each in claims):
        return None
    lead, left, started, duration = (next(iter(each), None) for each in claims)
    told = [each for each in (lead, left, started, duration) if each is not None]
    if any(problem_of(each, now) is not None for each in told):
        return None
    if left is not None:
        return SessionAsked(duration=left, lead=lead)
    if duration is None and started is None:
        return None
    return SessionAsked(duration=duration, started=started, lead=lead)


def is_unsure(reminder: Wanted, original: str) -> bool:
    """Say whether the time of a plain reminder may not be the one that is wanted.

    That is so where no words that ask stand beside it, and something else says when: how long
    before the time, or another length.
    """
    if reminder.when is None or reminder.directly or reminder.recurring is not None:
        return False
    text = _looked_at(original)
    if any(pattern.search(text) for pattern in _LEADS):
        return True
    lengths = {match["length"] for match in _ANY.finditer(text)}
    return len(lengths) > 1 and any(each in reminder.when for each in lengths)


def usual_length(offer: Offer) -> str | None:
    """Return how long a session of the offer lasts at most, as one types it."""
    limit = offer.session.limit_hours.value
    return None if limit is None else f"{limit:g}h"


def _looked_at(original: str) -> str:
    return " ".join(original[:MOST_CHARACTERS].split())[:LOOKED_AT]


def _claimed(
    patterns: tuple[re.Pattern[str], ...], text: str, unclaimed: dict[int, str]
) -> tuple[str, ...]:
    """Return the lengths that patterns say the role of, and take them from the unclaimed."""
    places = {match.start("length") for each in patterns for match in each.finditer(text)}
    found = [unclaimed.pop(place) for place in sorted(places) if place in unclaimed]
    return tuple(dict.fromkeys(each.replace("-", " ") for each in found))
