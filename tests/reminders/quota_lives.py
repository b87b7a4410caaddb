"""What users of quotas do in a month, and what they must be told of it: told minute by minute.

Nothing here is taken from `bot.quotas`: each rule is spelled out again, as an observer would check
it who looks at every minute and knows no other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from random import Random
from statistics import median

DAY = 24 * 60  # minutes
MONTH = 30 * DAY
PAST = 3 * DAY
LEAD = 10  # minutes before the end of a session at which its one warning comes


class Do(Enum):
    WATCH_ALL = auto()
    WATCH_RESET = auto()
    STOP = auto()
    UNDO_STOP = auto()
    START = auto()
    """A session of `length` minutes."""
    END = auto()
    EXTEND = auto()
    """The running session, by `length` minutes."""
    LOG = auto()
    """The `length` minutes before."""
    IMPORT = auto()
    """`length` minutes are used in this turn, the provider says."""
    LOCK = auto()
    FREE = auto()
    RULE = auto()
    """The catalog is another from now on."""


@dataclass(frozen=True)
class Deed:
    minute: int
    """It is done 45 s into it; sessions begin 30 s into theirs, providers renew at its start."""
    what: Do
    length: int = 0


@dataclass(frozen=True)
class Rule:
    """One kind of quota, in units and minutes from the start of the month."""

    offer_id: str
    amount: float
    rate: float = 1 / 60
    """Units a minute."""
    turns: tuple[int, ...] = ()
    """When it is renewed by the calendar."""
    lead: int = 0
    """Before its expiry."""
    rolling: int = 0
    after_use: int = 0
    expires: int | None = None
    idle: int = 0
    unpublished: bool = False


@dataclass
class Life:
    rule: Rule
    deeds: list[Deed]
    later: Rule | None = None
    """The rule from the deed `RULE` on."""


def lives_of(rule: Rule, *, random: Random, later: Rule | None = None, change: int = 0) -> Life:
    """Make up a month."""
    deeds: list[Deed] = []
    watches = random.random()
    if watches < 0.9:
        what = Do.WATCH_ALL if watches < 0.7 else Do.WATCH_RESET
        deeds.append(Deed(random.choice((1, 3 * DAY + 77)), what))
    if watches < 0.15:
        stop = random.randrange(5 * DAY, 25 * DAY)
        deeds.append(Deed(stop, Do.STOP))
        if watches < 0.08:
            deeds.append(Deed(stop + random.randrange(1, 2000), Do.UNDO_STOP))
    if rule.unpublished:
        deeds += _lock_outs(random)
    elif rule.after_use:
        for _ in range(12):
            deeds.append(Deed(random.randrange(10, MONTH), Do.LOG, random.randint(1, 3)))
    else:
        deeds += _sessions(random, imports=rule.offer_id == "kaggle-notebooks-gpu")
    if later is not None:
        deeds.append(Deed(change, Do.RULE))
    deeds = [each for each in deeds if each.minute < MONTH]
    return Life(rule=rule, deeds=sorted(deeds, key=lambda each: each.minute), later=later)


def _lock_outs(random: Random) -> list[Deed]:
    deeds, minute = list[Deed](), random.randrange(DAY)
    while minute < MONTH:
        length = random.randrange(5 * 60, 30 * 60)
        deeds += [Deed(minute, Do.LOCK), Deed(minute + length, Do.FREE)]
        minute += length + random.randrange(2 * 60, 4 * DAY)
    return deeds


def _sessions(random: Random, *, imports: bool) -> list[Deed]:
    deeds = list[Deed]()
    for day in range(1, 30):
        if random.random() < 0.7:
            continue
        begin = day * DAY + random.randrange(8 * 60, 14 * 60, 10)
        length = random.randrange(40, 300, 10)
        deeds.append(Deed(begin, Do.START, length))
        fate = random.random()
        if fate < 0.25:
            deeds.append(Deed(begin + random.randrange(5, length - 15), Do.END))
        elif fate < 0.5:
            deeds.append(Deed(begin + random.randrange(5, length - 15), Do.EXTEND, 30))
        extra = random.random()
        if extra < 0.15:
            deeds.append(Deed(begin - random.randrange(1, 60), Do.LOG, random.randrange(10, 240)))
        elif extra < 0.3 and imports:
            at = begin - random.randrange(1, 60)
            deeds.append(Deed(at, Do.IMPORT, random.randrange(0, 30 * 60)))
    return deeds


# ------------------------------------------------------------------------ the observer


@dataclass
class Observer:
    """Looks at every minute of a life, and writes down what had to be told."""

    life: Life
    told: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    used: list[float] = field(default_factory=lambda: [0.0] * (MONTH + PAST))
    """Units in each minute, from `PAST` before the month on."""
    by_hour: list[float] = field(default_factory=lambda: [0.0] * ((MONTH + PAST) // 60))
    """The same, so that nobody adds up a month of minutes again and again."""
    watch: str | None = None
    stopped: str | None = None
    """What an undo watches again."""
    hushed: int = -1
    begun: int | None = None
    ends: int = 0
    window: int | None = None
    """When the window that the first use opened ends."""
    opens: int | None = None
    locks: list[tuple[int, int | None]] = field(default_factory=list[tuple[int, int | None]])

    def __post_init__(self) -> None:
        self.rule = self.life.rule

    def observe(self) -> list[tuple[int, str]]:
        deeds = dict[int, list[Deed]]()
        for each in self.life.deeds:
            deeds.setdefault(each.minute, []).append(each)
        marks = {*deeds, *self._calendar(self.rule)}
        marks |= set() if self.life.later is None else self._calendar(self.life.later)
        for minute in range(MONTH):
            busy = self.begun is not None or minute in (self.window, self.hushed, self.opens)
            if not (busy or minute in marks or (self.rule.rolling and self._is_rolling(minute))):
                continue
            self._calendar_says(minute)
            self._session_goes_on(minute)
            self._windows(minute)
            for deed in deeds.get(minute, ()):
                self._do(deed, minute)
            self._low(minute)
        return sorted(self.told)

    def _calendar(self, rule: Rule) -> set[int]:
        leads = {turn - rule.lead for turn in rule.turns}
        return {*rule.turns, *leads, *([] if rule.expires is None else [rule.expires - rule.lead])}

    # Providers renew at the start of a minute.

    def _calendar_says(self, minute: int) -> None:
        rule = self.rule
        if minute in rule.turns:
            self._tell(minute, "renewed")
        ends = [turn for turn in rule.turns if turn - rule.lead == minute]
        expires = rule.expires is not None and rule.expires - rule.lead == minute
        if (ends or expires) and self._left(minute) > rule.amount / 10 + 1e-9:
            self._tell(minute, "expiring")

    # Sessions begin and end half way through one.

    def _session_goes_on(self, minute: int) -> None:
        if self.begun is None:
            return
        if minute > self.begun:
            self._use(minute - 1, 1)
        if self.rule.idle and minute == self.begun + self.rule.idle - 5 and minute < self.ends:
            self._tell(minute, "idle")
        if minute == self.ends - LEAD:
            self.told.append((minute, "warning"))
        if minute == self.ends:
            self.begun = None

    def _windows(self, minute: int) -> None:
        if self.window is not None and minute >= self.window:
            self._tell(self.window, "renewed")
            self.window = None
        if self.rule.rolling and self._window_sum(minute) == 0 and self._window_sum(minute - 1) > 0:
            self._tell(minute, "renewed")
        if self.opens == minute:
            self._tell(minute, "open")

    def _do(self, deed: Deed, minute: int) -> None:
        match deed.what:
            case Do.WATCH_ALL | Do.WATCH_RESET | Do.STOP | Do.UNDO_STOP:
                self._watches(deed, minute)
            case Do.START:
                self.begun, self.ends = minute, minute + deed.length
            case Do.END:
                self.begun = None
            case Do.EXTEND:
                self.ends += deed.length
            case Do.LOG:
                self._logged(minute, deed.length)
            case Do.IMPORT:
                self._imported(minute, deed.length)
            case Do.LOCK | Do.FREE:
                self._locked(deed, minute)
            case Do.RULE:
                self._ruled(minute)

    def _watches(self, deed: Deed, minute: int) -> None:
        if deed.what is Do.STOP:
            self.stopped, self.watch = self.watch, None
        elif deed.what is Do.UNDO_STOP:
            self.watch, self.stopped = self.stopped, None
        else:
            self.watch = "all" if deed.what is Do.WATCH_ALL else "reset"
            if self._is_low(minute):
                self._hush(minute)

    def _locked(self, deed: Deed, minute: int) -> None:
        if deed.what is Do.LOCK:
            self.locks.append((minute, None))
            self.opens = self._opens()
        else:
            since, _ = self.locks[-1]
            self.locks[-1] = (since, minute)
            self.opens = None

    def _ruled(self, minute: int) -> None:
        assert self.life.later is not None
        self.rule = self.life.later
        self._tell(minute, "changed", of=("all", "reset"))
        if self._is_low(minute):
            self._hush(minute)

    def _logged(self, minute: int, length: int) -> None:
        for each in range(minute - length, minute):
            self._use(each, 1)
        if self.rule.after_use and self.window is None:
            self.window = minute - length + self.rule.after_use

    def _imported(self, minute: int, length: int) -> None:
        begin = self._turn_begin(minute)
        # Where in the turn it was used nobody knows, and nobody asks.
        correction = length * self.rule.rate - self._total(begin, minute)
        self._use(minute - 1, correction / self.rule.rate)

    # How it stands.

    def _use(self, minute: int, minutes: float) -> None:
        self.used[minute + PAST] += minutes * self.rule.rate
        self.by_hour[(minute + PAST) // 60] += minutes * self.rule.rate

    def _total(self, begin: int, end: int) -> float:
        """Units from one minute up to another."""
        first, last = max(0, begin + PAST), end + PAST
        hours = range(-(-first // 60), last // 60)
        if not hours:
            return sum(self.used[first:last])
        edges = sum(self.used[first : hours[0] * 60]) + sum(self.used[hours[-1] * 60 + 60 : last])
        return edges + sum(self.by_hour[hours[0] : hours[-1] + 1])

    def _turn_begin(self, minute: int) -> int:
        return max((each for each in self.rule.turns if each <= minute), default=-PAST)

    def _window_sum(self, minute: int) -> float:
        # Rounded, for what is over adds up to nothing.
        return round(self._total(minute - self.rule.rolling, minute), 9)

    def _is_rolling(self, minute: int) -> bool:
        before = minute - self.rule.rolling + PAST
        return any(self.used[max(0, before - 2) : before + 1])

    def _left(self, minute: int) -> float:
        rule = self.rule
        if rule.unpublished:
            return 1e9
        if rule.rolling:
            return rule.amount - self._window_sum(minute)
        begin = self._turn_begin(minute)
        if rule.after_use:
            if self.window is None:
                return rule.amount
            begin = self.window - rule.after_use
        return rule.amount - self._total(begin, minute)

    def _is_low(self, minute: int) -> bool:
        return not self.rule.unpublished and self._left(minute) <= self.rule.amount / 5 + 1e-9

    def _low(self, minute: int) -> None:
        if self.rule.expires is not None and minute >= self.rule.expires:
            return
        if self.watch == "all" and minute >= self.hushed and self._is_low(minute):
            self._tell(minute, "low")
            self._hush(minute)

    def _hush(self, minute: int) -> None:
        rule = self.rule
        if rule.turns:
            self.hushed = min(each for each in rule.turns if each > minute)
        elif rule.rolling:
            self.hushed = minute + rule.rolling
        elif rule.after_use:
            self.hushed = self.window or minute
        else:
            self.hushed = 2 * MONTH

    def _opens(self) -> int | None:
        """When the lock-out that has begun should be over, as those before it were."""
        over = [until - since for since, until in self.locks if until is not None]
        return None if len(over) < 2 else int(self.locks[-1][0] + median(over))

    def _tell(self, minute: int, topic: str, of: tuple[str, ...] = ()) -> None:
        if self.watch == "all" or self.watch in of:
            self.told.append((minute, topic))
        elif self.watch == "reset" and topic in {"renewed", "open"}:
            self.told.append((minute, topic))
            self.watch = None
