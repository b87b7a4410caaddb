"""Every limit and every time span of the promise and of its delivery, with its reason."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, final

MOST_FAILURES: Final = 5
"""Messages in a row that no target took, after which a series ends: each costs requests, and too
many refused ones ban the bot. The owner finds it in their list."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRules:
    """What a user may ask for."""

    soonest: timedelta = timedelta(seconds=10)
    """Nearer than this, the answer to the command would hardly be read before the reminder."""

    farthest: timedelta = timedelta(days=366)
    """One year, and "in a year" said before a leap day is a year too."""

    per_user: int = 50
    """Active reminders of one user."""

    note_length: int = 500
    """Characters of a note: it is read on a lock screen, and leaves room in a 2,000 character
    message after its markdown was escaped."""

    leads: tuple[timedelta, ...] = (timedelta(minutes=30), timedelta(minutes=10))
    """How long before the end of a session its owner is warned: time to let a training epoch
    finish, then time to save a checkpoint and download it."""

    most_leads: int = 5
    longest_lead: timedelta = timedelta(days=7)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRules:
    """How a worker delivers."""

    longest_sleep: timedelta = timedelta(seconds=15)
    """The ticker looks at the table at least this often, so a wall clock that jumped, or a
    reminder stored by a process that couldn't say so, costs at most this much."""

    send_timeout: timedelta = timedelta(seconds=12)
    """One discord.py send retries inside itself for 25 s, and a hung socket holds it for 300 s."""

    lease: timedelta = timedelta(seconds=30)
    """How long a claim holds; at least 2.5 send timeouts, so that a live worker never loses one
    while it sends."""

    nonce_window: timedelta = timedelta(minutes=2)
    """How long a repeated nonce is trusted to return the first message where the channel's history
    can't be read. Discord only says "the past few minutes"."""

    capacity: int = 512
    """Claimed rows that one worker holds at a time, waiting ones included: 11 s of what Discord
    lets through. A claim wakes cores that sleep and syncs a disk, however many rows it takes."""

    concurrency: int = 32
    """Sends in flight. At 45 requests a second it takes answers slower than 0.7 s to fill it."""

    lane_depth: int = 16
    """Claimed rows that may wait for one channel; what is more goes back, so that one slow channel
    never fills the capacity."""

    requests_per_second: float = 45.0
    """Discord stops a bot at 50, over all its processes."""

    newcomer_per_second: float = 2.0
    """What the first worker to join others takes until all had time to see its heartbeat and make
    room for it; the next one takes half of that, and so on."""

    alone_at_first_per_second: float = 36.0
    """What a worker that finds no others takes until all had time to be seen: where several start
    at once, each has logged in before anybody knows of it."""

    heartbeat: timedelta = timedelta(seconds=5)
    alive: timedelta = timedelta(seconds=15)
    """A worker that missed three heartbeats no longer counts."""

    retry_least: timedelta = timedelta(seconds=2)
    retry_most: timedelta = timedelta(minutes=1)
    """The bounds of the backoff. Each try is cheap beside a reminder that comes late."""

    refusals: int = 3
    """Times a channel may refuse provisionally before it counts as gone: permissions and channel
    overwrites take seconds to settle after an edit."""

    stop_within: timedelta = timedelta(seconds=7)
    """Sends in flight get this long when the process stops; the container's grace is 10 s."""

    restart_least: timedelta = timedelta(seconds=1)
    restart_most: timedelta = timedelta(seconds=15)
    """Pause before the ticker starts again after it failed, doubling from the one to the other."""
