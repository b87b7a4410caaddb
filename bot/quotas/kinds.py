"""The kinds of quota, as rules over what was used.

Each answers two questions. How does it stand now: what is used, what is left, when does more come,
and when is it whole again. And when does a session that starts at an instant run out of it, where
that session uses all it gets.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, Protocol

from bot.quotas.turns import Turn
from bot.quotas.usage import HOUR, Usage, used_within

_TURNS: Final = 54
"""Turns have different lengths; after a year of weeks or of months each was there once."""
_LONGEST: Final = 100_000.0
"""Hours, eleven years: beyond them nothing is planned, and the calendar has an end."""
_EPSILON: Final = 1e-9
"""Units: below the microseconds that instants are kept in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A quota at one instant, in its units."""

    amount: float
    used: float
    since: datetime | None
    """From when on `used` is counted; None: from the first use ever."""
    more_at: datetime | None
    """When something comes back first; None where nothing is used, or never."""
    whole_at: datetime | None
    """When all of it is back, if nothing more is used; None where nothing is used, or never."""

    @property
    def left(self) -> float:
        """What can still be used, never below nothing."""
        return max(0.0, self.amount - self.used)


class Kind(Protocol):
    """One kind of quota, with its amount."""

    @property
    def amount(self) -> float:
        """Units that a user gets."""
        ...

    def standing(self, usages: Sequence[Usage], now: datetime) -> Standing:
        """Return how it stands; what lies ahead of `now` does not count yet."""
        ...

    def exhausted_at(
        self, usages: Sequence[Usage], start: datetime, rate: float
    ) -> datetime | None:
        """Return when a session that begins at `start` has used up what there is; None: never.

        `usages` is what was used before; what of it lies after `start` is not counted.
        """
        ...


@dataclass(frozen=True, slots=True)
class Renewed:
    """Whole again at each renewal, by the calendar: fixed weekly, and monthly."""

    amount: float
    turn: Callable[[datetime], Turn]
    """The turn that holds an instant."""

    def standing(self, usages: Sequence[Usage], now: datetime) -> Standing:
        """Return how it stands in the present turn."""
        turn = self.turn(now)
        used = used_within(usages, turn.start, now)
        back = turn.end if used > 0 else None
        return Standing(
            amount=self.amount, used=used, since=turn.start, more_at=back, whole_at=back
        )

    def exhausted_at(
        self, usages: Sequence[Usage], start: datetime, rate: float
    ) -> datetime | None:
        """Return when it is used up, in this turn or in one of a year of them."""
        turn = self.turn(start)
        left = self.amount - used_within(usages, turn.start, start)
        for _ in range(_TURNS):
            end = start + _time(left, rate)
            if end < turn.end:
                return end
            start, left = turn.end, self.amount
            turn = self.turn(start)
        return None


@dataclass(frozen=True, slots=True)
class Rolling:
    """What was used in the last `window` counts, at any instant."""

    amount: float
    window: timedelta

    def standing(self, usages: Sequence[Usage], now: datetime) -> Standing:
        """Return how it stands; more comes when the oldest use that counts leaves the window."""
        since = now - self.window
        counted = [each for each in usages if each.within(since, now) > 0]
        if not counted:
            return Standing(amount=self.amount, used=0.0, since=since, more_at=None, whole_at=None)
        oldest = min(max(each.start, since) for each in counted)
        newest = max(min(each.end, now) for each in counted)
        return Standing(
            amount=self.amount,
            used=used_within(counted, since, now),
            since=since,
            more_at=oldest + self.window,
            whole_at=newest + self.window,
        )

    def exhausted_at(
        self, usages: Sequence[Usage], start: datetime, rate: float
    ) -> datetime | None:
        """Return the first instant at which all of it was used within the window before."""

        def used(at: datetime) -> float:
            since = at - self.window
            before = sum(each.within(since, min(at, start)) for each in usages)
            return before + Usage(start, at, rate).within(since, at)

        # Between these instants the sum is a straight line.
        edges = {start, start + self.window}
        for each in usages:
            edges |= {each.start + self.window, min(each.end, start) + self.window}
        ahead = sorted(edge for edge in edges if edge >= start)
        for earlier, later in pairwise(ahead):
            at = _reached(self.amount, earlier, used(earlier), later, used(later))
            if at is not None:
                return at
        return ahead[-1] if used(ahead[-1]) >= self.amount - _EPSILON else None


@dataclass(frozen=True, slots=True)
class AfterUse:
    """The first use opens a window, and all of it is back at the window's end."""

    amount: float
    window: timedelta

    def standing(self, usages: Sequence[Usage], now: datetime) -> Standing:
        """Return how it stands in the window that is open, if one is."""
        opened = self._opened(usages, now)
        if opened is None:
            return Standing(amount=self.amount, used=0.0, since=None, more_at=None, whole_at=None)
        back = opened + self.window
        used = used_within(usages, opened, now)
        return Standing(amount=self.amount, used=used, since=opened, more_at=back, whole_at=back)

    def exhausted_at(
        self, usages: Sequence[Usage], start: datetime, rate: float
    ) -> datetime | None:
        """Return when it is used up, in the window that is open or in the one that follows."""
        opened = self._opened(usages, start)
        if opened is not None:
            left = self.amount - used_within(usages, opened, start)
            end = start + _time(left, rate)
            if end < opened + self.window:
                return end
            start = opened + self.window
        end = start + _time(self.amount, rate)
        return end if end < start + self.window else None

    def openings(self, usages: Sequence[Usage]) -> Iterator[datetime]:
        """Return when each window is opened by these uses, the earliest first."""
        opened: datetime | None = None
        for each in sorted(usages, key=lambda usage: usage.start):
            begun = each.start
            while begun < each.end:
                if opened is None or begun >= opened + self.window:
                    opened = begun
                    yield opened
                # What still runs when a window ends opens the next one.
                begun = opened + self.window

    def _opened(self, usages: Sequence[Usage], at: datetime) -> datetime | None:
        """Return when the window that is open at an instant was opened; None: none is open."""
        opened: datetime | None = None
        for each in self.openings(usages):
            if each >= at:
                break
            opened = each
        if opened is None or at >= opened + self.window:
            return None
        return opened


@dataclass(frozen=True, slots=True)
class OneOff:
    """Given once; what is used does not come back, and what is left may expire."""

    amount: float
    expires: datetime | None = None

    def standing(self, usages: Sequence[Usage], now: datetime) -> Standing:
        """Return how it stands; what expired counts as used."""
        used = sum(each.within(each.start, now) for each in usages)
        if self.expires is not None and now >= self.expires:
            used = max(used, self.amount)
        return Standing(amount=self.amount, used=used, since=None, more_at=None, whole_at=None)

    def exhausted_at(
        self, usages: Sequence[Usage], start: datetime, rate: float
    ) -> datetime | None:
        """Return when it is used up or expires, whichever comes first."""
        left = self.standing(usages, start).left
        end = start + _time(left, rate)
        return end if self.expires is None else min(end, max(start, self.expires))


def _time(units: float, rate: float) -> timedelta:
    """Return how long so many units last; nothing left lasts no time."""
    return min(max(0.0, units) / rate, _LONGEST) * HOUR


def _reached(
    amount: float, earlier: datetime, low: float, later: datetime, high: float
) -> datetime | None:
    """Return where the straight line between two points reaches the amount; None: it doesn't."""
    if low >= amount - _EPSILON:
        return earlier
    if high < amount - _EPSILON:
        return None
    return earlier + (later - earlier) * min(1.0, (amount - low) / (high - low))
