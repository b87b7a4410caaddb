"""Figures for Prometheus, in a registry of their own.

This module is imported only where they are served: the library costs memory and start time.
Labels are bounded: kinds, results, and names of the bot's own commands; never what a user typed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, assert_never, final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from bot.ops.health import Health
from bot.reminders.policy import FallBack, GiveUp, Halt, Retry, Settle, Step

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4

_ANSWER_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 15)
"""Discord waits 3 s for the first answer."""
_LATE_S: Final = (0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 300, 1800, 3600, 86_400)
"""The ticker sleeps 15 s at most; a day is what a bot that was down for long brings."""


@final
class Metrics:
    """Counts what it is told, as a `DeliveryObserver` and as an `InteractionObserver`."""

    def __init__(self, *, version: str) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        info = Gauge(
            "gpu_scout_info", "The version that runs.", labelnames=["version"], registry=registry
        )
        info.labels(version).set(1)
        self._answers = Histogram(
            "gpu_scout_answer_seconds",
            "From an interaction's arrival until its handler was done.",
            labelnames=["kind", "command"],
            buckets=_ANSWER_S,
            registry=registry,
        )
        self._errors = Counter(
            "gpu_scout_errors",
            "Interactions that failed, by whose doing: user, fault, expired.",
            labelnames=["kind", "command", "why"],
            registry=registry,
        )
        self._deliveries = Counter(
            "gpu_scout_deliveries",
            "Answers to sends, by what followed: sent, again, next_place, given_up, halted.",
            labelnames=["result"],
            registry=registry,
        )
        for result in _RESULTS:
            self._deliveries.labels(result)
        self._lateness = Histogram(
            "gpu_scout_delivery_lateness_seconds",
            "From a reminder's due time until Discord had it.",
            buckets=_LATE_S,
            registry=registry,
        )
        self._queue_age = _gauge(
            registry, "queue_age_seconds", "How long the oldest undelivered reminder has been due."
        )
        self._since_tick = _gauge(
            registry, "since_tick_seconds", "Since the reminders were last looked at."
        )
        self._live = _gauge(registry, "live", "1 while the process does its work.")
        self._ready = _gauge(registry, "ready", "1 while it is connected and can do its work.")
        self._reloads = Counter(
            "gpu_scout_catalog_reloads",
            "Times that the catalog was read again, by result: good, broken.",
            labelnames=["result"],
            registry=registry,
        )

    def answered(self, kind: str, command: str, *, seconds: float) -> None:
        """Count an interaction that was dealt with; the histogram counts them too."""
        self._answers.labels(kind, command).observe(seconds)

    def failed(self, kind: str, command: str, *, why: str) -> None:
        """Count a failure."""
        self._errors.labels(kind, command, why).inc()

    def reload(self, *, good: bool) -> None:
        """Count a reading of the catalog."""
        self._reloads.labels("good" if good else "broken").inc()

    def followed(self, step: Step, *, late: timedelta) -> None:
        """Count what follows the answer to a send."""
        self._deliveries.labels(_result(step)).inc()
        if isinstance(step, Settle):
            self._lateness.observe(max(0.0, late.total_seconds()))

    def exposition(self, health: Health) -> bytes:
        """Return all of it in Prometheus' text format."""
        unknown = float("nan")
        self._live.set(health.live)
        self._ready.set(health.ready)
        self._queue_age.set(_or(health.oldest_overdue_s, unknown))
        self._since_tick.set(_or(health.since_tick_s, unknown))
        return generate_latest(self._registry)


_RESULTS: Final = ("sent", "again", "next_place", "given_up", "halted")


def _result(step: Step) -> str:
    match step:
        case Settle():
            return "sent"
        case Retry():
            return "again"
        case FallBack():
            return "next_place"
        case GiveUp():
            return "given_up"
        case Halt():
            return "halted"
        case _:
            assert_never(step)


def _gauge(registry: CollectorRegistry, name: str, text: str) -> Gauge:
    return Gauge(f"gpu_scout_{name}", text, registry=registry)


def _or(value: float | None, other: float) -> float:
    return other if value is None else value
