"""The soak: plays each scenario at length and prints the table of faults.

`python -m tests.faults [NAME ...] [--short] [--at-once N]`; `make soak`. It exits with 1 where
something does not hold. Names may be beginnings, such as `kills`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.plan import Scenario, play, scenarios
from tests.faults.postgresql import serving
from tests.faults.row import Row, table


async def _soak(chosen: list[Scenario], *, at_once: int, short: bool) -> list[Row]:
    slots = asyncio.Semaphore(at_once)

    async def one(scenario: Scenario) -> Row:
        # A process for each: a fake Discord that others hold up would count requests as bunched.
        async with slots:
            began = time.monotonic()
            player = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.faults", "--play", scenario.name),
                *(["--short"] if short else []),
                stdout=asyncio.subprocess.PIPE,
            )
            printed, _ = await player.communicate()
            row = (
                Row(**json.loads(printed))
                if printed
                else Row(fault=scenario.name, run="", broken=["it could not be played to its end"])
            )
            row.figures["took s"] = round(time.monotonic() - began)
            say(f"{scenario.name}: {'holds' if row.holds else row.broken} {row.figures}")
            return row

    return await asyncio.gather(*map(one, chosen))


def _play(scenario: Scenario) -> Row:
    with ExitStack() as closing:
        folder = Path(closing.enter_context(TemporaryDirectory(prefix="gpu-scout-soak-")))
        # A server of its own, since a scenario may restart it.
        wants_server = scenario.database == "postgresql"
        server = closing.enter_context(serving()) if wants_server else None
        return asyncio.run(play(scenario, folder, server, migrating=asyncio.Lock()))


def say(text: str) -> None:
    """Tell on standard error how it goes."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - a program's own output


def main() -> int:
    """Play what was named, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--short", action="store_true", help="at the length of the tests")
    parser.add_argument("--at-once", type=int, default=3, help="scenarios side by side (3)")
    parser.add_argument("--play", metavar="NAME", help="this one alone; prints its row as JSON")
    options = parser.parse_args()
    if options.play:
        (scenario,) = (
            each for each in scenarios(long=not options.short) if each.name == options.play
        )
        print(json.dumps(asdict(_play(scenario))))  # noqa: T201 - the line is the interface
        return 0
    names: list[str] = options.names
    chosen = [
        each
        for each in scenarios(long=not options.short)
        if not names or any(each.name.startswith(name) for name in names)
    ]
    if not chosen:
        parser.error(f"there are {', '.join(each.name for each in scenarios(long=True))}")
    began = time.monotonic()
    rows = asyncio.run(_soak(chosen, at_once=options.at_once, short=options.short))
    print(table(rows))  # noqa: T201
    broken = sum(not row.holds for row in rows)
    say(f"{len(rows)} scenarios in {time.monotonic() - began:.0f} s, {broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
