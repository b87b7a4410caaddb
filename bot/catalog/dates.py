"""When a source was read, and when that is too long ago."""

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

STALE_AFTER = timedelta(days=180)
"""A figure older than this is marked wherever it is shown."""

_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
_YEARS = re.compile(r"\d{4}-(?P<later>\d{4})", re.ASCII)


@lru_cache(maxsize=1024)
def latest_day(as_of: str) -> date | None:
    """Return the last day that `as_of` can mean, or None where it names none.

    Written are a day, a month, a year, a range of them ("2026-01-29..2026-05-13", "2018-2026"; its
    later end counts) or words ("unknown"). A remark in parentheses is about the date and is not
    part of it: "2019 (re-cited 2026-09-22)" was true in 2019.
    """
    written = as_of.partition("(")[0].strip()
    if years := _YEARS.fullmatch(written):
        return _last_day_of(years["later"])
    ends = [_last_day_of(end.strip()) for end in written.split("..")]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) <= 2 else None


def is_old(day: date | None, now: datetime) -> bool:
    """Say whether `day` is more than `STALE_AFTER` before `now`; an unknown day counts as old."""
    return day is None or now.astimezone(UTC).date() - day > STALE_AFTER


def _last_day_of(written: str) -> date | None:
    """Return the last day of a day, month or year, or None where it is none ("2026-13")."""
    parts = _DAY.fullmatch(written)
    if parts is None:
        return None
    year, month = int(parts["year"]), int(parts["month"] or 12)
    try:
        return date(year, month, int(parts["day"] or calendar.monthrange(year, month)[1]))
    except (ValueError, calendar.IllegalMonthError):
        return None
