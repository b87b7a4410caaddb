"""How near the memory estimate is to what was measured, and what its factors would be fitted anew.

A table of its own, without a floor: there is nothing to run beside it. Errors are signed shares of
what was measured, + where the estimate is higher.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import log
from statistics import median
from typing import Final

from benchmarks.measured import (
    MIB,
    Measured,
    load_tables,
    measured,
    minimums,
    usable_mib,
)
from benchmarks.published import published
from bot.catalog.load import load_catalog
from bot.fit.cards import Room
from bot.fit.estimate import estimate
from bot.fit.models import load_models
from bot.fit.pace import pace
from bot.fit.training import CALIBRATION, Calibration, training
from bot.fit.verdict import Verdict

CLEARLY: Final = 0.85
"""Of usable memory: what was measured at so much or less should be told to fit."""
_ROUNDS: Final = 40
_STEPS: Final = (0.04, 0.01, 0.0025)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """How far one group of rows is off."""

    group: str
    fitted: bool
    errors: tuple[float, ...]
    """Signed shares of what was measured."""

    @property
    def median(self) -> float:
        """The median of the sizes."""
        return median(map(abs, self.errors))

    @property
    def signed(self) -> float:
        """The median with its sign: whether the estimate is high or low as a rule."""
        return median(self.errors)

    @property
    def worst(self) -> float:
        """The greatest one, with its sign."""
        return max(self.errors, key=abs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """How the verdicts stand against what was measured, each row on each card."""

    asked: int
    falsely_fits: int
    falsely_not: int
    clear: int
    """Rows measured at `CLEARLY` of usable memory or less."""
    clear_fits: int


def error_of(row: Measured) -> float:
    """Return by what share the estimate is higher than what was measured."""
    if row.bytes is None:
        raise ValueError("its memory was not measured")
    return estimate(row.wanted.architecture, row.wanted.run).total / row.bytes - 1


def errors(rows: Sequence[Measured]) -> Iterator[Errors]:
    """Yield the errors of each table, fitted rows apart."""
    groups: dict[tuple[str, bool], list[float]] = {}
    for row in rows:
        if row.bytes is not None:
            groups.setdefault((row.table, row.fitted), []).append(error_of(row))
    for (group, fitted), found in groups.items():
        yield Errors(group=group, fitted=fitted, errors=tuple(found))


def verdicts(rows: Sequence[Measured], cards: Mapping[str, float]) -> Verdicts:
    """Return how the verdicts stand; `cards` have usable memory in MiB."""
    asked = falsely_fits = falsely_not = clear = clear_fits = 0
    for row in rows:
        if row.bytes is None:
            continue
        peak = estimate(row.wanted.architecture, row.wanted.run)
        for usable in cards.values():
            verdict = Room(least=usable, most=usable).verdict(peak.total, peak.margin)
            took = row.bytes / MIB
            asked += 1
            falsely_fits += verdict is Verdict.FITS and took > usable
            falsely_not += verdict is Verdict.DOES_NOT_FIT and took <= usable
            clear += took <= CLEARLY * usable
            clear_fits += took <= CLEARLY * usable and verdict is Verdict.FITS
    return Verdicts(
        asked=asked,
        falsely_fits=falsely_fits,
        falsely_not=falsely_not,
        clear=clear,
        clear_fits=clear_fits,
    )


def refitted(rows: Sequence[Measured], start: Calibration = CALIBRATION) -> Calibration:
    """Return the factors with the least error on the rows, found one at a time.

    The error is the mean of the logarithms' distances, of the peak and of what tensors took of it.
    """
    best, least = start, _loss(rows, start)
    for step in _STEPS:
        for _ in range(_ROUNDS):
            before = least
            for tried in _neighbours(best, step):
                loss = _loss(rows, tried)
                if loss < least:
                    best, least = tried, loss
            if before - least < 1e-7:
                break
    return best


def factors(calibration: Calibration) -> dict[str, float]:
    """Return each fitted factor by name."""
    named = {
        f"{stream}.{name}": getattr(getattr(calibration, stream), name)
        for stream in ("half", "single")
        for name in ("layer", "scores", "logits")
    }
    return {**named, "stranded": calibration.stranded, "rounding": calibration.rounding}


def paces(rows: Sequence[Measured]) -> dict[str, tuple[int, int]]:
    """Return of each table how many measured speeds lie in the range, and how many there are."""
    catalog = load_catalog()
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.tokens_per_s is None or row.gpu is None:
            continue
        card = catalog.gpu_names.rows(row.gpu)[0]
        rate = pace(row.wanted.architecture, row.wanted.run, card)
        within = rate is not None and rate.low <= row.tokens_per_s <= rate.high
        hits, of = found.get(row.table, (0, 0))
        found[row.table] = (hits + within, of + 1)
    return found


def fit() -> str:
    """Score the memory estimate on the measured tables, and fit its factors anew."""
    tables = load_tables()
    if tables is None:
        return "fit: the measured tables are not there (set SCOUT_FACTS to where they are)"
    models = load_models()
    rows = [*measured(tables, models), *published(models)]
    lines = ["memory: error of the estimate   rows  median  signed   worst"]
    lines += [
        f"{each.group + (', fitted' if each.fitted else ''):<48}{len(each.errors):>5}"
        f"{each.median:>8.1%}{each.signed:>+8.1%}{each.worst:>+8.1%}"
        for each in errors(rows)
    ]
    kept_out = [row for row in rows if not row.fitted]
    lines += ["", "verdicts: each row on each measured card"]
    for name, group in (("fitted", [row for row in rows if row.fitted]), ("kept out", kept_out)):
        found = verdicts(group, usable_mib(tables))
        lines.append(
            f"{name}: of {found.asked}, {found.falsely_fits} fit and don't, {found.falsely_not} "
            f"don't and do; {found.clear_fits} of {found.clear} clear ones fit "
            f"({found.clear_fits / found.clear:.0%})"
        )
    shares = [
        estimate(wanted.architecture, wanted.run).total / least
        for wanted, least in minimums(tables, models)
    ]
    low, high = min(shares), max(shares)
    lines += ["", f"Unsloth's absolute minimums: {low:.0%} to {high:.0%} of them are estimated"]
    lines += ["", "speed: measured within the range"]
    lines += [f"{table:<48}{hits:>4} of {of}" for table, (hits, of) in paces(rows).items()]
    in_use = factors(CALIBRATION)
    new = factors(refitted([row for row in rows if row.fitted]))
    lines += ["", "factors                  in use   fitted anew"]
    lines += [f"{name:<24}{used:>7.3g}{new[name]:>14.3g}" for name, used in in_use.items()]
    return "\n".join(lines)


def _neighbours(calibration: Calibration, step: float) -> Iterator[Calibration]:
    for stream in ("half", "single"):
        for name in ("layer", "scores", "logits"):
            for sign in (1, -1):
                old = getattr(calibration, stream)
                new = replace(old, **{name: getattr(old, name) * (1 + sign * step)})
                yield replace(calibration, **{stream: new})
    for field in fields(calibration):
        if field.name in {"stranded", "rounding"}:
            for sign in (1, -1):
                value = getattr(calibration, field.name) * (1 + sign * step)
                yield replace(calibration, **{field.name: value})


def _loss(rows: Sequence[Measured], calibration: Calibration) -> float:
    total = 0.0
    for row in rows:
        if row.bytes is None or row.allocated is None:
            continue
        peak = training(row.wanted.architecture, row.wanted.run, calibration)
        total += abs(log(peak.total / row.bytes))
        total += abs(log((peak.total - peak.overhead) / row.allocated))
    return total / len(rows)
