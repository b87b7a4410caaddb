"""What is told of a watched quota, in words."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.quotas.account import Reckoned
from bot.quotas.telling import Telling
from bot.quotas.watch import Topic
from bot.speech import stamps
from bot.speech.figures import plain
from bot.speech.phrasebook import Words
from bot.speech.quotas import QuotaSpeech


def quota_told(told: Telling, *, quotas: QuotaSpeech, words: Words) -> list[str]:
    """Return the lines of a message, the most urgent first: a lock screen shows that."""
    if told.offer is None:
        return [words("told-gone")]
    name = told.offer.short
    if told.topic is Topic.IDLE:
        return _idle(told, name, words)
    if told.topic is Topic.OPEN:
        return [words("told-open", name=name), words("told-open-more")]
    if told.topic is Topic.CHANGED or told.reckoned is None:
        lines = [] if told.reckoned is None else quotas.standing_lines(told.reckoned)
        return [words("told-changed", name=name), *lines]
    if told.over:
        return [words("told-void", name=name)]
    left, amount = quotas.left_of(told.reckoned)
    first, *others = _SAID[told.topic](told, told.reckoned, words)
    return [words(first, name=name, left=left, amount=amount, **_stamps(told.expires_at)), *others]


def _expiring(_: Telling, reckoned: Reckoned, __: Words) -> list[str]:
    return ["told-expiring" if reckoned.renews_at is not None else "told-expiring-once"]


def _low(told: Telling, reckoned: Reckoned, words: Words) -> list[str]:
    if reckoned.renews_at is not None:
        comes = words("quota-renews", **_stamps(reckoned.renews_at))
    elif told.expires_at is not None:
        comes = words("quota-expires", **_stamps(told.expires_at))
    else:
        comes = words("quota-once")
    return ["told-low", comes]


def _renewed(told: Telling, _: Reckoned, words: Words) -> list[str]:
    if told.expires_at is None:
        return ["told-renewed"]
    return ["told-renewed", words("told-until", **_stamps(told.expires_at))]


_SAID: Final[dict[Topic, Callable[[Telling, Reckoned, Words], list[str]]]] = {
    Topic.EXPIRING: _expiring,
    Topic.LOW: _low,
    Topic.RENEWED: _renewed,
}
"""The key of the headline, and the lines below it."""


def _idle(told: Telling, name: str, words: Words) -> list[str]:
    if told.idle_minutes is None or told.idle_ends_at is None:
        return [words("told-changed", name=name)]
    minutes = plain(told.idle_minutes)
    if told.over:
        return [words("told-idle-over", name=name, minutes=minutes)]
    relative = stamps.relative(told.idle_ends_at)
    return [words("told-idle", name=name, minutes=minutes, relative=relative)]


def _stamps(instant: datetime | None) -> dict[str, str]:
    if instant is None:
        return {"full": "–", "relative": "–"}
    return {"full": stamps.full(instant), "relative": stamps.relative(instant)}
