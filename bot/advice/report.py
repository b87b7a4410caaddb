"""Answers as JSON: what `gpu-scout recommend --json` prints, keys and figures without words.

A quantity is a number where it is known, else its bounds as {"at_least": 30, "at_most": 168}; a
bound that there is not is null. A query is shown by the fields that ask for something, so that it
can be given back as it is: `Query.model_validate(report["relaxations"][0]["query"])`.
"""

from collections.abc import Iterable
from math import isinf

from bot.advice.bounds import Bounds
from bot.advice.constraints import Change, WishValue
from bot.advice.problems import Problem
from bot.advice.query import Query
from bot.advice.recommend import Choice, Fit, MayFit, Recommendation
from bot.advice.relax import Relaxation
from bot.advice.unlock import Key, Unlocking

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_DECIMALS = 4


def recommendation_as_json(found: Recommendation) -> dict[str, Json]:
    """Return a recommendation, its relaxations included."""
    return {
        "query": _query(found.query),
        "problems": _problems(found.problems),
        "fitting": found.fitting,
        "fits": [_fit(each) for each in found.fits],
        "open": found.open,
        "may_fit": [_may_fit(each) for each in found.may_fit],
        "relaxations": [_relaxation(each) for each in found.relaxations],
    }


def unlocking_as_json(found: Unlocking) -> dict[str, Json]:
    """Return what each single thing opens, the greatest gain first."""
    return {
        "query": _query(found.query),
        "problems": _problems(found.problems),
        "fitting": found.fitting,
        "work_per_week": round(found.work, _DECIMALS),
        "keys": [_key(each) for each in found.keys],
    }


def _query(query: Query) -> Json:
    # Through JSON's own types: a tuple is a list, an aim is its name.
    return query.model_dump(mode="json", exclude_defaults=True)


def _problems(problems: Iterable[Problem]) -> list[Json]:
    return [
        {"trouble": each.trouble.value, "wishes": [*each.wishes], "name": each.name}
        for each in problems
    ]


def _choice(choice: Choice) -> dict[str, Json]:
    return {
        "offer": choice.offer.id,
        "cards": [*choice.cards],
        "accelerator": choice.accelerator,
        "assigned": choice.assigned,
        "vram_gib": _quantity(choice.vram_gib),
        "gpus": _quantity(choice.gpus),
        "speed": _quantity(choice.speed),
        "hours_per_week": _quantity(choice.hours_per_week),
        "work_per_week": _quantity(choice.work_per_week),
        "session_hours": _quantity(choice.session_hours),
        "effort": _quantity(choice.effort),
    }


def _fit(fit: Fit) -> Json:
    reason, against = fit.reason, fit.against
    drawback: Json = None
    if against is not None:
        drawback = {"drawback": against.drawback.value, "by": against.by}
    return {
        **_choice(fit.choice),
        "reason": {
            "merit": reason.merit.value,
            "respect": str(reason.respect),
            "figure": _quantity(reason.figure),
        },
        "against": drawback,
    }


def _may_fit(found: MayFit) -> Json:
    return {**_choice(found.choice), "unknown": [*found.unknown]}


def _relaxation(found: Relaxation) -> Json:
    return {
        "changes": [_change(each) for each in found.changes],
        "checks": [*found.checks],
        "cost": round(found.cost, _DECIMALS),
        "query": _query(found.query),
        "unlocked": found.unlocked,
        "unlocks": [offer.id for offer in found.unlocks],
    }


def _key(found: Key) -> Json:
    return {
        "change": _change(found.change),
        "query": _query(found.query),
        "work_gained": round(found.work_gained, _DECIMALS),
        "opened": found.opened,
        "opens": [_choice(each) for each in found.opens],
        "may_open": found.may_open,
    }


def _change(change: Change) -> Json:
    return {
        "wish": change.wish,
        "wanted": _value(change.wanted),
        "offered": _value(change.offered),
    }


def _value(value: WishValue | None, /) -> Json:
    return [*value] if isinstance(value, tuple) else value


def _quantity(bounds: Bounds) -> Json:
    if bounds.known:
        return round(bounds.lo, _DECIMALS)
    at_most = None if isinf(bounds.hi) else round(bounds.hi, _DECIMALS)
    return {"at_least": round(bounds.lo, _DECIMALS), "at_most": at_most}
