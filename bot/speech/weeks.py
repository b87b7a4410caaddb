"""Puts the week of a quota into a picture's labels and, for who can't see it, into words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, final
from zoneinfo import ZoneInfo

from bot.pictures.week import DayBar, WeekPicture
from bot.quotas.account import Account, Reckoned
from bot.quotas.week import Day, days_of
from bot.speech.phrasebook import Words
from bot.speech.quotas import QuotaSpeech

ALT_LIMIT: Final = 1024
_WEEKDAYS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedWeek:
    """A picture, and what it shows in words."""

    picture: WeekPicture
    alt: str
    """At most `ALT_LIMIT` characters, with every figure of the picture."""


def week_picture(
    account: Account,
    reckoned: Reckoned,
    *,
    speech: QuotaSpeech,
    words: Words,
    now: datetime,
    zone: ZoneInfo,
) -> DescribedWeek:
    """Return the picture of the days around now of one offer, and its description.

    Args:
        account: whose days.
        reckoned: its numbers.
        speech: says amounts.
        words: the language.
        now: aware.
        zone: by whose clocks the days are parted, and the renewal is told.
    """
    days = days_of(reckoned.kind, reckoned.usages, now=now, renews_at=reckoned.renews_at, zone=zone)
    bars = tuple(_bar(day, reckoned, speech, words, zone) for day in days)
    left, amount = speech.left_of(reckoned)
    about = words("week-about", left=left, amount=amount)
    legend = words("week-legend", zone=zone.key)
    picture = WeekPicture(title=account.offer.short, about=about, days=bars, notes=(legend,))
    said = words("between").join(
        words("week-alt-day", day=each.name, figure=f"{each.figure} {each.marked or ''}".strip())
        for each in bars
        if each.figure or each.marked
    )
    alt = words("week-alt", name=account.offer.short, about=about, days=said)
    return DescribedWeek(picture=picture, alt=alt[:ALT_LIMIT])


def _bar(day: Day, reckoned: Reckoned, speech: QuotaSpeech, words: Words, zone: ZoneInfo) -> DayBar:
    unit, whole = reckoned.pool.unit, reckoned.standing.amount
    used = speech.amount(day.used, unit, of=whole, bare=True) if day.used > 0 else ""
    planned = speech.amount(day.planned, unit, of=whole, bare=True) if day.planned > 0 else ""
    marked = None
    if day.renewed and reckoned.renews_at is not None:
        clock = reckoned.renews_at.astimezone(zone).strftime("%H:%M")
        marked = words("week-renewed", clock=clock)
    weekday = words(f"weekday-{_WEEKDAYS[day.date.weekday()]}")
    return DayBar(
        name=words("week-day", weekday=weekday, day=str(day.date.day)),
        figure=" + ".join(each for each in (used, planned) if each),
        used=day.used,
        planned=day.planned,
        marked=marked,
        today=day.today,
    )
