"""A time whose hour may be of the morning or of the evening, written both ways."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.when import Problem, Reading, Slot, WhenError, read

UNZONED: Final = ZoneInfo("UTC")
"""What a time is tried in while nobody knows the user's zone."""
_ELSEWHERE: Final = tuple(f"Etc/GMT{hours:+}" for hours in (12, 8, 4, -4, -8, -12))
_STEPS: Final = tuple(timedelta(hours=hours) for hours in (0, 6, 12, 18))
"""A lone "at 9" is certain some hours before nine: asked at these, it is refused at one of them."""
_NOON: Final = 12
_FIGURE: Final = re.compile(r"(?<![\d:.])\d{1,2}(?:[:.]\d\d)?(?![\d:.])")
_ZH_FIGURE: Final = re.compile(r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?=[点时:：])")
_ZH_MORNING: Final = ("早上", "凌晨")
_ZH_EVENING: Final = ("晚上", "下午")


def problem_of(text: str, now: datetime) -> Problem | None:
    """Return why a text is no certain time; None where it is one. `now` is aware."""
    try:
        read(text, now=now, zone=UNZONED, slot=Slot.TIME)
    except WhenError as error:
        return error.problem
    return None


def problem_everywhere(text: str, now: datetime) -> Problem | None:
    """Return why a text is no certain time, whatever the zone of the user is.

    "today at 8" has passed in one zone, and is ahead in another.
    """
    problem = problem_of(text, now)
    if problem is Problem.PAST and any(_ahead(text, now, zone) for zone in _ELSEWHERE):
        return None
    return problem


def _ahead(text: str, now: datetime, zone: str) -> bool:
    try:
        read(text, now=now, zone=ZoneInfo(zone), slot=Slot.TIME)
    except WhenError:
        return False
    return True


def reading_of(text: str, now: datetime) -> Reading | None:
    """Return a text as a time, None where it is no certain one. `now` is aware."""
    try:
        return read(text, now=now, zone=UNZONED, slot=Slot.TIME)
    except WhenError:
        return None


def instant_of(text: str, now: datetime) -> datetime | None:
    """Return the instant that a text names, None where it names no certain one."""
    reading = reading_of(text, now)
    return None if reading is None else reading.at


def halves(text: str, *, now: datetime) -> tuple[str, str] | None:
    """Return a time as one of the morning and as one of the evening; None where it is certain.

    A time that is refused at some hour of the day is not certain, although it may be at present:
    who confirms it may do so later, and lives in another zone than it was tried in.

    Args:
        text: a time as it was typed, such as "at 9".
        now: aware.
    """
    doubtful = any(problem_of(text, now + step) is Problem.AMBIGUOUS_HOUR for step in _STEPS)
    if not doubtful:
        return None
    morning = next((each for each in _written(text, morning=True) if _hour(each, now) < _NOON), "")
    evening = next(
        (each for each in _written(text, morning=False) if _hour(each, now) >= _NOON), ""
    )
    return (morning, evening) if morning and evening else None


def _written(text: str, *, morning: bool) -> Iterator[str]:
    for match in _ZH_FIGURE.finditer(text):
        for part in _ZH_MORNING if morning else _ZH_EVENING:
            yield f"{text[: match.start()]}{part}{text[match.start() :]}"
    half = "am" if morning else "pm"
    for match in _FIGURE.finditer(text):
        yield f"{text[: match.end()]} {half}{text[match.end() :]}"
    yield f"{text} {half}"


def _hour(text: str, now: datetime) -> float:
    """Return the hour of a time, not a number where it is none."""
    at = instant_of(text, now)
    return float("nan") if at is None else at.astimezone(UTC).hour
