"""The kinds of quota, as rules over what was used.

Each answers how it stands at an instant: what is used, what is left, when does more come, and when
is it whole again. What lies ahead (when it runs low, or out) follows from that: `projection`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.quotas.turns import Turn
from bot.quotas.usage import Usage, used_within


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
