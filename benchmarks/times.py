"""How long a time takes to read: what people write, and what is written to be slow."""

import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from benchmarks.figures import Figure
from bot.when import MAX_CHARACTERS, WhenError, read

USUAL: Final = ("6h", "1h30m", "tomorrow 9am", "next friday at 18:00", "明天早上9点半")
HOSTILE: Final = (
    *("1", "1h", "1h,", "9:", "a ", "and a half ", "next friday ", "1/1", "2026-", "<t:1", "a-"),
    *("一", "零", "半个", "周一", "9点", "下下", "remind me ", "twenty ", "in 2 days at "),
)
PAST_THE_LIMIT: Final = 2000
"""Characters, of which no more than 100 are looked at."""
_NOW: Final = datetime(2026, 9, 23, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
_WORDS: Final = re.compile(r"\w+|\S")
_REPEAT: Final = 20
_MS: Final = 1e3


async def times() -> list[Figure]:
    """Read usual texts, and texts built to be slow, up to 2,000 characters long."""
    longest = [_filled(piece, MAX_CHARACTERS) for piece in HOSTILE]
    endless = [_filled(piece, PAST_THE_LIMIT) for piece in HOSTILE]
    return [
        _slowest("a usual time read", USUAL, most_ms=1),
        _slowest("100 hostile characters read", longest, most_ms=10),
        _slowest("2,000 hostile characters read", endless, most_ms=10),
    ]


def _filled(piece: str, length: int) -> str:
    return (piece * length)[:length]


def _read(text: str) -> None:
    with suppress(WhenError):
        read(text, now=_NOW, zone=ZoneInfo("Asia/Shanghai"))


def _slowest(name: str, texts: Sequence[str], *, most_ms: float) -> Figure:
    """Return the figure of the text that took longest, each by the median of its runs."""
    slowest = max(texts, key=lambda text: _milliseconds(_read, text))
    return Figure(
        name=name,
        floor_name="one regular expression cuts it into words",
        ours=_milliseconds(_read, slowest),
        floor=_milliseconds(_WORDS.findall, slowest),
        unit="ms",
        most=most_ms,
    )


def _milliseconds(work: Callable[[str], object], text: str) -> float:
    taken: list[float] = []
    for _ in range(_REPEAT):
        began = time.perf_counter()
        work(text)
        taken.append((time.perf_counter() - began) * _MS)
    return median(taken)
