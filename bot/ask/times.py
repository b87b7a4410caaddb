"""When a reminder that is asked for is due, for the one who asks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.ask.answer import Answer, Times
from bot.ask.halves import UNZONED
from bot.ask.reading import Clarify, Intent, Reading
from bot.ask.session import SessionAsked, usual_length
from bot.catalog.offer import Offer
from bot.when import Reading as Time
from bot.when import Slot, WhenError, check_bounds
from bot.when import read as read_time
from bot.when.every import read_every
from bot.when.starts import read_start


def timed(
    found: Answer, *, now: datetime, zone: str | None, soonest: timedelta, farthest: timedelta
) -> Answer:
    """Return an answer with the instants of its reminder, or that of the end of its session.

    Where the time is none for this user ("today at 8" at nine), the answer says why instead.

    Args:
        found: any answer; only one with a time changes.
        now: aware.
        zone: the user's, an IANA name; None where it is unknown.
        soonest: the shortest time ahead that is promised.
        farthest: the longest.
    """
    if found.session is not None:
        return replace(found, times=_end(found.session, found.offers, now, zone))
    reading = found.reading
    if reading.intent is not Intent.REMINDER or reading.when is None or reading.doubt is not None:
        return found
    local = UNZONED if zone is None else ZoneInfo(zone)
    times: list[tuple[str, Time]] = []
    refused: WhenError | None = None
    for when in reading.either or (reading.when,):
        try:
            time = read_time(when, now=now, zone=local, slot=Slot.TIME)
            if zone is not None or not time.needs_zone:
                check_bounds(time, shortest=soonest, longest=farthest)
        except WhenError as error:
            refused = error
        else:
            times.append((when, time))
    if zone is None and (refused or any(time.needs_zone for _, time in times)):
        return replace(found, times=Times(zone_missing=True))
    if not times and refused is not None:
        doubtful = replace(reading, doubt=refused.problem, either=())
        return replace(found, reading=doubtful, clarify=Clarify.WHEN)
    if refused is not None:  # of "today at 9", the morning has passed
        reading = replace(reading, when=times[0][0], either=())
        found = replace(found, reading=reading, clarify=None)
    return replace(found, times=_first(reading, [time for _, time in times], zone))


def _end(
    session: SessionAsked, offers: Sequence[Offer], now: datetime, zone: str | None
) -> Times | None:
    """Return when a session ends as told, or as its provider lets it; None where it is over."""
    local = UNZONED if zone is None else ZoneInfo(zone)
    try:
        lengths = [
            timedelta(seconds=read_time(each, now=now, zone=local).seconds)
            for each in (session.duration, *map(usual_length, offers[:1]))
            if each is not None
        ]
        began = timedelta()
        if session.started is not None:
            began = timedelta(seconds=read_start(session.started, now=now, zone=local).seconds)
    except WhenError:
        return None
    end = now + min(lengths) - began
    return Times(instants=(end,)) if end > now else None


def _first(reading: Reading, times: Sequence[Time], zone: str | None) -> Times:
    """Return the instants; of what comes again the first, which may be a later day."""
    instants = tuple(time.at for time in times)
    if reading.every is None:
        return Times(instants=instants)
    every = read_every(reading.every)
    if zone is None and every.needs_zone:
        return Times(zone_missing=True)
    local = UNZONED if zone is None else ZoneInfo(zone)
    return Times(instants=tuple(every.starting(at, zone=local)[1] for at in instants))
