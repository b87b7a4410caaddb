"""Failures on demand: what goes wrong, for which requests, how often.

A fault strikes `before` the request is carried out (nothing happened) or `after` it (a message was
created, and the client does not learn of it). The after kind is what makes delivery hard.
"""

from __future__ import annotations

import asyncio
import itertools
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal, TypeAlias, TypedDict, Unpack

from tests.fakes.discord.errors import STATUS_AND_MESSAGE

Kind: TypeAlias = Literal["answer", "cut", "hang", "delay"]
Moment: TypeAlias = Literal["before", "after"]


class Match(TypedDict, total=False):
    """Which requests a fault strikes, and how often."""

    method: str
    path: str
    """A regular expression for the start of the path after `/api/v10`."""
    channel_id: int
    times: int | None
    """None: until the fault is removed."""
    probability: float
    moment: Moment


@dataclass(kw_only=True, eq=False)
class Fault:
    """One programmed failure. `hits` counts how often it struck."""

    id: int
    kind: Kind
    moment: Moment = "before"
    method: str | None = None
    path: re.Pattern[str] | None = None
    channel_id: int | None = None
    times: int | None = 1
    probability: float = 1.0
    status: int = 500
    code: int = 0
    message: str = ""
    retry_after: float = 0.0
    is_global: bool = False
    via: bool = True
    reset: bool = False
    seconds: float = 0.0
    hits: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def exhausted(self) -> bool:
        """True when it has struck as often as it was told to."""
        return self.times is not None and self.hits >= self.times

    def release(self) -> None:
        """Close the connections that hang on this fault."""
        self.released.set()


class Faults:
    """The failures that are programmed now. The first that matches a request strikes it."""

    def __init__(self, *, seed: int = 0) -> None:
        self._random = Random(seed)
        self._numbers = itertools.count(1)
        self._active: list[Fault] = []

    def seed(self, seed: int) -> None:
        """Start the series of random decisions anew."""
        self._random.seed(seed)

    @property
    def programmed(self) -> tuple[Fault, ...]:
        """All faults that were not taken back, exhausted ones included."""
        return tuple(self._active)

    @property
    def active(self) -> tuple[Fault, ...]:
        """Faults that can still strike."""
        return tuple(fault for fault in self._active if not fault.exhausted)

    def answer(
        self, status: int, code: int = 0, *, message: str | None = None, **match: Unpack[Match]
    ) -> Fault:
        """Answer with an error, e.g. `answer(403, 50007)` or `answer(503, times=3)`."""
        known = STATUS_AND_MESSAGE.get(code, (status, f"{status}: refused on request"))[1]
        return self._add("answer", match, status=status, code=code, message=message or known)

    def rate_limit(
        self,
        retry_after: float,
        *,
        is_global: bool = False,
        via: bool = True,
        **match: Unpack[Match],
    ) -> Fault:
        """Answer 429 with `retry_after` seconds; `via=False` is Cloudflare's ban instead."""
        return self._add(
            "answer", match, status=429, retry_after=retry_after, is_global=is_global, via=via
        )

    def cut(self, *, reset: bool = False, **match: Unpack[Match]) -> Fault:
        """Close the connection instead of answering; with `reset` by RST, else by FIN."""
        return self._add("cut", match, reset=reset)

    def hang(self, **match: Unpack[Match]) -> Fault:
        """Keep the socket open and say nothing; `release()` closes it."""
        return self._add("hang", match)

    def delay(self, seconds: float, **match: Unpack[Match]) -> Fault:
        """Take `seconds` longer than usual; each time, unless `times` says otherwise.

        A client that gives up meanwhile does not stop it: a message is created all the same.
        """
        return self._add("delay", {"times": None, **match}, seconds=seconds)

    def remove(self, fault: Fault) -> None:
        """Take one fault back and release what hangs on it."""
        fault.release()
        if fault in self._active:
            self._active.remove(fault)

    def clear(self) -> None:
        """Take all faults back."""
        for fault in list(self._active):
            self.remove(fault)

    def strike(self, method: str, path: str, channel_id: int | None) -> Fault | None:
        """Return the fault that hits this request, and count it."""
        for fault in self._active:
            if (
                not fault.exhausted
                and fault.method in {None, method}
                and (fault.path is None or fault.path.match(path))
                and fault.channel_id in {None, channel_id}
                and (fault.probability >= 1 or self._random.random() < fault.probability)
            ):
                fault.hits += 1
                return fault
        return None

    def _add(self, kind: Kind, match: Match, **effect: Any) -> Fault:
        fault = Fault(
            id=next(self._numbers),
            kind=kind,
            moment=match.get("moment", "before"),
            method=match.get("method"),
            path=re.compile(match["path"]) if "path" in match else None,
            channel_id=match.get("channel_id"),
            times=match.get("times", 1),
            probability=match.get("probability", 1.0),
            **effect,
        )
        self._active.append(fault)
        return fault
