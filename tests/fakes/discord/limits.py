"""Rate limits: buckets per route, the global ceiling, and the count of invalid requests.

Figures per route are not published by Discord; the defaults are what its headers commonly say.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2s
from typing import Final, Literal

GLOBAL_PER_SECOND: Final = 50
INVALID_WINDOW_S: Final = 600.0
INVALID_LIMIT: Final = 10_000
_INVALID: Final = frozenset({401, 403, 429})


@dataclass(frozen=True, slots=True)
class Limit:
    """`requests` in each window of `seconds`."""

    requests: int
    seconds: float


@dataclass(slots=True)
class _Window:
    limit: Limit
    remaining: int
    resets_at: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the limits say about one request: headers, and how long to wait if it is refused."""

    headers: dict[str, str]
    retry_after: float | None = None
    is_global: bool = False


DEFAULT_LIMIT: Final = Limit(50, 1.0)
MESSAGE_CREATE: Final = ("POST", "/channels/{channel_id}/messages")
COMMON_LIMITS: Final[dict[tuple[str, str], Limit]] = {
    MESSAGE_CREATE: Limit(5, 5.0),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"): Limit(5, 5.0),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"): Limit(5, 1.0),
    ("GET", "/channels/{channel_id}/messages"): Limit(50, 5.0),
    ("POST", "/webhooks/{webhook_id}/{webhook_token}"): Limit(5, 2.0),
}


class RateLimits:
    """Counts requests and refuses those over a limit. All switches may be set at any time."""

    def __init__(self, *, now: Callable[[], float]) -> None:
        self._now = now
        self._windows: dict[tuple[str, str, str], _Window] = {}
        self._recent: deque[float] = deque()
        self._invalid: deque[float] = deque()
        self.limits = dict(COMMON_LIMITS)
        """Per (method, path template); `DEFAULT_LIMIT` for the rest."""
        self.enforced = True
        """False: headers tell of plenty, and no route answers 429."""
        self.global_limit: int | None = GLOBAL_PER_SECOND
        """Requests in any second, interaction routes excepted, before one is `over`."""
        self.global_mode: Literal["count", "refuse"] = "count"
        """Count what is over the ceiling, or answer it with a global 429 too."""
        self.global_exceeded = 0
        self.global_peak = 0
        """The most requests in any one second so far."""
        self.refused = 0
        self.invalid_limit = INVALID_LIMIT
        """So many invalid requests in ten minutes and Cloudflare answers, without `Via`."""

    def check(self, method: str, template: str, major: str, *, interaction: bool) -> Verdict:
        """Count a request; say which headers its answer carries and whether it is refused."""
        now = self._now()
        if not interaction:
            refusal = self._check_global(now)
            if refusal is not None:
                return refusal
        return self._check_route(now, method, template, major)

    def _check_global(self, now: float) -> Verdict | None:
        recent = self._recent
        while recent and now - recent[0] >= 1.0:
            recent.popleft()
        over = self.global_limit is not None and len(recent) >= self.global_limit
        self.global_exceeded += over
        if over and self.global_mode == "refuse":
            self.refused += 1
            wait = round(1.0 - (now - recent[0]), 3)
            headers = {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
            return Verdict(headers, retry_after=max(wait, 0.001), is_global=True)
        recent.append(now)
        self.global_peak = max(self.global_peak, len(recent))
        return None

    def _check_route(self, now: float, method: str, template: str, major: str) -> Verdict:
        limit = self.limits.get((method, template), DEFAULT_LIMIT)
        if not self.enforced:
            limit = Limit(1_000_000, 1.0)
        key = (method, template, major)
        window = self._windows.get(key)
        if window is None or now >= window.resets_at or window.limit != limit:
            if len(self._windows) > 10_000:
                self._windows = {k: w for k, w in self._windows.items() if now < w.resets_at}
            window = self._windows[key] = _Window(limit, limit.requests, now + limit.seconds)
        refused = window.remaining <= 0
        window.remaining -= not refused
        wait = round(max(window.resets_at - now, 0.001), 3)
        bucket = blake2s(f"{method} {template}".encode(), digest_size=16).hexdigest()
        headers = {
            "X-RateLimit-Limit": str(limit.requests),
            "X-RateLimit-Remaining": str(window.remaining),
            "X-RateLimit-Reset": f"{window.resets_at:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": bucket,
        }
        if not refused:
            return Verdict(headers)
        self.refused += 1
        return Verdict(headers | {"X-RateLimit-Scope": "user"}, retry_after=wait)

    def count_answer(self, status: int) -> None:
        """Count an answer towards the ban for invalid requests."""
        if status in _INVALID:
            self._invalid.append(self._now())

    @property
    def invalid_requests(self) -> int:
        """Answers of 401, 403 and 429 within the last ten minutes."""
        now = self._now()
        while self._invalid and now - self._invalid[0] > INVALID_WINDOW_S:
            self._invalid.popleft()
        return len(self._invalid)

    @property
    def banned(self) -> bool:
        """True while Cloudflare refuses everything."""
        return self.invalid_requests >= self.invalid_limit
