"""How a request is said back, and what could be changed in it."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.advice.constraints import Change, WishValue
from bot.advice.problems import Problem, Trouble
from bot.advice.profile import asks
from bot.advice.query import HAVES, Query
from bot.speech.figures import plain
from bot.speech.neutral import neutral
from bot.speech.phrasebook import Words
from bot.speech.regions import region_name

UNITS: Final = {
    "min_vram_gib": "fact-gib",
    "max_vram_gib": "fact-gib",
    "min_gpus": "figure-count",
    "min_session_hours": "fact-hours",
    "min_idle_minutes": "fact-minutes",
    "min_hours_per_week": "fact-hours",
    "min_hours_per_month": "fact-hours",
    "min_persistent_gb": "fact-gb",
    "min_disk_gb": "fact-gb",
    "min_ram_gb": "fact-gb",
}
"""What a number of each wish is counted in."""
NAME_SHOWN: Final = 60


def said(query: Query, words: Words) -> str:
    """Return all wishes of a request in one line, or that it asks for nothing."""
    names = [name for name in Query.model_fields if name != "optimise" and asks(query, name)]
    if not names:
        return words("recommend-read-nothing")
    return words("recommend-read", wishes=wishes_said(query, names, words))


def wishes_said(query: Query, names: Iterable[str], words: Words) -> str:
    """Return some wishes of a request in one line: `memory ≥ 14 GiB, no card, phone: yes`."""
    return words("between").join(_said(name, getattr(query, name), words) for name in names)


def wish_name(wish: str, words: Words) -> str:
    """Return what a field of the request is called."""
    return words(f"wish-{wish}")


def change_said(change: Change, words: Words) -> str:
    """Return one change: `memory 24 GiB → 13.6 GiB`, `card: no → yes`, `without “bf16”`."""
    wish = wish_name(change.wish, words)
    if change.wish in HAVES:
        return words("change-accept", wish=wish)
    if change.wish == "accelerator":
        return words(f"change-accelerator-{change.wanted}")
    if change.offered is None or change.wish not in UNITS:
        return words("change-drop", wish=wish)
    return words(
        "change-figure",
        wish=wish,
        **{"from": figure(change.wish, change.wanted, words)},
        to=figure(change.wish, change.offered, words),
    )


def figure(wish: str, value: WishValue, words: Words) -> str:
    """Return a value of a wish with its unit; several names with a mark between them."""
    if wish in UNITS and isinstance(value, int | float):
        return words(UNITS[wish], n=plain(value))
    if isinstance(value, tuple):
        return words("between").join(neutral(str(each), most=NAME_SHOWN) for each in value)
    return neutral(str(value), most=NAME_SHOWN)


def problem_said(problem: Problem, words: Words) -> str:
    """Return why nothing can ever meet the request."""
    if problem.trouble is Trouble.UNKNOWN_GPU:
        return words(
            f"trouble-{problem.trouble}", name=neutral(problem.name or "", most=NAME_SHOWN)
        )
    if problem.trouble is Trouble.TOO_NARROW:
        first, second = (wish_name(wish, words) for wish in problem.wishes)
        return words(f"trouble-{problem.trouble}", first=first, second=second)
    return words(f"trouble-{problem.trouble}")


def changes_said(changes: Sequence[Change], words: Words) -> str:
    """Return several changes in one line."""
    return words("between").join(change_said(change, words) for change in changes)


def _said(name: str, value: WishValue, words: Words) -> str:
    if name == "optimise":
        return words("said-optimise", aim=words(f"aim-{value}"))
    if name == "accelerator":
        return words(f"said-accelerator-{value}")
    if name == "region":
        return words("said-region", region=region_name(str(value), words.locale))
    wish = wish_name(name, words)
    if name in HAVES:
        return words("said-with" if value else "said-without", wish=wish)
    if value is True:
        return words("said-need", wish=wish)
    key = "said-at-least" if name.startswith("min_") else "said-name"
    return words(
        "said-at-most" if name == "max_vram_gib" else key,
        wish=wish,
        figure=figure(name, value, words),
    )
