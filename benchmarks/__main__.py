"""Prints the figures: `python -m benchmarks [NAME ...]`, by default all of them.

They are to be read, not to be passed: the exit code tells only whether they could be measured.
"""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Final

from benchmarks.advice import advice
from benchmarks.answers import answers, burst, remind
from benchmarks.ask import ask, questions
from benchmarks.backlog import backlog
from benchmarks.claims import claims
from benchmarks.figures import Figure, machine, table
from benchmarks.fit import fit
from benchmarks.job_store import job_store
from benchmarks.lateness import lateness
from benchmarks.life import memory, start
from benchmarks.times import times

MEASURES: Final[dict[str, Callable[[], Awaitable[list[Figure]]]]] = {
    "start": start,
    "memory": memory,
    "answers": answers,
    "burst": burst,
    "remind": remind,
    "advice": advice,
    "times": times,
    "backlog": backlog,
    "lateness": lateness,
    "claims": claims,
    "jobs": job_store,
    "ask": ask,
}
REPORTS: Final[dict[str, Callable[[], str]]] = {"fit": fit, "questions": questions}
"""What has no floor, and a table of its own."""


async def measure(names: list[str]) -> list[Figure]:
    """Return the figures of the named measures, telling on standard error what is being done."""
    figures: list[Figure] = []
    for name in names:
        about = MEASURES[name].__doc__ or ""
        print(f"{name}: {about.splitlines()[0]}", file=sys.stderr, flush=True)
        figures += await MEASURES[name]()
    return figures


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    known = (*MEASURES, *REPORTS)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}")
    names: list[str] = parser.parse_args().names
    if unknown := [name for name in names if name not in known]:
        parser.error(f"no figure is called {unknown[0]}; there are {', '.join(known)}")
    wanted = names or list(known)
    for name in wanted:
        if name in REPORTS:
            print(REPORTS[name](), end="\n\n")
    figures = asyncio.run(measure([name for name in wanted if name in MEASURES]))
    if not figures:
        return
    print(machine())
    print(table(figures))
    if over := [each.name for each in figures if not each.is_met]:
        print(f"over: {'; '.join(over)}")


if __name__ == "__main__":
    main()
